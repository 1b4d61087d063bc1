import DossierCore
import Kernel
import Markup
import PrintedPapers
import Web

/// What the applicant owed is paid: how much, by which way and with which receipt is noted, and the clock goes on.
struct ConfirmPayment: OfficerAct {
    struct Terms: Sendable {
        let due: Instant?
        let paid: FeePayment
    }

    let name = Words("Xác nhận đã nộp tiền", "Confirm the payment")
    let key = "confirm-payment"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayMeetObligation(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML {
        let (say, owed) = (asked.say, owed(asked.scene))
        return """
            \(owed.map { "<p>\(say("Đã yêu cầu nộp", "Asked for")): <strong>\($0.text)</strong></p>" as HTML })
            \(NotedPayment.fields(
                asked.form,
                .act,
                Words("Số tiền nộp (đồng)", "Amount paid (đồng)"),
                hint: Words("Ghi đúng số tiền trên biên lai hoặc chứng từ.", "As on the receipt or the bank’s voucher."),
                isRequired: true,
                say
            ))
            """
    }

    private func owed(_ scene: ActScene) -> Money? { Payments(scene.details.history).owed.last?.amount }

    func terms(_ said: PaymentSaid, _ scene: ActScene, _ wrong: inout [FieldError]) throws -> Terms? {
        var noted = NotedPayment(said)
        let owed = owed(scene)
        noted.ask { paid in
            guard let owed, paid != owed else { return nil }
            return Words("đã yêu cầu nộp \(owed.text)", "\(owed.text) was asked for")
        }
        wrong += noted.errors
        if said.amount == nil, noted.errors.isEmpty {
            wrong.append(
                FieldError(
                    "amount",
                    "Chưa ghi số tiền nộp. Hãy ghi như trên biên lai.",
                    "Please enter the amount paid."
                )
            )
        }
        if said.way == nil {
            wrong.append(FieldError("way", "Chưa chọn cách nộp. Hãy chọn một mục.", "Please choose how it was paid."))
        }
        guard let paid = noted.payment, wrong.isEmpty else { return nil }
        return Terms(due: try scene.dueAfterWaiting(), paid: paid)
    }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .meetObligation(by: officer, due: terms.due, paid: terms.paid)
    }
}
