extension Wording {
    static let tickets = [
        Wording(
            "ticket.code",
            "Mã lấy số thứ tự của bạn là {code}, dùng trong {minutes} phút. Không đưa mã này cho ai.",
            "Your code for a ticket is {code}, valid for {minutes} minutes. Do not give it to anybody."
        ),
        Wording(
            "ticket.letIn",
            "Số {number}: đã có chỗ, mời bạn vào phòng chờ. Theo dõi: {link}",
            "Ticket {number}: there is room, please come into the hall. Follow it: {link}"
        ),
        Wording(
            "ticket.comeBack",
            "Số {number}: sắp đến lượt, hãy quay lại lúc {time}. Theo dõi: {link}",
            "Ticket {number}: please be back at {time}. Follow it: {link}"
        ),
        Wording(
            "ticket.paused",
            "Số {number}: cơ quan phải tạm dừng tiếp dân, xin lỗi bạn. Hẹn ngày khác, nộp trực tuyến hay bưu chính: {link}",
            "Ticket {number}: the office has to stop for now, sorry. Book, file online or by post: {link}"
        ),
        Wording(
            "ticket.tooLate",
            "Số {number}: hết giờ trước lượt của bạn, xin lỗi bạn. Hẹn ngày khác, nộp trực tuyến hay bưu chính: {link}",
            "Ticket {number}: the office closed before your turn, sorry. Book, file online or by post: {link}"
        ),
    ]
}
