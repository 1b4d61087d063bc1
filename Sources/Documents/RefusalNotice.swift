/// What Form 03 says: Phiếu từ chối tiếp nhận giải quyết hồ sơ.
package struct RefusalFacts: Hashable, Sendable {
    package var notice: NoticeFacts
    /// In words that the applicant understands.
    package var reason: String
    /// The text of law it rests on, such as `khoản 2 Điều 17 Nghị định số 61/2018/NĐ-CP`.
    package var legalBasis: String?
    /// Which agency is competent and where it is, when this one is not.
    package var whereToGo: String?

    package init(notice: NoticeFacts, reason: String, legalBasis: String? = nil, whereToGo: String? = nil) {
        self.notice = notice
        self.reason = reason
        self.legalBasis = legalBasis
        self.whereToGo = whereToGo
    }
}

/// Form 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ.
package func refusalNotice(_ facts: RefusalFacts) throws(QRCode.TooLong) -> Paper {
    let notice = facts.notice
    var blocks: [Paper.Block] = [
        .paragraph(
            """
            Qua xem xét, \(notice.issuer.fullName) thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể \
            như sau:
            """,
            .justified
        ),
        .paragraph(Prose(facts.reason), .justified),
    ]
    if let basis = facts.legalBasis { blocks.append(.paragraph("Căn cứ: \(basis).", .justified)) }
    if let whereToGo = facts.whereToGo {
        blocks.append(.paragraph("Ông/Bà có thể nộp hồ sơ tại: \(bold: whereToGo).", .justified))
    }
    blocks += [
        .paragraph("Xin thông báo để Ông/Bà được biết và thực hiện./."),
        .signatures([
            Paper.Signature("Người nộp hồ sơ", name: notice.applicant.name),
            Paper.Signature("Cán bộ tiếp nhận hồ sơ", name: notice.officer),
        ]),
    ]
    return try notice.form(.refusal, blocks)
}
