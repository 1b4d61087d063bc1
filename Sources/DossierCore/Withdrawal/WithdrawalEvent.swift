import Kernel
import Web

/// An applicant takes a dossier back. Case names and labels are the stored format: add, never rename.
package enum WithdrawalEvent: Codable, Equatable, Sendable {
    case asked(reason: SealedText?)
    case declined(reason: SealedText)
    case withdrawn
}

extension WithdrawalEvent: DossierHappening {
    package var name: String {
        switch self {
        case .asked: "withdrawalAsked"
        case .declined: "withdrawalDeclined"
        case .withdrawn: "withdrawn"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .asked: dossier.withdrawalIsAsked = true
        case .declined: dossier.withdrawalIsAsked = false
        case .withdrawn:
            (dossier.stage, dossier.holder, dossier.withdrawalIsAsked) = (.withdrawn, nil, false)
            (dossier.firstAnswerDue, dossier.passage) = (nil, nil)
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .asked(let reason):
            return Sentence(say("Yêu cầu rút hồ sơ", "Withdrawal asked for"), .waiting, history.text(reason))
        case .declined(let reason):
            return Sentence(say("Không đồng ý cho rút hồ sơ", "Withdrawal declined"), .waiting, history.text(reason))
        case .withdrawn: return Sentence(say("Đã rút hồ sơ", "Withdrawn"), .neutral)
        }
    }

    package var changesHands: Bool { self == .withdrawn }

    package var texts: [SealedText] {
        switch self {
        case .asked(let reason): [reason].compactMap(\.self)
        case .declined(let reason): [reason]
        case .withdrawn: []
        }
    }
}
