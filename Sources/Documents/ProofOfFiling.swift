package import Kernel

/// What the proof of an online filing says: Giấy xác nhận nộp hồ sơ trực tuyến.
package struct FilingFacts: Hashable, Sendable {
    package var issuer: IssuerFacts
    package var dossierCode: String
    package var lookup: LookupFacts
    package var applicant: PartyFacts
    package var representative: PartyFacts?
    package var procedure: ProcedureFacts
    /// The agency that will decide.
    package var competent: String
    package var filedAt: LocalMinute
    package var files: [FiledFileFacts]
    package var fees: [FeeFacts]
    /// Where or how the result is received.
    package var returnPlace: String
    /// By when the office says whether it accepts the dossier; nil where no rule promises a time.
    package var answerBy: LocalMinute?

    package init(
        issuer: IssuerFacts,
        dossierCode: String,
        lookup: LookupFacts,
        applicant: PartyFacts,
        representative: PartyFacts? = nil,
        procedure: ProcedureFacts,
        competent: String,
        filedAt: LocalMinute,
        files: [FiledFileFacts],
        fees: [FeeFacts] = [],
        returnPlace: String,
        answerBy: LocalMinute?
    ) {
        self.issuer = issuer
        self.dossierCode = dossierCode
        self.lookup = lookup
        self.applicant = applicant
        self.representative = representative
        self.procedure = procedure
        self.competent = competent
        self.filedAt = filedAt
        self.files = files
        self.fees = fees
        self.returnPlace = returnPlace
        self.answerBy = answerBy
    }
}

/// A file as it arrived: who doubts later what was sent compares its fingerprint.
package struct FiledFileFacts: Hashable, Sendable {
    package var component: String
    package var fileName: String
    package var bytes: Int
    /// Nil for a file that has no pages, such as a photo.
    package var pages: Int?
    /// SHA-256, 64 hexadecimal digits.
    package var digest: String

    package init(component: String, fileName: String, bytes: Int, pages: Int?, digest: String) {
        self.component = component
        self.fileName = fileName
        self.bytes = bytes
        self.pages = pages
        self.digest = digest
    }
}

/// Giấy xác nhận nộp hồ sơ trực tuyến: no circular prescribes it, so it is in both languages.
package func proofOfFiling(_ facts: FilingFacts) throws(QRCode.TooLong) -> Paper {
    var blocks: [Paper.Block] = [
        .letterhead(
            Paper.Letterhead(
                superior: facts.issuer.superior,
                issuer: facts.issuer.name,
                number: nil,
                place: facts.issuer.place,
                date: facts.filedAt.date,
                form: nil
            )
        ),
        .title("GIẤY XÁC NHẬN NỘP HỒ SƠ TRỰC TUYẾN", subtitle: .italic("Proof of online filing")),
    ]
    blocks += try facts.lookup.beside([
        .facts([
            fact("Mã hồ sơ", "Dossier code", .bold(facts.dossierCode)),
            fact("Mã tra cứu", "Look-up secret", facts.lookup.printed),
            fact("Thời điểm nộp", "Filed at", .bold(facts.filedAt.spelled)),
            fact("Người nộp", "Applicant", applicant(facts.applicant)),
        ])
    ])
    blocks.append(.facts(details(facts)))
    if !facts.files.isEmpty {
        blocks += [
            .heading("Giấy tờ đã nộp / Documents received"),
            .table(table(of: facts.files)),
        ]
    }
    blocks += [.rule] + notes(facts).map { .paragraph($0, .left, .small) }
    return Paper(
        size: .a4,
        title: "Giấy xác nhận nộp hồ sơ trực tuyến \(facts.dossierCode)",
        author: facts.issuer.fullName,
        created: Instant(facts.filedAt),
        footer: facts.dossierCode,
        blocks: blocks
    )
}

private func fact(_ vietnamese: String, _ english: String, _ value: Prose) -> Paper.Fact {
    Paper.Fact("\(vietnamese)\n\(italic: english)", value)
}

private func applicant(_ party: PartyFacts) -> Prose {
    let lines = [party.number.map { "Số định danh: \($0)" }, party.address, party.phone, party.email].compactMap { $0 }
    return "\(bold: party.name)\n\(lines.joined(separator: "\n"))"
}

private func details(_ facts: FilingFacts) -> [Paper.Fact] {
    var details: [Paper.Fact] = []
    if let representative = facts.representative {
        details.append(fact("Người nộp thay", "Filed on behalf by", applicant(representative)))
    }
    details += [
        fact(
            "Thủ tục hành chính",
            "Procedure",
            "\(bold: facts.procedure.name)\nMã \(facts.procedure.code)\(facts.procedure.field.map { " · \($0)" } ?? "")"
        ),
        fact("Cơ quan giải quyết", "Competent agency", Prose(facts.competent)),
        fact("Nhận kết quả", "Result", Prose(facts.returnPlace)),
    ]
    for fee in facts.fees { details.append(fact("Phí, lệ phí", "Fee", fee.text)) }
    return details
}

private func table(of files: [FiledFileFacts]) -> Paper.Table {
    Paper.Table(
        columns: [
            Paper.Table.Column("Giấy tờ", share: 3),
            Paper.Table.Column("Tên tệp", share: 2.8),
            Paper.Table.Column("Số trang", share: 0.9, .centre),
            Paper.Table.Column("Dung lượng", share: 1.3, .right),
            Paper.Table.Column("Mã kiểm tra", share: 1.6),
        ],
        rows: files.map { file in
            [
                Prose(file.component), Prose(file.fileName), Prose(file.pages.map(String.init) ?? ""),
                Prose(size(of: file.bytes)), Prose(String(file.digest.prefix(12))),
            ]
        }
    )
}

/// `0,9 MB`, as Vietnamese writes decimals.
private func size(of bytes: Int) -> String {
    if bytes < 1000 { return "\(bytes) byte" }
    if bytes < 1_000_000 { return "\((bytes + 500) / 1000) kB" }
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10),\(tenths % 10) MB"
}

private func notes(_ facts: FilingFacts) -> [Prose] {
    var notes: [Prose] = [
        """
        Giấy này xác nhận hệ thống đã nhận đủ các tệp nêu trên. Thời hạn giải quyết được tính từ khi cơ quan tiếp nhận \
        hồ sơ hợp lệ và cấp Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
        """
    ]
    if let answerBy = facts.answerBy {
        notes.append("Cơ quan trả lời về việc tiếp nhận hồ sơ chậm nhất lúc \(bold: answerBy.spelled).")
    }
    notes += [
        "Tra cứu tại \(bold: facts.lookup.site) bằng mã hồ sơ và mã tra cứu; không đưa mã tra cứu cho người khác.",
        "Mã kiểm tra là 12 ký tự đầu của giá trị SHA-256 tính trên nội dung tệp.",
        """
        \(italic: "This paper confirms that the files above have arrived. The time limit begins when the office accepts ")\
        \(italic: "the dossier and issues a receipt. Keep the look-up secret to yourself.")
        """,
    ]
    return notes
}
