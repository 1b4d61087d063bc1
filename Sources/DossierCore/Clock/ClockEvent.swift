package import Kernel
import Web

/// A day that was told becomes another: by decision, or because the calendar has changed. Case names and labels are the
/// stored format: add, never rename.
package enum ClockEvent: Codable, Equatable, Sendable {
    case extended(due: Instant, reason: SealedText, isException: Bool)
    case recounted(from: Instant, to: Instant, ground: RecountGround)
    case firstAnswerRecounted(due: Instant, ground: RecountGround)
    /// The agency has said that it is sorry; what it owed it still owes.
    case apologised(reason: SealedText, expected: LocalDate)
}

extension ClockEvent: DossierHappening {
    package var name: String {
        switch self {
        case .extended: "extended"
        case .recounted: "recounted"
        case .firstAnswerRecounted: "firstAnswerRecounted"
        case .apologised: "apologised"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .extended(let due, _, _):
            dossier.due = due
            dossier.extensions += 1
        case .recounted(_, let due, _): dossier.due = due
        case .firstAnswerRecounted(let due, _): dossier.firstAnswerDue = due
        case .apologised: break
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .extended(let due, let reason, let isException):
            return Sentence(
                isException && history.isForOfficers
                    ? say(
                        "Xin lỗi và gia hạn lần nữa (ngoại lệ), hẹn lại \(due.localMinute.vietnamese)",
                        "Extended once more as an exception, now due \(due.localMinute.vietnamese)"
                    )
                    : say(
                        "Xin lỗi và hẹn lại ngày trả kết quả: \(due.localMinute.vietnamese)",
                        "With apologies: now due \(due.localMinute.vietnamese)"
                    ),
                .waiting,
                history.text(reason)
            )
        case .recounted(let from, let to, let ground):
            return Sentence(
                say(
                    "Ngày hẹn trả đã đổi từ \(from.localMinute.vietnamese) sang \(to.localMinute.vietnamese)",
                    "The due date has changed from \(from.localMinute.vietnamese) to \(to.localMinute.vietnamese)"
                ),
                .waiting,
                because(ground, say)
            )
        case .firstAnswerRecounted(let due, let ground):
            return Sentence(
                say(
                    "Hạn trả lời lần đầu đổi thành \(due.localMinute.vietnamese)",
                    "The first answer is now due \(due.localMinute.vietnamese)"
                ),
                .neutral,
                because(ground, say)
            )
        case .apologised(let reason, let expected):
            return Sentence(
                say(
                    "Xin lỗi vì đã quá hạn; dự kiến có kết quả ngày \(expected.vietnamese)",
                    "With apologies for the delay; expected on \(expected.vietnamese)"
                ),
                .waiting,
                history.text(reason)
            )
        }
    }

    private func because(_ ground: RecountGround, _ say: Language) -> String {
        say("Vì \(ground.explanation.vi)", "Because of \(ground.explanation.en)")
    }

    package var changesHands: Bool { false }

    package var clock: ClockTurn? {
        switch self {
        case .extended(let due, _, _): .putOff(to: due)
        case .recounted(let from, let to, let ground): .recounted(from: from, to: to, ground: ground)
        // The first answer has a clock of its own.
        case .firstAnswerRecounted, .apologised: nil
        }
    }

    package var texts: [SealedText] {
        switch self {
        case .extended(_, let reason, _), .apologised(let reason, _): [reason]
        case .recounted, .firstAnswerRecounted: []
        }
    }

    package var printable: [DossierPaper] {
        switch self {
        case .extended: [.apology]
        case .apologised: [.lateApology]
        case .recounted, .firstAnswerRecounted: []
        }
    }
}
