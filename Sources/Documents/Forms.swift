package import Kernel

/// A paper whose content is prescribed.
package enum Form: String, Codable, CodingKeyRepresentable, CaseIterable, Hashable, Sendable {
    case receipt
    case supplementRequest = "supplement-request"
    case refusal
}

/// The forms that one circular prescribes: data, so that the next circular is one more value.
package struct FormSet: Codable, Hashable, Sendable {
    /// As papers cite it: `Thông tư số 01/2018/TT-VPCP`.
    package var circular: String
    package var effective: LocalDate
    package var size: Paper.Size
    package var numbers: [Form: String]

    package init(circular: String, effective: LocalDate, size: Paper.Size, numbers: [Form: String]) {
        self.circular = circular
        self.effective = effective
        self.size = size
        self.numbers = numbers
    }

    /// In force from 6 January 2019; its Article 9 prints the forms on A5.
    package static let circular01of2018 = FormSet(
        circular: "Thông tư số 01/2018/TT-VPCP",
        effective: LocalDate(year: 2019, month: 1, day: 6)!,
        size: .a5,
        numbers: [.receipt: "01", .supplementRequest: "02", .refusal: "03"]
    )

    /// Of 15 September 2025. The size of its paper was not to be found; A4 is what offices print on.
    package static let circular03of2025 = FormSet(
        circular: "Thông tư số 03/2025/TT-VPCP",
        effective: LocalDate(year: 2025, month: 9, day: 15)!,
        size: .a4,
        numbers: [.receipt: "01", .supplementRequest: "02", .refusal: "03"]
    )

    /// The forms to be used on a day.
    package static func inForce(on date: LocalDate) -> FormSet {
        date < circular03of2025.effective ? circular01of2018 : circular03of2025
    }

    /// `Mẫu số 01 ban hành kèm theo Thông tư số 01/2018/TT-VPCP`; nil for a form that the circular does not have.
    package func citation(of form: Form) -> String? {
        numbers[form].map { "Mẫu số \($0) ban hành kèm theo \(circular)" }
    }
}
