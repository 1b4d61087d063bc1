package import Kernel

/// What Form 03 says: Phiếu từ chối tiếp nhận giải quyết hồ sơ.
package struct RefusalFacts: Hashable, Sendable {
    package var forms: FormSet
    package var issuer: IssuerFacts
    package var number: String
    package var date: LocalDate
    package var dossierCode: String
    package var lookup: LookupFacts
    package var applicant: PartyFacts
    package var procedure: ProcedureFacts
    /// In words that the applicant understands.
    package var reason: String
    /// The text of law it rests on, such as `khoản 2 Điều 17 Nghị định số 61/2018/NĐ-CP`.
    package var legalBasis: String?
    /// Which agency is competent and where it is, when this one is not.
    package var whereToGo: String?
    package var officer: String

    package init(
        forms: FormSet,
        issuer: IssuerFacts,
        number: String,
        date: LocalDate,
        dossierCode: String,
        lookup: LookupFacts,
        applicant: PartyFacts,
        procedure: ProcedureFacts,
        reason: String,
        legalBasis: String?,
        whereToGo: String?,
        officer: String
    ) {
        self.forms = forms
        self.issuer = issuer
        self.number = number
        self.date = date
        self.dossierCode = dossierCode
        self.lookup = lookup
        self.applicant = applicant
        self.procedure = procedure
        self.reason = reason
        self.legalBasis = legalBasis
        self.whereToGo = whereToGo
        self.officer = officer
    }
}

/// Form 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ.
package func refusalNotice(_ facts: RefusalFacts) throws(QRCode.TooLong) -> Paper {
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
                form: facts.forms.citation(of: .refusal)
            )
        ),
        .title("PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
        .beside(try facts.lookup.figure(), dossier),
        .paragraph(
            "Nội dung yêu cầu giải quyết: \(bold: facts.procedure.name) (mã thủ tục \(facts.procedure.code))"
        ),
        .paragraph(
            """
            Qua xem xét, \(facts.issuer.fullName) thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể \
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
            Paper.Signature("Người nộp hồ sơ", name: facts.applicant.name),
            Paper.Signature("Cán bộ tiếp nhận hồ sơ", name: facts.officer),
        ]),
    ]
    return Paper(
        size: facts.forms.size,
        title: "Phiếu từ chối tiếp nhận giải quyết hồ sơ \(facts.dossierCode)",
        author: facts.issuer.fullName,
        created: Instant(LocalMinute(date: facts.date, minuteOfDay: 0)),
        footer: facts.dossierCode,
        blocks: blocks
    )
}
