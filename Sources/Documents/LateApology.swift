package import Kernel

/// What the letter to somebody says whose dossier is late already: an apology that puts off nothing.
package struct LateApologyFacts: Hashable, Sendable {
    package var notice: NoticeFacts
    /// Of the receipt, such as `0012/TNHS`.
    package var receiptNumber: String
    package var receivedAt: LocalMinute
    /// What was promised, and has passed.
    package var dueAt: LocalMinute
    /// How far the work has come, in words.
    package var state: String
    package var reason: String
    /// The day on which the agency now means to have it done.
    package var expectedOn: LocalDate
    package var signer: String

    package init(
        notice: NoticeFacts,
        receiptNumber: String,
        receivedAt: LocalMinute,
        dueAt: LocalMinute,
        state: String,
        reason: String,
        expectedOn: LocalDate,
        signer: String = "Thủ trưởng cơ quan, đơn vị"
    ) {
        self.notice = notice
        self.receiptNumber = receiptNumber
        self.receivedAt = receivedAt
        self.dueAt = dueAt
        self.state = state
        self.reason = reason
        self.expectedOn = expectedOn
        self.signer = signer
    }
}

/// The apology for a dossier that is late. Form 04 asks for more time before the day; once the day has passed there is
/// no time left to ask for, and no circular prescribes the letter's form.
package func lateApology(_ facts: LateApologyFacts) throws(QRCode.TooLong) -> Paper {
    let notice = facts.notice
    let agency = notice.issuer.name
    let contact: Prose = notice.issuer.phone.map { ", số điện thoại \(bold: $0)" } ?? ""
    return try notice.letter(
        .lateApology,
        [
            .paragraph(
                """
                Hồ sơ nêu trên được \(agency) tiếp nhận lúc \(facts.receivedAt.spelled), theo Giấy tiếp nhận hồ sơ và \
                hẹn trả kết quả số \(facts.receiptNumber).
                """,
                .justified
            ),
            .paragraph("Thời gian hẹn trả kết quả: \(bold: facts.dueAt.spelled)."),
            .paragraph(
                "Đến ngày \(notice.date.vietnamese), hồ sơ đã quá hạn mà \(agency) chưa trả được kết quả.",
                .justified
            ),
            .paragraph("Tình trạng xử lý hồ sơ: \(facts.state)."),
            .paragraph("Lý do: \(facts.reason)", .justified),
            .paragraph(
                """
                \(agency) xin lỗi Ông/Bà (tổ chức) vì sự chậm trễ này. Ngày dự kiến trả kết quả: \
                \(bold: facts.expectedOn.vietnamese). Việc thông báo ngày dự kiến không làm thay đổi thời hạn giải quyết.
                """,
                .justified
            ),
            .paragraph(
                "Mọi vướng mắc xin liên hệ \(notice.issuer.address)\(contact)./.",
                .justified
            ),
            .closing(
                recipients: ["Như trên", "Bộ phận Một cửa", "Lưu: hồ sơ"],
                Paper.Signature(facts.signer, note: "(Ký, ghi rõ họ tên và đóng dấu)", name: notice.officer)
            ),
        ]
    )
}
