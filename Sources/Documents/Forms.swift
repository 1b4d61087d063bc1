package import Kernel

/// A paper whose content is prescribed.
package enum Form: String, Codable, CodingKeyRepresentable, CaseIterable, Hashable, Sendable {
    case receipt
    case supplementRequest = "supplement-request"
    case refusal
    case apology
    /// The letter about a dossier that is late already; no circular has a form for it.
    case lateApology = "late-apology"
    case stopNotice = "stop-notice"
    case controlSlip = "control-slip"
    case register

    fileprivate var name: String {
        switch self {
        case .receipt: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
        case .supplementRequest: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
        case .refusal: "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
        case .apology: "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"
        case .lateApology: "Thư xin lỗi về việc chậm trả kết quả"
        case .stopNotice: "Thông báo dừng giải quyết hồ sơ"
        case .controlSlip: "Phiếu kiểm soát quá trình giải quyết hồ sơ"
        case .register: "Sổ theo dõi hồ sơ"
        }
    }
}

/// The forms that one circular prescribes: data, so that the next circular is one more value.
package struct FormSet: Codable, Hashable, Sendable {
    /// As papers cite it: `Thông tư số 01/2018/TT-VPCP`.
    package var circular: String
    package var effective: LocalDate
    /// Of every form but the register, which is a book of A4 pages.
    package var size: Paper.Size
    package var numbers: [Form: String]
    /// Of the forms that this circular calls something else.
    package var names: [Form: String]
    /// Whether Form 04 asks for more time, or only names another day.
    package var apologyExtends: Bool

    package init(
        circular: String,
        effective: LocalDate,
        size: Paper.Size,
        numbers: [Form: String],
        names: [Form: String] = [:],
        apologyExtends: Bool
    ) {
        self.circular = circular
        self.effective = effective
        self.size = size
        self.numbers = numbers
        self.names = names
        self.apologyExtends = apologyExtends
    }

    /// In force from 6 January 2019; its Article 9 prints the forms on A5 and the register on A4.
    package static let circular01of2018 = FormSet(
        circular: "Thông tư số 01/2018/TT-VPCP",
        effective: LocalDate(year: 2019, month: 1, day: 6)!,
        size: .a5,
        numbers: [
            .receipt: "01", .supplementRequest: "02", .refusal: "03", .apology: "04", .controlSlip: "05",
            .register: "06",
        ],
        names: [.apology: "Phiếu xin lỗi và hẹn lại ngày trả kết quả"],
        apologyExtends: false
    )

    /// Of 15 September 2025. The size of its paper was not to be found; A4 is what offices print on.
    package static let circular03of2025 = FormSet(
        circular: "Thông tư số 03/2025/TT-VPCP",
        effective: LocalDate(year: 2025, month: 9, day: 15)!,
        size: .a4,
        numbers: [
            .receipt: "01", .supplementRequest: "02", .refusal: "03", .apology: "04", .stopNotice: "05",
            .controlSlip: "06", .register: "07",
        ],
        apologyExtends: true
    )

    /// The forms to be used on a day.
    package static func inForce(on date: LocalDate) -> FormSet {
        date < circular03of2025.effective ? circular01of2018 : circular03of2025
    }

    /// `Mẫu số 01 ban hành kèm theo Thông tư số 01/2018/TT-VPCP`; nil for a form that the circular does not have.
    package func citation(of form: Form) -> String? {
        numbers[form].map { "Mẫu số \($0) ban hành kèm theo \(circular)" }
    }

    /// What the circular calls the form.
    package func name(of form: Form) -> String { names[form] ?? form.name }

    /// The same in capitals, for its head.
    func title(of form: Form) -> String { name(of: form).uppercased() }

    package func size(of form: Form) -> Paper.Size { form == .register ? .a4Landscape : size }
}
