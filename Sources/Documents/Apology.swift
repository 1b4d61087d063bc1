package import Kernel

/// What Form 04 says: Phiếu xin lỗi và hẹn lại ngày trả kết quả, since 2025 Văn bản xin lỗi và đề nghị gia hạn.
package struct ApologyFacts: Hashable, Sendable {
    package var notice: NoticeFacts
    /// Of the receipt, such as `0012/TNHS`.
    package var receiptNumber: String
    package var receivedAt: LocalMinute
    /// What the receipt promised.
    package var dueAt: LocalMinute
    /// How far the work has come, in words.
    package var state: String
    package var reason: String
    package var newDueAt: LocalMinute
    /// A second extension, which the law does not offer and a leader answers for.
    package var isException: Bool
    /// Whose place the signature takes, such as `Thủ trưởng cơ quan, đơn vị`.
    package var signer: String

    package init(
        notice: NoticeFacts,
        receiptNumber: String,
        receivedAt: LocalMinute,
        dueAt: LocalMinute,
        state: String,
        reason: String,
        newDueAt: LocalMinute,
        isException: Bool = false,
        signer: String = "Thủ trưởng cơ quan, đơn vị"
    ) {
        self.notice = notice
        self.receiptNumber = receiptNumber
        self.receivedAt = receivedAt
        self.dueAt = dueAt
        self.state = state
        self.reason = reason
        self.newDueAt = newDueAt
        self.isException = isException
        self.signer = signer
    }
}

/// Form 04, as the circular in force words it.
package func apology(_ facts: ApologyFacts) throws(QRCode.TooLong) -> Paper {
    let notice = facts.notice
    let agency = notice.issuer.name
    let promise: Prose =
        notice.forms.apologyExtends
        ? """
        \(agency) xin lỗi Ông/Bà (tổ chức) vì sự chậm trễ này và đề nghị gia hạn thời gian giải quyết hồ sơ. Thời gian \
        trả kết quả mới: \(bold: facts.newDueAt.spelled).
        """
        : """
        \(agency) xin lỗi Ông/Bà (tổ chức) vì sự chậm trễ này và hẹn lại ngày trả kết quả: \
        \(bold: facts.newDueAt.spelled).
        """
    var blocks: [Paper.Block] = [
        .paragraph(
            """
            Hồ sơ nêu trên được \(agency) tiếp nhận lúc \(facts.receivedAt.spelled), theo Giấy tiếp nhận hồ sơ và hẹn \
            trả kết quả số \(facts.receiptNumber).
            """,
            .justified
        ),
        .paragraph("Thời gian hẹn trả kết quả: \(bold: facts.dueAt.spelled)."),
        .paragraph("Tình trạng xử lý hồ sơ: \(facts.state)."),
        .paragraph(
            "Tuy nhiên, \(agency) chưa thể trả kết quả giải quyết hồ sơ đúng thời hạn ghi trên giấy hẹn.",
            .justified
        ),
        .paragraph("Lý do: \(facts.reason)", .justified),
        .paragraph(promise, .justified),
    ]
    if facts.isException {
        blocks.append(
            .paragraph("Đây là lần gia hạn ngoại lệ do người có thẩm quyền quyết định và chịu trách nhiệm.", .justified)
        )
    }
    let contact: Prose = notice.issuer.phone.map { ", số điện thoại \(bold: $0)" } ?? ""
    blocks += [
        .paragraph(
            """
            Rất mong nhận được sự thông cảm của Ông/Bà (tổ chức). Mọi vướng mắc xin liên hệ \(notice.issuer.address)\
            \(contact)./.
            """,
            .justified
        ),
        .closing(
            recipients: ["Như trên", "Bộ phận Một cửa", "Lưu: hồ sơ"],
            Paper.Signature(facts.signer, note: "(Ký, ghi rõ họ tên và đóng dấu)", name: notice.officer)
        ),
    ]
    return try notice.letter(.apology, blocks)
}
