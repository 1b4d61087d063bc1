package import Kernel
import Web

/// What was entered wrong is put right; the history keeps both. Case names and labels are the stored format: add, never
/// rename.
package enum CorrectionEvent: Codable, Equatable, Sendable {
    /// `fields` are the paths of the answers that changed; `content` is all of them as they are now.
    case answersCorrected(fields: [String], content: SealedText, reason: SealedText)
    /// `due` is when the result is owed by the terms of the other channel; nil where nothing is owed yet.
    case channelCorrected(channel: Channel, due: Instant?, reason: SealedText)
    /// It was taken in by mistake.
    case intakeCancelled(reason: SealedText)
}

extension CorrectionEvent: DossierHappening {
    package var name: String {
        switch self {
        case .answersCorrected: "answersCorrected"
        case .channelCorrected: "channelCorrected"
        case .intakeCancelled: "intakeCancelled"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .answersCorrected(_, let content, _): dossier.content = content
        case .channelCorrected(let channel, let due, _):
            dossier.channel = channel
            if dossier.due != nil { dossier.due = due }
        case .intakeCancelled:
            (dossier.stage, dossier.holder, dossier.withdrawalIsAsked, dossier.due) = (.stopped, nil, false, nil)
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .answersCorrected(let fields, _, let reason):
            let names = fields.map { history.label(ofField: $0) }.joined(separator: ", ")
            return Sentence(
                say("Sửa nội dung khai: \(names)", "Answers corrected: \(names)"),
                .waiting,
                history.text(reason)
            )
        case .channelCorrected(let channel, _, let reason):
            return Sentence(
                say("Sửa kênh nộp thành: ", "Channel corrected to: ") + say(channel.words),
                .waiting,
                history.text(reason)
            )
        case .intakeCancelled(let reason):
            return Sentence(say("Hủy vì nhập nhầm", "Cancelled: taken in by mistake"), .bad, history.text(reason))
        }
    }

    package var changesHands: Bool { if case .intakeCancelled = self { true } else { false } }

    package var texts: [SealedText] {
        switch self {
        case .answersCorrected(_, let content, let reason): [content, reason]
        case .channelCorrected(_, _, let reason), .intakeCancelled(let reason): [reason]
        }
    }

    /// What should not have been taken in was not.
    package var uncounted: [Counted] { if case .intakeCancelled = self { [.filed, .accepted] } else { [] } }
}
