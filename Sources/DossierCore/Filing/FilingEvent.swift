package import Kernel
import Web

/// A dossier comes in and is received, or not. Case names and labels are the stored format: add, never rename.
package enum FilingEvent: Codable, Equatable, Sendable {
    case filed(filing: Filing)
    case accepted(due: Instant?)
    case refused(reason: SealedText)
}

extension FilingEvent: DossierHappening {
    package var name: String {
        switch self {
        case .filed: "filed"
        case .accepted: "accepted"
        case .refused: "refused"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .filed(let filing):
            (dossier.filing, dossier.channel) = (filing, filing.channel)
            dossier.stage = .filed
            (dossier.content, dossier.papers, dossier.returnBy) = (filing.content, filing.papers, filing.returnBy)
            (dossier.situation, dossier.feePaid) = (filing.situation, filing.feePaid)
            dossier.firstAnswerDue = filing.firstAnswerDue
        case .accepted(let due):
            (dossier.stage, dossier.due, dossier.firstAnswerDue) = (.accepted, due, nil)
            dossier.step = dossier.firstProcessingStep
        case .refused: (dossier.stage, dossier.withdrawalIsAsked, dossier.firstAnswerDue) = (.refused, false, nil)
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .filed(let filing): return Sentence(filed(filing.channel, say), .neutral)
        case .accepted(let due):
            return Sentence(
                due.map {
                    say("Tiếp nhận, hẹn trả \($0.localMinute.vietnamese)", "Accepted, due \($0.localMinute.vietnamese)")
                } ?? say("Tiếp nhận", "Accepted"),
                .active
            )
        case .refused(let reason): return Sentence(say("Không tiếp nhận", "Not accepted"), .bad, history.text(reason))
        }
    }

    private func filed(_ channel: Channel, _ say: Language) -> String {
        switch channel {
        case .online: say("Nộp trực tuyến", "Filed online")
        case .post: say("Nộp qua bưu chính công ích", "Filed by post")
        case .counter: say("Nộp trực tiếp tại Bộ phận Một cửa", "Filed at the one-stop counter")
        }
    }

    package var changesHands: Bool { true }

    /// The term runs from valid receipt, not from filing.
    package var clock: ClockTurn? { if case .accepted = self { .begins } else { nil } }

    package var texts: [SealedText] {
        switch self {
        case .filed(let filing): [filing.content]
        case .accepted: []
        case .refused(let reason): [reason]
        }
    }

    package var papers: [FiledPaper] { if case .filed(let filing) = self { filing.papers } else { [] } }

    package var printable: [DossierPaper] {
        switch self {
        case .filed(let filing): filing.channel == .online ? [.proof] : []
        case .accepted: [.receipt, .controlSlip]
        case .refused: [.refusal]
        }
    }

    package var counted: Counted? {
        switch self {
        case .filed: .filed
        case .accepted: .accepted
        case .refused: nil
        }
    }
}
