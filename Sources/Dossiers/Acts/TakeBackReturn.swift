import DossierCore
import Kernel
import Markup
import Web

/// The result was not returned after all: the entry is taken back while it is fresh.
struct TakeBackReturn: OfficerAct {
    struct Terms: Sendable {
        let reason: DossierTexts.Draft
        let at: Instant
    }

    let name = Words("Thu hồi xác nhận đã trả", "Take the entry of the return back")
    let key = "take-back-return"
    private let reason = ActText(label: Words("Vì sao", "Why"), rows: 3)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayTakeBackReturn(by: officer)
    }

    func isTimely(for dossier: Dossier, at now: Instant) -> Bool { dossier.takenBackUntil.map { now <= $0 } ?? false }

    func fields(_ asked: ActForm) -> HTML {
        let until = asked.dossier.takenBackUntil?.localMinute.vietnamese
        return """
            \(until.map { "<p>\(asked.say("Làm được đến", "Possible until")): <strong>\($0)</strong></p>" as HTML })
            \(reason.field(asked))
            """
    }

    func terms(_ said: TextSaid, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        reason.read(said.text, at: scene.now, &wrong).map { Terms(reason: $0, at: scene.now) }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .takeBackReturn(by: officer, reason: terms.reason.sealed, at: terms.at)
    }
}
