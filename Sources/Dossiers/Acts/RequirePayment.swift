import DossierCore
import Kernel
import Markup
import Web

/// The applicant owes something before the dossier goes on; meanwhile the clock stands still.
struct RequirePayment: OfficerAct {
    struct Said: ActSaid {
        let text: String?
        /// In đồng; nil also where what was typed is none.
        let amount: Amount?

        init(_ form: FormData) {
            text = form["text"]
            // Typed as people write it: `200.000`, `200000 đ`.
            amount = form.filled("amount").flatMap(Money.digits).flatMap(Amount.init(typed:))
        }
    }

    struct Terms: Sendable {
        let amount: Money
        let ground: DossierTexts.Draft
    }

    let name = Words("Yêu cầu nghĩa vụ tài chính", "Require a payment")
    let key = "require-payment"
    private let ground = ActText.reasons

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayRequireObligation(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML {
        """
        \(asked.form.field("amount", asked.say("Số tiền (đồng)", "Amount (đồng)"), .money))
        \(ground.field(asked))
        """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let ground = ground.read(said.text, at: scene.now, &wrong)
        guard let dong = said.amount?.number, dong > 0 else {
            wrong.append(
                FieldError(
                    "amount",
                    "Số tiền không đúng. Hãy nhập số đồng, ví dụ 200.000.",
                    "The amount is not right. Enter đồng, such as 200.000."
                )
            )
            return nil
        }
        return ground.map { Terms(amount: Money(dong: dong), ground: $0) }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.ground] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .requireObligation(by: officer, amount: terms.amount, ground: terms.ground.sealed)
    }
}
