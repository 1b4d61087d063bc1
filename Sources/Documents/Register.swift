package import Kernel

/// What Sổ theo dõi hồ sơ says: Form 07 of 2025, 06 of 2018.
package struct RegisterFacts: Hashable, Sendable {
    package var forms: FormSet
    package var issuer: IssuerFacts
    /// Such as `11/2021`; nil for an extract across volumes.
    package var volume: String?
    package var from: LocalDate
    package var to: LocalDate
    /// What the lines were chosen by besides the days, such as a field of administration.
    package var selection: String?
    package var printedAt: LocalMinute
    package var lines: [RegisterLine]

    package init(
        forms: FormSet,
        issuer: IssuerFacts,
        volume: String? = nil,
        from: LocalDate,
        to: LocalDate,
        selection: String? = nil,
        printedAt: LocalMinute,
        lines: [RegisterLine]
    ) {
        self.forms = forms
        self.issuer = issuer
        self.volume = volume
        self.from = from
        self.to = to
        self.selection = selection
        self.printedAt = printedAt
        self.lines = lines
    }
}

/// One dossier in the register.
package struct RegisterLine: Hashable, Sendable {
    package var dossierCode: String
    package var procedure: String
    package var sets: Int
    package var applicant: PartyFacts
    /// The agency that decides.
    package var competent: String
    package var receivedOn: LocalDate?
    package var dueOn: LocalDate?
    package var returnedOn: LocalDate?
    /// How the result is received.
    package var returnMethod: String
    /// Who confirmed the receipt of the result; empty where somebody signs with a pen.
    package var receivedBy: String
    package var note: String

    package init(
        dossierCode: String,
        procedure: String,
        sets: Int = 1,
        applicant: PartyFacts,
        competent: String,
        receivedOn: LocalDate?,
        dueOn: LocalDate?,
        returnedOn: LocalDate?,
        returnMethod: String,
        receivedBy: String = "",
        note: String = ""
    ) {
        self.dossierCode = dossierCode
        self.procedure = procedure
        self.sets = sets
        self.applicant = applicant
        self.competent = competent
        self.receivedOn = receivedOn
        self.dueOn = dueOn
        self.returnedOn = returnedOn
        self.returnMethod = returnMethod
        self.receivedBy = receivedBy
        self.note = note
    }
}

/// Sổ theo dõi hồ sơ, on A4 pages across.
package func register(_ facts: RegisterFacts) -> Paper {
    let form = Form.register
    let period =
        facts.from == facts.to
        ? "Ngày \(facts.from.vietnamese)" : "Từ ngày \(facts.from.vietnamese) đến ngày \(facts.to.vietnamese)"
    let parts = [facts.volume.map { "Quyển số: \($0)" }, period, facts.selection].compactMap(\.self)
    return Paper(
        size: facts.forms.size(of: form),
        title: "\(facts.forms.name(of: form)) \(facts.from.rawValue) \(facts.to.rawValue)",
        author: facts.issuer.fullName,
        created: Instant(facts.printedAt),
        footer: "\(facts.issuer.fullName), in lúc \(facts.printedAt.spelled)",
        blocks: [
            .letterhead(
                Paper.Letterhead(
                    superior: facts.issuer.superior,
                    issuer: facts.issuer.name,
                    number: nil,
                    place: facts.issuer.place,
                    date: facts.printedAt.date,
                    form: facts.forms.citation(of: form)
                )
            ),
            .title(facts.forms.title(of: form), subtitle: Prose(parts.joined(separator: " · "))),
            .table(table(of: facts.lines)),
        ]
    )
}

private func table(of lines: [RegisterLine]) -> Paper.Table {
    typealias Column = Paper.Table.Column
    let days = "NGÀY, THÁNG, NĂM"
    return Paper.Table(
        columns: [
            Column("MÃ HỒ SƠ", share: 3), Column("TÊN TTHC", share: 4), Column("SỐ BỘ", share: 1, .centre),
            Column("TÊN CÁ NHÂN, TỔ CHỨC", share: 2.9), Column("ĐỊA CHỈ, SỐ ĐIỆN THOẠI", share: 4),
            Column("CƠ QUAN GIẢI QUYẾT", share: 2.7),
            Column("Nhận hồ sơ", share: 1.9, .centre, group: days),
            Column("Hẹn trả kết quả", share: 1.9, .centre, group: days),
            Column("Trả kết quả", share: 1.9, .centre, group: days),
            Column("PHƯƠNG THỨC NHẬN KẾT QUẢ", share: 2.2), Column("KÝ NHẬN", share: 1.8),
            Column("GHI CHÚ", share: 1.8),
        ],
        rows: lines.map { line in
            [
                Prose(line.dossierCode.breakingCode), Prose(line.procedure), Prose(padded(line.sets, 2)),
                Prose(line.applicant.name),
                Prose([line.applicant.address, line.applicant.phone].compactMap(\.self).joined(separator: "\n")),
                Prose(line.competent), Prose(line.receivedOn?.vietnamese ?? ""), Prose(line.dueOn?.vietnamese ?? ""),
                Prose(line.returnedOn?.vietnamese ?? ""), Prose(line.returnMethod), Prose(line.receivedBy),
                Prose(line.note),
            ]
        },
        isDense: true,
        ending: [.paragraph("Tổng số: \(bold: "\(lines.count)") hồ sơ.")]
    )
}
