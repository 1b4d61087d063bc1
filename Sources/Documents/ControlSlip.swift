package import Kernel

/// What Phiếu kiểm soát quá trình giải quyết hồ sơ says: Form 06 of 2025, 05 of 2018.
package struct ControlFacts: Hashable, Sendable {
    package var forms: FormSet
    package var issuer: IssuerFacts
    package var number: String
    package var dossierCode: String
    package var applicant: String
    package var procedure: ProcedureFacts
    /// The agency that decides.
    package var competent: String
    /// Those that take part.
    package var coordinating: [String]
    package var receivedAt: LocalMinute
    package var dueAt: LocalMinute?
    package var handOvers: [HandOverFacts]
    /// When the clock stood still, in words.
    package var pauses: [String]
    /// When the slip was printed: the slip of a dossier at work grows.
    package var printedAt: LocalMinute

    package init(
        forms: FormSet,
        issuer: IssuerFacts,
        number: String,
        dossierCode: String,
        applicant: String,
        procedure: ProcedureFacts,
        competent: String,
        coordinating: [String] = [],
        receivedAt: LocalMinute,
        dueAt: LocalMinute?,
        handOvers: [HandOverFacts],
        pauses: [String] = [],
        printedAt: LocalMinute
    ) {
        self.forms = forms
        self.issuer = issuer
        self.number = number
        self.dossierCode = dossierCode
        self.applicant = applicant
        self.procedure = procedure
        self.competent = competent
        self.coordinating = coordinating
        self.receivedAt = receivedAt
        self.dueAt = dueAt
        self.handOvers = handOvers
        self.pauses = pauses
        self.printedAt = printedAt
    }
}

/// One hand-over: from whom to whom, when, and whether the giver kept to the plan.
package struct HandOverFacts: Hashable, Sendable {
    package enum Timeliness: String, Hashable, Sendable {
        case early, onTime, late

        package var vietnamese: String {
            switch self {
            case .early: "Trước hạn"
            case .onTime: "Đúng hạn"
            case .late: "Quá hạn"
            }
        }
    }

    /// The units, such as `Bộ phận Tiếp nhận và Trả kết quả`.
    package var from: String
    package var to: String
    package var at: LocalMinute
    package var giver: String
    /// Empty until somebody has taken the dossier.
    package var receiver: String
    /// Nil where no time was planned for the giver.
    package var timeliness: Timeliness?
    package var note: String

    package init(
        from: String,
        to: String,
        at: LocalMinute,
        giver: String,
        receiver: String,
        timeliness: Timeliness?,
        note: String = ""
    ) {
        self.from = from
        self.to = to
        self.at = at
        self.giver = giver
        self.receiver = receiver
        self.timeliness = timeliness
        self.note = note
    }
}

/// Phiếu kiểm soát quá trình giải quyết hồ sơ.
package func controlSlip(_ facts: ControlFacts) -> Paper {
    let form = Form.controlSlip
    var blocks: [Paper.Block] = [
        .letterhead(
            Paper.Letterhead(
                superior: facts.issuer.superior,
                issuer: facts.issuer.name,
                number: "Số: \(facts.number)",
                place: facts.issuer.place,
                date: facts.receivedAt.date,
                form: facts.forms.citation(of: form)
            )
        ),
        .title(facts.forms.title(of: form), subtitle: "Mã hồ sơ: \(bold: facts.dossierCode)"),
        .paragraph("Cơ quan (bộ phận) giải quyết hồ sơ: \(bold: facts.competent)"),
        .paragraph(
            """
            Cơ quan phối hợp giải quyết hồ sơ: \
            \(facts.coordinating.isEmpty ? "không có" : facts.coordinating.joined(separator: "; "))
            """
        ),
        .paragraph("Thủ tục hành chính: \(facts.procedure.name) (mã thủ tục \(facts.procedure.code))"),
        .paragraph("Người nộp hồ sơ: \(facts.applicant)"),
        .paragraph("Thời gian nhận hồ sơ: \(facts.receivedAt.spelled)"),
        .paragraph(
            "Thời gian trả kết quả giải quyết hồ sơ: \(facts.dueAt?.spelled ?? "cơ quan giải quyết thông báo sau")"
        ),
        .table(table(of: facts.handOvers)),
    ]
    if !facts.pauses.isEmpty {
        blocks += [.paragraph("Thời gian không tính vào thời hạn giải quyết:"), .list(facts.pauses.map { Prose($0) })]
    }
    blocks.append(
        .together([
            .paragraph(.bold("Ghi chú:"), .left, .small),
            .paragraph(
                """
                - Giờ, phút, ngày và người giao, người nhận do Hệ thống thông tin một cửa điện tử ghi nhận, in lúc \
                \(facts.printedAt.spelled).
                """,
                .left,
                .small
            ),
            .paragraph(
                """
                - Hồ sơ chuyển qua dịch vụ bưu chính công ích: thời gian giao, nhận và ký nhận thể hiện trên hóa đơn của \
                cơ quan bưu chính.
                """,
                .left,
                .small
            ),
        ])
    )
    return Paper(
        size: facts.forms.size(of: form),
        title: "\(facts.forms.name(of: form)) \(facts.dossierCode)",
        author: facts.issuer.fullName,
        created: Instant(facts.printedAt),
        footer: facts.dossierCode,
        blocks: blocks
    )
}

private func table(of handOvers: [HandOverFacts]) -> Paper.Table {
    let group = "THỜI GIAN GIAO, NHẬN HỒ SƠ"
    return Paper.Table(
        columns: [
            Paper.Table.Column("TÊN CƠ QUAN", share: 3),
            Paper.Table.Column("Giờ, phút, ngày", share: 2.1, .centre, group: group),
            Paper.Table.Column("Người giao", share: 1.6, .centre, group: group),
            Paper.Table.Column("Người nhận", share: 1.6, .centre, group: group),
            Paper.Table.Column("KẾT QUẢ (trước hạn, đúng hạn, quá hạn)", share: 1.6, .centre),
            Paper.Table.Column("GHI CHÚ", share: 1.4),
        ],
        rows: handOvers.map { handOver in
            [
                "1. Giao: \(bold: handOver.from)\n2. Nhận: \(bold: handOver.to)",
                "\(handOver.at.clock)\n\(handOver.at.date.vietnamese)", Prose(handOver.giver),
                Prose(handOver.receiver), Prose(handOver.timeliness?.vietnamese ?? ""), Prose(handOver.note),
            ]
        }
    )
}
