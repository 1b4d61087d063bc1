package import Kernel

/// What goes from one desk to another with dossiers or results, signed by both: Bảng kê bàn giao.
package struct HandOverListFacts: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// Dossiers to those who process them.
        case dossiers
        /// Results to those who return them.
        case results
        /// Results to the post.
        case post

        package var name: String {
            switch self {
            case .dossiers: "Bảng kê bàn giao hồ sơ"
            case .results: "Bảng kê bàn giao kết quả giải quyết hồ sơ"
            case .post: "Bảng kê bàn giao kết quả qua bưu chính công ích"
            }
        }
    }

    package struct Line: Hashable, Sendable {
        package var dossierCode: String
        package var procedure: String
        /// Of the dossier, or whom the post finds where.
        package var party: PartyFacts
        package var filedOn: LocalDate
        package var dueOn: LocalDate?
        package var note: String

        package init(
            dossierCode: String,
            procedure: String,
            party: PartyFacts,
            filedOn: LocalDate,
            dueOn: LocalDate?,
            note: String = ""
        ) {
            self.dossierCode = dossierCode
            self.procedure = procedure
            self.party = party
            self.filedOn = filedOn
            self.dueOn = dueOn
            self.note = note
        }
    }

    package var issuer: IssuerFacts
    package var kind: Kind
    package var at: LocalMinute
    /// The units between which it goes.
    package var from: String
    package var to: String
    package var giver: String
    /// Nil where the person is not known beforehand, as with the post.
    package var receiver: String?
    package var lines: [Line]

    package init(
        issuer: IssuerFacts,
        kind: Kind,
        at: LocalMinute,
        from: String,
        to: String,
        giver: String,
        receiver: String? = nil,
        lines: [Line]
    ) {
        self.issuer = issuer
        self.kind = kind
        self.at = at
        self.from = from
        self.to = to
        self.giver = giver
        self.receiver = receiver
        self.lines = lines
    }
}

/// Bảng kê bàn giao, to be printed in two copies.
package func handOverList(_ facts: HandOverListFacts) -> Paper {
    let things = facts.kind == .dossiers ? "hồ sơ" : "kết quả"
    var table = table(of: facts)
    table.ending = [
        .paragraph("Tổng số: \(bold: padded(facts.lines.count, 2)) \(things). Bảng kê lập thành 02 bản."),
        .signatures([
            Paper.Signature("Người giao", name: facts.giver), Paper.Signature("Người nhận", name: facts.receiver),
        ]),
    ]
    return Paper(
        size: .a4,
        title: "\(facts.kind.name) \(facts.at.date.vietnamese)",
        author: facts.issuer.fullName,
        created: Instant(facts.at),
        footer: "\(facts.from) → \(facts.to), \(facts.at.date.vietnamese)",
        blocks: [
            .letterhead(
                Paper.Letterhead(
                    superior: facts.issuer.superior,
                    issuer: facts.issuer.name,
                    number: nil,
                    place: facts.issuer.place,
                    date: facts.at.date,
                    form: nil
                )
            ),
            .title(facts.kind.name.uppercased()),
            .facts([
                Paper.Fact("Bên giao", "\(bold: facts.from)\n\(facts.giver)"),
                Paper.Fact("Bên nhận", "\(bold: facts.to)\(facts.receiver.map { "\n\($0)" } ?? "")"),
                Paper.Fact("Thời điểm lập", Prose(facts.at.spelled)),
            ]),
            .table(table),
        ]
    )
}

private func table(of facts: HandOverListFacts) -> Paper.Table {
    typealias Column = Paper.Table.Column
    switch facts.kind {
    case .dossiers, .results:
        return Paper.Table(
            columns: [
                Column("Mã hồ sơ", share: 2.3), Column("Người nộp", share: 2.6), Column("Thủ tục", share: 4),
                Column("Ngày nộp", share: 1.7, .centre), Column("Hẹn trả", share: 1.7, .centre),
                Column("Ghi chú", share: 1.6),
            ],
            rows: facts.lines.map { line in
                [
                    Prose(line.dossierCode.breakingCode), Prose(line.party.name), Prose(line.procedure),
                    Prose(line.filedOn.vietnamese), Prose(line.dueOn?.vietnamese ?? ""), Prose(line.note),
                ]
            },
            isDense: true
        )
    case .post:
        return Paper.Table(
            columns: [
                Column("Mã hồ sơ", share: 2.2), Column("Người nhận", share: 2.4), Column("Địa chỉ", share: 4.8),
                Column("Điện thoại", share: 2.1), Column("Số hiệu bưu gửi", share: 2), Column("Ghi chú", share: 1.4),
            ],
            rows: facts.lines.map { line in
                [
                    Prose(line.dossierCode.breakingCode), Prose(line.party.name), Prose(line.party.address ?? ""),
                    Prose(line.party.phone ?? ""), "", Prose(line.note),
                ]
            },
            isDense: true
        )
    }
}
