import DossierCore
import Kernel
import Web

/// What the applicant owed is paid: the clock goes on.
struct ConfirmPayment: PressedAct {
    struct Terms: Sendable { let due: Instant? }

    let name = Words("Xác nhận đã nộp tiền", "Confirm the payment")
    let key = "confirm-payment"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayMeetObligation(by: officer)
    }

    func terms(_ said: NothingSaid, _ scene: ActScene, _ wrong: inout [FieldError]) throws -> Terms? {
        Terms(due: try scene.dueAfterWaiting())
    }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .meetObligation(by: officer, due: terms.due)
    }
}
