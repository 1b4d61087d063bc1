import DossierCore
import Kernel
import Web

/// What an officer notes of a fee that was paid with the papers.
struct CounterFee {
    private(set) var payment: FeePayment?
    private(set) var errors: [FieldError] = []

    private static let longestReceipt = 40

    init() {}

    init(amount: Amount, receipt: String?) { take(amount, receipt) }

    init(_ form: FormData) {
        guard let typed = form.filled("feeAmount") else {
            if form.filled("feeReceipt") != nil { errors = [.feeAmount] }
            return
        }
        // Typed as people write it: `200.000`, `200000 đ`.
        guard let amount = Amount(typed: typed.filter { !" .,đ₫".contains($0) }) else {
            errors = [.feeAmount]
            return
        }
        take(amount, form.filled("feeReceipt"))
    }

    private mutating func take(_ amount: Amount, _ receipt: String?) {
        let receipt = receipt?.tidied
        if amount.number <= 0 { errors.append(.feeAmount) }
        if let receipt, receipt.count > Self.longestReceipt {
            errors.append(.tooLong("feeReceipt", receipt, most: Self.longestReceipt))
        }
        guard errors.isEmpty else { return }
        payment = FeePayment(
            amount: Money(dong: amount.number),
            receipt: receipt.flatMap { $0.isEmpty ? nil : $0 }
        )
    }
}

extension FieldError {
    fileprivate static let feeAmount = FieldError(
        "feeAmount",
        "Số tiền đã thu không đúng. Hãy nhập số đồng, ví dụ 16.000, hoặc để trống nếu chưa thu.",
        "The amount taken is not right. Enter đồng, such as 16.000, or leave it empty if nothing was paid."
    )
}
