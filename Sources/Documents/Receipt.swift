package import Kernel

/// What Form 01 says: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
package struct ReceiptFacts: Hashable, Sendable {
    package var forms: FormSet
    package var issuer: IssuerFacts
    /// Such as `0012/TNHS`.
    package var number: String
    package var dossierCode: String
    package var lookup: LookupFacts
    package var applicant: PartyFacts
    /// Who files in the applicant's name.
    package var representative: PartyFacts?
    package var channel: Channel
    package var procedure: ProcedureFacts
    package var components: [ComponentFacts]
    package var sets: Int
    package var timeLimit: TimeLimit?
    package var receivedAt: LocalMinute
    /// Nil while no term runs, as with procedures that state none.
    package var dueAt: LocalMinute?
    /// How the due time was found, such as `nhận sau 15 giờ; trừ ngày nghỉ 02/9`.
    package var dueExplanation: String?
    /// Where or how the result is received.
    package var returnPlace: String
    package var fees: [FeeFacts]
    /// Where the dossier stands in the register of dossiers; nil where the register is electronic only.
    package var register: RegisterFacts?
    package var officer: String

    package init(
        forms: FormSet,
        issuer: IssuerFacts,
        number: String,
        dossierCode: String,
        lookup: LookupFacts,
        applicant: PartyFacts,
        representative: PartyFacts? = nil,
        channel: Channel,
        procedure: ProcedureFacts,
        components: [ComponentFacts],
        sets: Int = 1,
        timeLimit: TimeLimit?,
        receivedAt: LocalMinute,
        dueAt: LocalMinute?,
        dueExplanation: String? = nil,
        returnPlace: String,
        fees: [FeeFacts] = [],
        register: RegisterFacts? = nil,
        officer: String
    ) {
        self.forms = forms
        self.issuer = issuer
        self.number = number
        self.dossierCode = dossierCode
        self.lookup = lookup
        self.applicant = applicant
        self.representative = representative
        self.channel = channel
        self.procedure = procedure
        self.components = components
        self.sets = sets
        self.timeLimit = timeLimit
        self.receivedAt = receivedAt
        self.dueAt = dueAt
        self.dueExplanation = dueExplanation
        self.returnPlace = returnPlace
        self.fees = fees
        self.register = register
        self.officer = officer
    }
}

/// Volume and line of the paper register of dossiers.
package struct RegisterFacts: Hashable, Sendable {
    package var volume: String
    package var line: String

    package init(volume: String, line: String) {
        self.volume = volume
        self.line = line
    }
}

/// The two copies in which Form 01 is made.
package enum ReceiptCopy: String, CaseIterable, Hashable, Sendable { case applicant, office }

/// Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
package func receipt(_ facts: ReceiptFacts, copy: ReceiptCopy = .applicant) throws(QRCode.TooLong) -> Paper {
    var blocks: [Paper.Block] = [
        .letterhead(
            Paper.Letterhead(
                superior: facts.issuer.superior,
                issuer: facts.issuer.name,
                number: "Số: \(facts.number)",
                place: facts.issuer.place,
                date: facts.receivedAt.date,
                form: facts.forms.citation(of: .receipt)
            )
        ),
        .title(
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            subtitle: .italic(copy == .applicant ? "(Liên giao người nộp hồ sơ)" : "(Liên lưu kèm hồ sơ)")
        ),
        .beside(try facts.lookup.figure(), identification(facts)),
        .paragraph(
            "Nội dung yêu cầu giải quyết: \(bold: facts.procedure.name) (mã thủ tục \(facts.procedure.code))"
        ),
    ]
    if !facts.components.isEmpty {
        blocks += [.paragraph("Thành phần hồ sơ nộp gồm:"), .table(facts.components.table)]
    }
    blocks += terms(facts)
    blocks.append(
        .signatures([
            Paper.Signature("Người nộp hồ sơ", name: (facts.representative ?? facts.applicant).name),
            Paper.Signature("Người tiếp nhận hồ sơ", name: facts.officer),
        ])
    )
    blocks += notes(facts)
    return Paper(
        size: facts.forms.size,
        title: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả \(facts.dossierCode)",
        author: facts.issuer.fullName,
        created: Instant(facts.receivedAt),
        footer: facts.dossierCode,
        blocks: blocks
    )
}

private func identification(_ facts: ReceiptFacts) -> [Paper.Block] {
    var blocks: [Paper.Block] = [
        .paragraph("Mã hồ sơ: \(bold: facts.dossierCode)"),
        .paragraph("Mã tra cứu: \(bold: facts.lookup.secret)"),
        .paragraph(Prose(facts.issuer.fullName)),
    ]
    blocks += facts.applicant.lines("Tiếp nhận hồ sơ của")
    if let representative = facts.representative { blocks += representative.lines("Người được ủy quyền nộp hồ sơ") }
    return blocks
}

private func terms(_ facts: ReceiptFacts) -> [Paper.Block] {
    let limit = facts.timeLimit?.vietnamese ?? "theo quy định của thủ tục"
    let due = facts.dueAt?.spelled ?? "cơ quan giải quyết thông báo sau"
    let explanation = facts.dueExplanation.map { " \(italic: "(\($0))")" as Prose } ?? ""
    var blocks: [Paper.Block] = [
        .columns(["Số lượng hồ sơ: \(padded(facts.sets, 2)) bộ", "Hình thức nộp: \(facts.channel.vietnamese)"]),
        .paragraph("Thời gian giải quyết hồ sơ theo quy định: \(limit)"),
        .paragraph("Thời gian nhận hồ sơ: \(bold: facts.receivedAt.spelled)"),
        .paragraph("Thời gian trả kết quả giải quyết hồ sơ: \(bold: due)\(explanation)"),
        .paragraph("Đăng ký nhận kết quả tại: \(facts.returnPlace)"),
    ]
    switch facts.fees.count {
    case 0: break
    case 1: blocks.append(.paragraph("Phí, lệ phí: \(facts.fees[0].text)"))
    default: blocks += [.paragraph("Phí, lệ phí:"), .list(facts.fees.map(\.text))]
    }
    if let register = facts.register {
        blocks.append(
            .paragraph("Vào Sổ theo dõi hồ sơ, Quyển số: \(register.volume), Số thứ tự: \(register.line)")
        )
    }
    return blocks
}

private func notes(_ facts: ReceiptFacts) -> [Paper.Block] {
    let contact: Prose = facts.issuer.phone.map { "; điện thoại \(bold: $0)" } ?? ""
    let notes: [Prose] = [
        """
        Giấy này được lập thành 02 liên: một liên giao cho người nộp hồ sơ, một liên lưu tại \(facts.issuer.name) và \
        chuyển kèm theo hồ sơ.
        """,
        """
        Khi nhận kết quả, mang theo giấy này; người nhận thay mang thêm giấy ủy quyền nếu pháp luật yêu cầu. Kết quả \
        có thể nhận tại \(facts.issuer.name) hoặc tại nhà qua dịch vụ bưu chính công ích.
        """,
        "Tra cứu tình trạng hồ sơ tại \(bold: facts.lookup.site) bằng mã hồ sơ và mã tra cứu.",
        "Liên hệ: \(facts.issuer.address)\(contact).",
    ]
    return [
        .together([.paragraph(.bold("Ghi chú:"), .left, .small)] + notes.map { .paragraph("- \($0)", .left, .small) })
    ]
}
