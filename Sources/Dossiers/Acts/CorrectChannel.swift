import DossierCore
import Kernel
import Markup
import Persistence
import Web

/// It came by post and was entered as brought to the counter, or the other way round.
struct CorrectChannel: OfficerAct {
    struct Said: ActSaid {
        let channel: Given<Channel>?
        let text: String?

        init(_ form: FormData) {
            channel = form.given("channel", Channel.init(rawValue:))
            text = form["text"]
        }
    }

    struct Terms: Sendable {
        let channel: Channel
        let due: Instant?
        let reason: DossierTexts.Draft
    }

    let name = Words("Sửa kênh nộp", "Correct the channel")
    let key = "correct-channel"
    private let reason = ActText(label: Words("Lý do sửa", "Why it is corrected"), rows: 3)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayCorrectChannel(by: officer)
    }

    func applies(to dossier: Dossier, under rules: FilingRules) -> Bool { !others(dossier, rules).isEmpty }

    /// What it can be corrected to.
    private func others(_ dossier: Dossier, _ rules: FilingRules) -> [Channel] {
        [Channel.counter, .post].filter { $0 != dossier.channel && rules.ways.contains($0) }
    }

    func fields(_ asked: ActForm) -> HTML {
        let (say, scene) = (asked.say, asked.scene)
        let others = others(scene.dossier, scene.rules)
        guard !others.isEmpty else {
            return notice {
                "<p>\(say("Thủ tục này chỉ nhận tại quầy.", "This procedure is taken in at the counter only."))</p>"
            }
        }
        return """
            <p>\(say("Đang ghi", "Recorded")): <strong>\(say(asked.dossier.channel.words))</strong></p>
            \(asked.form.radios("channel", say("Kênh đúng", "The right channel"), others.map { Web.Choice($0.rawValue, say($0.words)) }, value: nil))
            \(reason.field(asked))
            """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let reason = reason.read(said.text, at: scene.now, &wrong)
        guard let channel = said.channel?.value, others(scene.dossier, scene.rules).contains(channel) else {
            wrong.append(
                FieldError("channel", "Chưa chọn kênh đúng. Hãy chọn một mục.", "Please choose the right channel.")
            )
            return nil
        }
        return reason.map {
            Terms(channel: channel, due: scene.due(through: channel), reason: $0)
        }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .correct(.channel(by: officer, to: terms.channel, due: terms.due, reason: terms.reason.sealed))
    }
}

extension ActScene {
    /// When the result would be due had it come through `channel`; nil before it was accepted.
    fileprivate func due(through channel: Channel) -> Instant? {
        let accepted = details.history.last { if case .filing(.accepted) = $0.event { true } else { false } }
        return accepted.flatMap { desk.due(rules, channel: channel, received: $0.circumstances.at, in: calendar) }
    }
}
