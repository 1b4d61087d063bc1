package import Kernel
import Web

/// What was entered wrong is put right; the history keeps both. Case names and labels are the stored format: add, never
/// rename.
package enum CorrectionEvent: Codable, Equatable, Sendable {
    /// `fields` are the paths of the answers that changed; `content` is all of them as they are now.
    case answersCorrected(fields: [String], content: SealedText, reason: SealedText)
    /// `due` is when the result is owed by the terms of the other channel; nil where nothing is owed yet.
    case channelCorrected(channel: Channel, due: Instant?, reason: SealedText)
    case papersCorrected(from: TakenPapers, to: TakenPapers, reason: SealedText)
    /// Nil where nothing was taken.
    case feeCorrected(from: FeePayment?, to: FeePayment?, reason: SealedText)
    /// `content` is all answers with the address for the post; nil where they have not changed.
    case returnCorrected(from: ReturnMethod, to: ReturnMethod, content: SealedText?, reason: SealedText)
    /// It was taken in by mistake.
    case intakeCancelled(reason: SealedText)
}

extension CorrectionEvent: DossierHappening {
    package var name: String {
        switch self {
        case .answersCorrected: "answersCorrected"
        case .channelCorrected: "channelCorrected"
        case .papersCorrected: "papersCorrected"
        case .feeCorrected: "feeCorrected"
        case .returnCorrected: "returnCorrected"
        case .intakeCancelled: "intakeCancelled"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .answersCorrected(_, let content, _): dossier.content = content
        case .channelCorrected(let channel, let due, _):
            dossier.channel = channel
            if dossier.due != nil { dossier.due = due }
        case .papersCorrected(_, let taken, _):
            dossier.situation = taken.situation
            dossier.papers = taken.papers + dossier.papers.filter { $0.file != nil }
        case .feeCorrected(_, let fee, _): dossier.feePaid = fee
        case .returnCorrected(_, let method, let content, _):
            dossier.returnBy = method
            if let content { dossier.content = content }
        case .intakeCancelled:
            (dossier.stage, dossier.holder, dossier.withdrawalIsAsked, dossier.due) = (.cancelled, nil, false, nil)
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
        case .papersCorrected(let before, let after, let reason):
            let changes = before.changes(to: after, in: history)
            return Sentence(
                say("Sửa trường hợp, giấy tờ đã nhận", "Case and papers received corrected"),
                .waiting,
                history.hidesTexts ? nil : (changes + [history.text(reason) ?? ""]).joined(separator: "\n")
            )
        case .feeCorrected(let before, let after, let reason):
            let none = Words("chưa thu", "nothing taken")
            return Sentence(
                say("Sửa khoản đã thu: ", "Fee taken corrected: ") + say(before?.words ?? none) + " → "
                    + say(after?.words ?? none),
                .waiting,
                history.text(reason)
            )
        case .returnCorrected(let before, let after, _, let reason):
            let title =
                before == after
                ? say("Sửa địa chỉ nhận kết quả qua bưu điện", "Address for the post corrected")
                : say("Sửa cách nhận kết quả: ", "Way of return corrected: ") + say(before.words) + " → "
                    + say(after.words)
            return Sentence(title, .waiting, history.text(reason))
        case .intakeCancelled(let reason):
            return Sentence(say("Hủy vì nhập nhầm", "Cancelled: taken in by mistake"), .bad, history.text(reason))
        }
    }

    package var changesHands: Bool { if case .intakeCancelled = self { true } else { false } }

    package var texts: [SealedText] {
        switch self {
        case .answersCorrected(_, let content, let reason): [content, reason]
        case .returnCorrected(_, _, let content, let reason): [content, reason].compactMap(\.self)
        case .channelCorrected(_, _, let reason), .papersCorrected(_, _, let reason), .feeCorrected(_, _, let reason),
            .intakeCancelled(let reason):
            [reason]
        }
    }

    package var correctsReceipt: Bool { if case .intakeCancelled = self { false } else { true } }

    /// What should not have been taken in was not.
    package var uncounted: [Counted] { if case .intakeCancelled = self { [.filed, .accepted] } else { [] } }
}
