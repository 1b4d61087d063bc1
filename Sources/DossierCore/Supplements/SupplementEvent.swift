package import Kernel
import Web

/// An office asks for what is missing, and gets it. Case names and labels are the stored format: add, never rename.
package enum SupplementEvent: Codable, Equatable, Sendable {
    case requested(items: [SupplementItem], reason: SealedText, answerBy: LocalDate?, ground: RepeatGround?)
    case answered(answers: [SupplementAnswer], message: SealedText?, due: Instant?)
}

extension SupplementEvent: DossierHappening {
    package var name: String {
        switch self {
        case .requested: "supplementRequested"
        case .answered: "supplementAnswered"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .requested(let items, _, let day, let ground):
            if dossier.stage == .filed { dossier.requestsAtIntake += 1 } else { dossier.requestsSinceAcceptance += 1 }
            (dossier.interrupted, dossier.stage) = (dossier.stage, .awaitingSupplement)
            (dossier.requestedItems, dossier.answerBy, dossier.firstAnswerDue) = (items, day, nil)
            if ground != nil { dossier.wasAskedAgain = true }
        case .answered(let answers, _, let due):
            dossier.stage = dossier.interrupted
            dossier.papers += answers.flatMap(\.papers)
            if let due { dossier.due = due }
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .requested(let items, let reason, let answerBy, let ground):
            return Sentence(
                ground != nil && history.isForOfficers
                    ? say("Yêu cầu bổ sung lần nữa (ngoại lệ)", "Supplement requested once more, as an exception")
                    : say("Yêu cầu bổ sung", "Supplement requested"),
                .waiting,
                history.asked(items, reason, answerBy, ground)
            )
        case .answered(let answers, let message, _):
            return Sentence(say("Đã bổ sung", "Supplement received"), .active, history.answered(answers, message))
        }
    }

    package var changesHands: Bool { true }

    package var clock: ClockTurn? {
        switch self {
        case .requested: .stops
        case .answered: .goesOn(wait: "chờ bổ sung hồ sơ")
        }
    }

    package var texts: [SealedText] {
        switch self {
        case .requested(let items, let reason, _, let ground):
            [reason] + items.compactMap(\.request) + [ground?.reason, ground?.basis].compactMap(\.self)
        case .answered(let answers, let message, _): answers.compactMap(\.word) + [message].compactMap(\.self)
        }
    }

    package var papers: [FiledPaper] {
        switch self {
        case .requested: []
        case .answered(let answers, _, _): answers.flatMap(\.papers)
        }
    }

    package var printable: [DossierPaper] {
        switch self {
        case .requested: [.supplementRequest]
        case .answered: []
        }
    }
}
