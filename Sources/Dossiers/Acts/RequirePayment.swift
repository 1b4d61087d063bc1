import Kernel
import Markup
import Web

/// The applicant owes something before the dossier goes on; meanwhile the clock stands still.
struct RequirePayment: OfficerAct {
    struct Said: ActSaid {
        let text: String?
        /// In đồng.
        let amount: Amount?

        init(_ form: FormData) {
            text = form["text"]
            amount = form.filled("amount").flatMap(Money.init(typed:)).flatMap { Amount($0.dong) }
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

extension Money {
    /// Reads `200.000`, `200000 đ`; at most 999 billion.
    init?(typed: String) {
        let digits = typed.filter { !" .,đ₫".contains($0) }
        guard let amount = Amount(typed: digits) else { return nil }
        self.init(dong: amount.number)
    }
}
