package import Kernel

/// What one separator sheet says, to the machine and to whoever lays the pile.
package struct SeparatorFacts: Hashable, Sendable {
    package var code: QRCode
    /// Nil on a sheet for any paper.
    package var dossierCode: String?
    package var applicant: String?
    package var paper: String?
    /// How many sheets are expected behind it, such as `1 bản chính, 2 bản sao`.
    package var counted: String?

    package init(code: QRCode, dossierCode: String?, applicant: String?, paper: String?, counted: String?) {
        self.code = code
        self.dossierCode = dossierCode
        self.applicant = applicant
        self.paper = paper
        self.counted = counted
    }
}

/// Sheets that are laid between the papers of a pile before it is scanned: one a page, with a code that survives a poor
/// scanner.
package func separatorSheets(_ sheets: [SeparatorFacts], from issuer: IssuerFacts, at printedAt: LocalMinute)
    -> [Paper]
{
    sheets.map { sheet in
        Paper(
            size: .a4,
            title: "Trang phân cách quét hồ sơ",
            author: issuer.fullName,
            created: Instant(printedAt),
            footer: nil,
            blocks: [
                .title("Trang phân cách", subtitle: "Đặt trước giấy tờ dưới đây khi quét; không lưu vào hồ sơ"),
                .gap(10),
                .poster(sheet.code, side: 95),
                .gap(10),
            ] + words(of: sheet)
        )
    }
}

private func words(of sheet: SeparatorFacts) -> [Paper.Block] {
    guard let code = sheet.dossierCode, let paper = sheet.paper else {
        return [
            .paragraph(.bold("Giấy tờ khác bắt đầu từ trang sau"), .centre, .large),
            .paragraph("Cán bộ chọn hồ sơ và giấy tờ sau khi quét.", .centre),
        ]
    }
    let lines: [Paper.Block?] = [
        .paragraph(.bold(paper), .centre, .large), .paragraph("Mã hồ sơ: \(bold: code)", .centre, .large),
        sheet.applicant.map { .paragraph("Người nộp: \($0)", .centre) },
        sheet.counted.map { .paragraph("Đã nhận tại quầy: \($0)", .centre) },
    ]
    return lines.compactMap(\.self)
}
