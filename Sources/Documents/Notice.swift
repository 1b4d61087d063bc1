package import Kernel

/// What every letter about one dossier begins with: forms 02, 03, 04 and 05.
package struct NoticeFacts: Hashable, Sendable {
    package var forms: FormSet
    package var issuer: IssuerFacts
    /// Such as `0012/HDHS`.
    package var number: String
    package var date: LocalDate
    package var dossierCode: String
    package var lookup: LookupFacts
    package var applicant: PartyFacts
    package var procedure: ProcedureFacts
    /// Who signs.
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
        self.officer = officer
    }

    /// A form that names the applicant's dossier, with `blocks` under its head.
    func form(_ form: Form, _ blocks: [Paper.Block]) throws(QRCode.TooLong) -> Paper {
        try paper(form, codes + applicant.lines("Hồ sơ của"), blocks, isLetter: false)
    }

    /// A letter to the applicant, with `blocks` under its head.
    func letter(_ form: Form, _ blocks: [Paper.Block]) throws(QRCode.TooLong) -> Paper {
        try paper(form, applicant.lines("Kính gửi") + codes, blocks, isLetter: true)
    }

    private var codes: [Paper.Block] {
        [.paragraph("Mã hồ sơ: \(bold: dossierCode)"), .paragraph("Mã tra cứu: \(lookup.printed)")]
    }

    private func paper(_ form: Form, _ dossier: [Paper.Block], _ blocks: [Paper.Block], isLetter: Bool)
        throws(QRCode.TooLong) -> Paper
    {
        let head: [Paper.Block] = [
            .letterhead(
                Paper.Letterhead(
                    superior: issuer.superior,
                    issuer: issuer.name,
                    number: "Số: \(number)",
                    place: issuer.place,
                    date: date,
                    form: forms.citation(of: form)
                )
            ),
            .title(forms.title(of: form)),
        ]
        let whose: [Paper.Block] =
            try lookup.beside(dossier) + [
                .paragraph("Nội dung yêu cầu giải quyết: \(bold: procedure.name) (mã thủ tục \(procedure.code))")
            ]
        return Paper(
            size: forms.size(of: form),
            title: "\(forms.name(of: form)) \(dossierCode)",
            author: issuer.fullName,
            created: Instant(LocalMinute(date: date, minuteOfDay: 0)),
            footer: dossierCode,
            isLetter: isLetter,
            blocks: head + whose + blocks
        )
    }
}
