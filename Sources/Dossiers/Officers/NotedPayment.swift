import DossierCore
import Kernel
import Markup
import PrintedPapers
import Web

/// What an officer notes of money that was paid: how much, by which way, and the receipt given for it. A sum that differs
/// from what is due is asked about, and taken once they say that it is right.
struct NotedPayment {
    /// What its fields are called where they stand.
    struct Names: Sendable {
        let amount, receipt, way, differs: String

        static let intake = Names(amount: "feeAmount", receipt: "feeReceipt", way: "feeWay", differs: "feeDiffers")
        static let act = Names(amount: "amount", receipt: "receipt", way: "way", differs: "differs")
    }

    private let names: Names
    private let isConfirmed: Bool
    private(set) var payment: FeePayment?
    private(set) var errors: [FieldError] = []

    private static let longestReceipt = 40

    /// Nothing was paid.
    init(_ names: Names = .intake) { (self.names, isConfirmed) = (names, false) }

    init(_ said: PaymentSaid, _ names: Names = .act) {
        self.names = names
        isConfirmed = said.differs == true
        let receipt = said.receipt?.written
        if let receipt, receipt.count > Self.longestReceipt {
            errors.append(.tooLong(names.receipt, receipt, most: Self.longestReceipt))
        }
        if let way = said.way, way.value == nil {
            errors.append(FieldError(names.way, "Cách nộp không đúng. Hãy chọn lại.", "Please choose how it was paid."))
        }
        guard let given = said.amount else {
            // A receipt is given for money.
            if receipt != nil {
                errors.append(
                    FieldError(
                        names.receipt,
                        "Có số biên lai mà để trống số tiền. Hãy nhập số tiền, hoặc xóa số biên lai nếu chưa thu.",
                        "There is a receipt's number and no amount. Enter the amount, or clear the number if nothing was paid."
                    )
                )
            }
            return
        }
        guard let amount = given.value, amount.number > 0 else {
            errors.append(.amount(names))
            return
        }
        guard errors.isEmpty else { return }
        payment = FeePayment(amount: Money(dong: amount.number), receipt: receipt, way: said.way?.value)
    }

    /// `doubt` says why a sum is odd, and nothing where it is not.
    mutating func ask(_ doubt: (Money) -> Words?) {
        guard errors.isEmpty, !isConfirmed, let amount = payment?.amount, let why = doubt(amount) else { return }
        errors.append(
            FieldError(
                names.differs,
                "Số tiền ghi là \(amount.text), còn \(why.vi). Hãy kiểm tra lại; nếu đúng là như vậy thì đánh dấu ô này.",
                "The amount is \(amount.text), but \(why.en). Please check; if it is right, tick this."
            )
        )
    }

    static func fields(
        _ form: Form,
        _ names: Names,
        _ label: Words,
        hint: Words,
        now payment: FeePayment? = nil,
        isRequired: Bool = false,
        _ say: Language
    ) -> HTML {
        // Asked only where there is something to ask.
        let isAsked = form.errors.contains { $0.field == names.differs }
        return """
            \(form.field(
                names.amount,
                say(label),
                .money,
                hint: say(hint),
                required: isRequired,
                value: payment.map { String($0.amount.dong) }
            ))
            \(isAsked ? form.checkbox(names.differs, say("Đã kiểm tra, đúng số tiền này", "Checked: this is the amount")) : nil)
            \(form.field(
                names.receipt,
                say("Số biên lai", "Number of the fee receipt"),
                .code,
                required: false,
                maxLength: longestReceipt,
                value: payment?.receipt
            ))
            \(form.select(
                names.way,
                say("Nộp bằng cách nào", "How it was paid"),
                PaymentWay.allCases.map { Web.Choice($0.rawValue, say($0.words)) },
                required: isRequired,
                value: payment?.way?.rawValue
            ))
            """
    }
}

/// What is said of a payment, and where it is corrected, why.
struct PaymentSaid: ActSaid {
    /// In đồng.
    let amount: Given<Amount>?
    let receipt: String?
    let way: Given<PaymentWay>?
    /// It is right although it differs from what is due.
    let differs: Bool?
    let text: String?

    init(_ form: FormData) { self.init(form, .act) }

    init(_ form: FormData, _ names: NotedPayment.Names) {
        // Typed as people write it: `200.000`, `200000 đ`.
        amount = form.given(names.amount) { Money.digits(typed: $0).flatMap(Amount.init(typed:)) }
        receipt = form[names.receipt]
        way = form.given(names.way, PaymentWay.init(rawValue:))
        differs = form.isTicked(names.differs)
        text = form["text"]
    }

    init(amount: Amount, receipt: String?, way: Given<PaymentWay>?, differs: Bool?) {
        (self.amount, self.receipt, self.way, self.differs) = (Given(amount), receipt, way, differs)
        text = nil
    }
}

extension FieldError {
    fileprivate static func amount(_ names: NotedPayment.Names) -> FieldError {
        FieldError(
            names.amount,
            "Số tiền đã thu không đúng. Hãy nhập số đồng, ví dụ 16.000, hoặc để trống nếu chưa thu.",
            "The amount taken is not right. Enter đồng, such as 16.000, or leave it empty if nothing was paid."
        )
    }
}
