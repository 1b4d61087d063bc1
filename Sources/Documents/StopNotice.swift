package import Kernel

/// What Form 05 of 2025 says: Thông báo dừng giải quyết hồ sơ.
package struct StopFacts: Hashable, Sendable {
    package var notice: NoticeFacts
    package var receivedAt: LocalMinute
    /// What the applicant asked for; nil when the agency stops of its own accord.
    package var request: String?
    package var ground: String
    /// How far the dossier had come when it was stopped.
    package var stage: String
    package var stoppedAt: LocalMinute
    /// What is recorded of fees and other money paid.
    package var settlement: String
    package var signer: String

    package init(
        notice: NoticeFacts,
        receivedAt: LocalMinute,
        request: String? = nil,
        ground: String,
        stage: String,
        stoppedAt: LocalMinute,
        settlement: String,
        signer: String = "Thủ trưởng cơ quan, đơn vị"
    ) {
        self.notice = notice
        self.receivedAt = receivedAt
        self.request = request
        self.ground = ground
        self.stage = stage
        self.stoppedAt = stoppedAt
        self.settlement = settlement
        self.signer = signer
    }
}

/// Form 05 of 2025. The circular of 2018 has no such form: a dossier stopped then gets the same letter without a number
/// of a form.
package func stopNotice(_ facts: StopFacts) throws(QRCode.TooLong) -> Paper {
    let notice = facts.notice
    let agency = notice.issuer.name
    var blocks: [Paper.Block] = [
        .paragraph("Hồ sơ nêu trên được \(agency) tiếp nhận lúc \(facts.receivedAt.spelled).", .justified)
    ]
    if let request = facts.request {
        blocks.append(.paragraph("Đề nghị của người nộp hồ sơ: \(request)", .justified))
    }
    blocks += [
        .paragraph("Căn cứ, lý do dừng giải quyết: \(facts.ground)", .justified),
        .paragraph("Giai đoạn của hồ sơ khi dừng: \(facts.stage).", .justified),
        .paragraph(
            """
            \(agency) thông báo dừng giải quyết hồ sơ kể từ \(bold: facts.stoppedAt.spelled). Đến thời điểm này chưa có \
            quyết định hoặc kết quả giải quyết nào được ban hành.
            """,
            .justified
        ),
        .paragraph("Phí, lệ phí và nghĩa vụ tài chính: \(facts.settlement)", .justified),
        .paragraph(
            """
            Ông/Bà (tổ chức) nhận lại giấy tờ đã nộp tại \(notice.issuer.address). Trường hợp không đồng ý, Ông/Bà (tổ \
            chức) có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật./.
            """,
            .justified
        ),
        .closing(
            recipients: ["Như trên", "Bộ phận Một cửa", "Lưu: hồ sơ"],
            Paper.Signature(facts.signer, note: "(Ký, ghi rõ họ tên và đóng dấu)", name: notice.officer)
        ),
    ]
    return try notice.letter(.stopNotice, blocks)
}
