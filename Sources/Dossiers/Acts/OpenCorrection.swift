import DossierCore
import Kernel
import Markup
import Web

/// A dossier whose result is wrong is taken up again.
struct OpenCorrection: OfficerAct {
    struct Terms: Sendable {
        let reason: DossierTexts.Draft
        /// When the replacement is owed.
        let due: Instant?
    }

    let name = Words("Đính chính kết quả", "Correct the result")
    let key = "open-correction"
    let isFinal = true
    private let reason = ActText(label: Words("Kết quả sai ở đâu", "What is wrong with the result"))

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayOpenCorrection(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML { reason.field(asked) }

    func terms(_ said: TextSaid, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        reason.read(said.text, at: scene.now, &wrong).map { Terms(reason: $0, due: scene.dueFromNow) }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .openCorrection(by: officer, reason: terms.reason.sealed, due: terms.due)
    }
}
