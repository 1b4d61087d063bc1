package import Kernel

/// What Form 02 says: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
package struct SupplementRequestFacts: Hashable, Sendable {
    package var notice: NoticeFacts
    /// Everything that is missing or wrong: the law lets an office ask once.
    package var items: [SupplementItemFacts]
    package var reason: String
    /// Why the office asks a second time, which it may only on a ground of its own.
    package var ground: String?
    /// Until when the office waits; nil where no rule sets an end.
    package var answerBy: LocalDate?
    package var officerPhone: String?

    package init(
        notice: NoticeFacts,
        items: [SupplementItemFacts],
        reason: String,
        ground: String? = nil,
        answerBy: LocalDate? = nil,
        officerPhone: String? = nil
    ) {
        self.notice = notice
        self.items = items
        self.reason = reason
        self.ground = ground
        self.answerBy = answerBy
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
    let notice = facts.notice
    var blocks: [Paper.Block] = []
    if !facts.items.isEmpty {
        blocks += [
            .paragraph("Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:"), .table(table(of: facts.items)),
        ]
    }
    blocks.append(.paragraph("Lý do: \(facts.reason)", .justified))
    if let ground = facts.ground {
        blocks.append(.paragraph("Căn cứ yêu cầu bổ sung thêm một lần: \(ground)", .justified))
    }
    if let date = facts.answerBy {
        blocks.append(.paragraph("Đề nghị bổ sung, hoàn thiện hồ sơ trước hết ngày \(bold: date.vietnamese)."))
    }
    let phone = facts.officerPhone ?? notice.issuer.phone
    let contact: Prose = phone.map { "số điện thoại \(bold: $0)" } ?? "địa chỉ \(notice.issuer.address)"
    blocks += [
        .paragraph(
            """
            Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, Ông/Bà liên hệ với \(bold: notice.officer), \(contact) \
            để được hướng dẫn./.
            """,
            .justified
        ),
        .signatures([Paper.Signature("Người hướng dẫn", name: notice.officer)]),
        .paragraph(
            "Tra cứu và bổ sung hồ sơ tại \(bold: notice.lookup.site) bằng mã hồ sơ và mã tra cứu.",
            .left,
            .small
        ),
    ]
    return try notice.form(.supplementRequest, blocks)
}

private func table(of items: [SupplementItemFacts]) -> Paper.Table {
    var table = items.map(\.component).table
    for (index, item) in items.enumerated() where !item.instruction.isEmpty {
        table.rows[index][0] = "\(bold: item.component.name)\n\(item.instruction)"
    }
    table.columns[0].header = "Thành phần hồ sơ và nội dung cần bổ sung"
    return table
}
