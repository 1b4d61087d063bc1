package import Kernel

/// What Form 02 says: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
package struct SupplementRequestFacts: Hashable, Sendable {
    package var forms: FormSet
    package var issuer: IssuerFacts
    /// Such as `0012/HDHS`.
    package var number: String
    package var date: LocalDate
    package var dossierCode: String
    package var lookup: LookupFacts
    package var applicant: PartyFacts
    package var procedure: ProcedureFacts
    /// Everything that is missing or wrong: the law lets an office ask once.
    package var items: [SupplementItemFacts]
    package var reason: String
    /// Until when the office waits; nil where no rule sets an end.
    package var answerBy: LocalDate?
    package var officer: String
    package var officerPhone: String?

    package init(
        forms: FormSet,
        issuer: IssuerFacts,
        number: String,
        date: LocalDate,
        dossierCode: String,
        lookup: LookupFacts,
        applicant: PartyFacts,
        procedure: ProcedureFacts,
        items: [SupplementItemFacts],
        reason: String,
        answerBy: LocalDate? = nil,
        officer: String,
        officerPhone: String?
    ) {
        self.forms = forms
        self.issuer = issuer
        self.number = number
        self.date = date
        self.dossierCode = dossierCode
        self.lookup = lookup
        self.applicant = applicant
        self.procedure = procedure
        self.items = items
        self.reason = reason
        self.answerBy = answerBy
        self.officer = officer
        self.officerPhone = officerPhone
    }
}

/// One thing to be supplied or corrected.
package struct SupplementItemFacts: Hashable, Sendable {
    package var component: ComponentFacts
    /// What is wrong and what mends it.
    package var instruction: String

    package init(component: ComponentFacts, instruction: String) {
        self.component = component
        self.instruction = instruction
    }
}

/// Form 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
package func supplementRequest(_ facts: SupplementRequestFacts) throws(QRCode.TooLong) -> Paper {
    let dossier: [Paper.Block] =
        [.paragraph("Mã hồ sơ: \(bold: facts.dossierCode)"), .paragraph("Mã tra cứu: \(bold: facts.lookup.secret)")]
        + facts.applicant.lines("Hồ sơ của")
    var blocks: [Paper.Block] = [
        .letterhead(
            Paper.Letterhead(
                superior: facts.issuer.superior,
                issuer: facts.issuer.name,
                number: "Số: \(facts.number)",
                place: facts.issuer.place,
                date: facts.date,
                form: facts.forms.citation(of: .supplementRequest)
            )
        ),
        .title("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
        .beside(try facts.lookup.figure(), dossier),
        .paragraph(
            "Nội dung yêu cầu giải quyết: \(bold: facts.procedure.name) (mã thủ tục \(facts.procedure.code))"
        ),
        .paragraph("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:"),
        .table(table(of: facts.items)),
        .paragraph("Lý do: \(facts.reason)", .justified),
    ]
    if let date = facts.answerBy {
        blocks.append(.paragraph("Đề nghị bổ sung, hoàn thiện hồ sơ trước hết ngày \(bold: date.vietnamese)."))
    }
    let phone = facts.officerPhone ?? facts.issuer.phone
    let contact: Prose = phone.map { "số điện thoại \(bold: $0)" } ?? "địa chỉ \(facts.issuer.address)"
    blocks += [
        .paragraph(
            """
            Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, Ông/Bà liên hệ với \(bold: facts.officer), \(contact) \
            để được hướng dẫn./.
            """,
            .justified
        ),
        .signatures([Paper.Signature("Người hướng dẫn", name: facts.officer)]),
        .paragraph(
            "Tra cứu và bổ sung hồ sơ tại \(bold: facts.lookup.site) bằng mã hồ sơ và mã tra cứu.",
            .left,
            .small
        ),
    ]
    return Paper(
        size: facts.forms.size,
        title: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ \(facts.dossierCode)",
        author: facts.issuer.fullName,
        created: Instant(LocalMinute(date: facts.date, minuteOfDay: 0)),
        footer: facts.dossierCode,
        blocks: blocks
    )
}

private func table(of items: [SupplementItemFacts]) -> Paper.Table {
    var table = items.map(\.component).table
    for (index, item) in items.enumerated() where !item.instruction.isEmpty {
        table.rows[index][0] = "\(bold: item.component.name)\n\(item.instruction)"
    }
    table.columns[0].header = "Thành phần hồ sơ và nội dung cần bổ sung"
    return table
}
