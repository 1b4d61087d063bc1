import DossierCore
import Kernel
import Markup
import PrintedPapers
import Web

/// The fee that was taken with the papers was noted wrong, or not at all.
struct CorrectFee: OfficerAct {
    struct Terms: Sendable {
        /// Nil where nothing was taken.
        let fee: FeePayment?
        let reason: DossierTexts.Draft
    }

    let name = Words("Sửa khoản đã thu", "Correct the fee taken")
    let key = "correct-fee"
    private let reason = ActText(label: Words("Lý do sửa", "Why it is corrected"), rows: 3)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayCorrectFee(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML {
        let (say, fee) = (asked.say, asked.dossier.feePaid)
        return """
            <p>\(say("Đang ghi", "Recorded")): <strong>\(say(fee?.words ?? Words("chưa thu", "nothing taken")))</strong></p>
            \(NotedPayment.fields(
                asked.form,
                .act,
                Words("Phí, lệ phí đã thu (đồng)", "Fee taken (đồng)"),
                hint: Words("Để trống nếu thực ra chưa thu.", "Empty if in truth nothing was taken."),
                now: fee,
                say
            ))
            \(reason.field(asked))
            """
    }

    func terms(_ said: PaymentSaid, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        var noted = NotedPayment(said)
        let charges = Charges(scene.rules, of: scene.details)
        noted.ask(charges.doubt(about:))
        wrong += noted.errors
        let reason = reason.read(said.text, at: scene.now, &wrong)
        guard let reason, wrong.isEmpty else { return nil }
        return Terms(fee: noted.payment, reason: reason)
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .correct(.fee(by: officer, terms.fee, reason: terms.reason.sealed))
    }
}
