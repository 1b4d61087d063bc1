package import Kernel
import Web

/// Money is owed and paid (nghĩa vụ tài chính). Case names and labels are the stored format: add, never rename.
package enum ObligationEvent: Codable, Equatable, Sendable {
    case required(amount: Money, ground: SealedText)
    /// `paid` is what was noted of the payment.
    case met(due: Instant?, paid: FeePayment? = nil)
}

extension ObligationEvent: DossierHappening {
    package var name: String {
        switch self {
        case .required: "obligationRequired"
        case .met: "obligationMet"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .required: (dossier.interrupted, dossier.stage) = (dossier.stage, .awaitingObligation)
        case .met(let due, _):
            dossier.stage = dossier.interrupted
            if let due { dossier.due = due }
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .required(let amount, let ground):
            return Sentence(say("Cần nộp \(amount.text)", "\(amount.text) to be paid"), .waiting, history.text(ground))
        case .met(_, let paid):
            return Sentence(
                say("Đã hoàn thành nghĩa vụ tài chính", "Payment received") + (paid.map { ": " + say($0.words) } ?? ""),
                .active
            )
        }
    }

    package var changesHands: Bool { true }

    package var clock: ClockTurn? {
        switch self {
        case .required: .stops
        case .met: .goesOn(wait: "chờ thực hiện nghĩa vụ tài chính")
        }
    }

    package var texts: [SealedText] {
        switch self {
        case .required(_, let ground): [ground]
        case .met: []
        }
    }
}
