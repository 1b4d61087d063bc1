package import Kernel

/// What Form 01 says: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
package struct ReceiptFacts: Hashable, Sendable {
    package var forms: FormSet
    package var issuer: IssuerFacts
    /// Such as `0012/TNHS`.
    package var number: String
    package var applicant: PartyFacts
    /// Who files in the applicant's name.
    package var representative: PartyFacts?
    package var dossier: ReceivedDossier
    /// Further dossiers of the same person on the same slip.
    package var others: [ReceivedDossier]
    package var officer: String

    package init(
        forms: FormSet,
        issuer: IssuerFacts,
        number: String,
        applicant: PartyFacts,
        representative: PartyFacts? = nil,
        dossier: ReceivedDossier,
        others: [ReceivedDossier] = [],
        officer: String
    ) {
        self.forms = forms
        self.issuer = issuer
        self.number = number
        self.applicant = applicant
        self.representative = representative
        self.dossier = dossier
        self.others = others
        self.officer = officer
    }
}

/// What a receipt says of one dossier.
package struct ReceivedDossier: Hashable, Sendable {
    package var code: String
    package var lookup: LookupFacts
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
    package var register: RegisterReference?
    /// When what an earlier print says was last corrected; nil where nothing was.
    package var correctedAt: LocalMinute?

    package init(
        code: String,
        lookup: LookupFacts,
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
        register: RegisterReference? = nil,
        correctedAt: LocalMinute? = nil
    ) {
        self.code = code
        self.lookup = lookup
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
        self.correctedAt = correctedAt
    }
}

/// Volume and line of the paper register of dossiers.
package struct RegisterReference: Hashable, Sendable {
    package var volume: String
    package var line: String

    package init(volume: String, line: String) {
        self.volume = volume
        self.line = line
    }
}

/// The two copies in which Form 01 is made: one goes with the dossier, one home with the applicant.
package enum ReceiptCopy: String, CaseIterable, Hashable, Sendable {
    case office, applicant

    fileprivate var mark: String {
        switch self {
        case .office: "(Liên 1: lưu, chuyển kèm theo hồ sơ)"
        case .applicant: "(Liên 2: giao người nộp hồ sơ)"
        }
    }
}

/// Form 01 in both copies.
package func receiptInBothCopies(_ facts: ReceiptFacts) throws(QRCode.TooLong) -> [Paper] {
    [try receipt(facts, copy: .office), try receipt(facts, copy: .applicant)]
}

/// Form 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
package func receipt(_ facts: ReceiptFacts, copy: ReceiptCopy = .applicant) throws(QRCode.TooLong) -> Paper {
    let (form, dossiers) = (Form.receipt, [facts.dossier] + facts.others)
    let receivedAt = dossiers.map(\.receivedAt).max() ?? facts.dossier.receivedAt
    var blocks: [Paper.Block] = [
        .letterhead(
            Paper.Letterhead(
                superior: facts.issuer.superior,
                issuer: facts.issuer.name,
                number: "Số: \(facts.number)",
                place: facts.issuer.place,
                date: receivedAt.date,
                form: facts.forms.citation(of: form)
            )
        ),
        .title(facts.forms.title(of: form), subtitle: .italic(copy.mark)),
    ]
    if facts.others.isEmpty {
        blocks += try content(facts.dossier, [.paragraph(Prose(facts.issuer.fullName))] + parties(facts))
    } else {
        blocks += [.paragraph(Prose(facts.issuer.fullName))] + parties(facts)
        blocks.append(.paragraph("Số hồ sơ cùng nộp: \(bold: padded(dossiers.count, 2)), gồm:"))
        for (index, dossier) in dossiers.enumerated() {
            blocks += [.rule, .together([.heading("Hồ sơ thứ \(index + 1)")] + (try summary(dossier)))]
        }
    }
    blocks.append(
        .signatures([
            Paper.Signature("Người nộp hồ sơ", name: (facts.representative ?? facts.applicant).name),
            Paper.Signature("Người tiếp nhận hồ sơ", name: facts.officer),
        ])
    )
    blocks += notes(facts)
    let codes = dossiers.map(\.code).joined(separator: ", ")
    return Paper(
        size: facts.forms.size(of: form),
        title: "\(facts.forms.name(of: form)) \(codes)",
        author: facts.issuer.fullName,
        created: Instant(receivedAt),
        footer: facts.others.isEmpty ? codes : "\(facts.dossier.code) và \(facts.others.count) hồ sơ khác",
        blocks: blocks
    )
}

private func parties(_ facts: ReceiptFacts) -> [Paper.Block] {
    facts.applicant.lines("Tiếp nhận hồ sơ của")
        + (facts.representative?.lines("Người được ủy quyền nộp hồ sơ") ?? [])
}

/// Code, content, papers and terms of a dossier that has the slip to itself, with `parties` below its code.
private func content(_ dossier: ReceivedDossier, _ parties: [Paper.Block]) throws(QRCode.TooLong) -> [Paper.Block] {
    let codes: [Paper.Block] =
        correction(dossier) + [
            .paragraph("Mã hồ sơ: \(bold: dossier.code)"), .paragraph("Mã tra cứu: \(dossier.lookup.printed)"),
        ]
    var content: [Paper.Block] = try dossier.lookup.beside(codes + parties) + [request(dossier)]
    if !dossier.components.isEmpty {
        content += [.paragraph("Thành phần hồ sơ nộp gồm:"), .table(dossier.components.table)]
    }
    return content + terms(dossier)
}

/// The same in little space, for a slip of several dossiers.
private func summary(_ dossier: ReceivedDossier) throws(QRCode.TooLong) -> [Paper.Block] {
    var blocks: [Paper.Block] =
        correction(dossier) + [
            .columns(["Mã hồ sơ: \(bold: dossier.code)", "Mã tra cứu: \(dossier.lookup.printed)"]), request(dossier),
        ]
    if !dossier.components.isEmpty {
        let components = dossier.components.map { "\($0.name) (\($0.counts))" }.joined(separator: "; ")
        blocks.append(.paragraph("Thành phần hồ sơ nộp gồm: \(components)"))
    }
    return try dossier.lookup.beside(blocks + terms(dossier))
}

/// Two receipts of one dossier must not be taken for each other. Whether an earlier one was printed is not recorded.
private func correction(_ dossier: ReceivedDossier) -> [Paper.Block] {
    dossier.correctedAt.map { at in
        [.paragraph("\(bold: "BẢN SỬA") lúc \(at.spelled), thay cho bản in trước lúc đó, nếu có")]
    } ?? []
}

private func request(_ dossier: ReceivedDossier) -> Paper.Block {
    let procedure = dossier.procedure
    return .paragraph("Nội dung yêu cầu giải quyết: \(bold: procedure.name) (mã thủ tục \(procedure.code))")
}

private func terms(_ dossier: ReceivedDossier) -> [Paper.Block] {
    let limit = dossier.timeLimit?.vietnamese ?? "theo quy định của thủ tục"
    let due = dossier.dueAt?.spelled ?? "cơ quan giải quyết thông báo sau"
    let explanation = dossier.dueExplanation.map { " \(italic: "(\($0))")" as Prose } ?? ""
    var blocks: [Paper.Block] = [
        .columns(["Số lượng hồ sơ: \(padded(dossier.sets, 2)) bộ", "Hình thức nộp: \(dossier.channel.vietnamese)"]),
        .paragraph("Thời gian giải quyết hồ sơ theo quy định: \(limit)"),
        .paragraph("Thời gian nhận hồ sơ: \(bold: dossier.receivedAt.spelled)"),
        .paragraph("Thời gian trả kết quả giải quyết hồ sơ: \(bold: due)\(explanation)"),
        .paragraph("Đăng ký nhận kết quả tại: \(dossier.returnPlace)"),
    ]
    switch dossier.fees.count {
    case 0: break
    case 1: blocks.append(.paragraph("Phí, lệ phí: \(dossier.fees[0].text)"))
    default: blocks += [.paragraph("Phí, lệ phí:"), .list(dossier.fees.map(\.text))]
    }
    if let register = dossier.register {
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
        "Tra cứu tình trạng hồ sơ tại \(bold: facts.dossier.lookup.site) bằng mã hồ sơ và mã tra cứu.",
        "Liên hệ: \(facts.issuer.address)\(contact).",
    ]
    return [
        .together([.paragraph(.bold("Ghi chú:"), .left, .small)] + notes.map { .paragraph("- \($0)", .left, .small) })
    ]
}
