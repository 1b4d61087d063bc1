import Web

extension Wording {
    static let tickets = [
        Wording(
            "ticket.code",
            Words("Mã lấy số thứ tự", "Your code for a ticket"),
            "Mã lấy số thứ tự của bạn là {code}, dùng trong {minutes} phút. Không đưa mã này cho ai.",
            "Your code for a ticket is {code}, valid for {minutes} minutes. Do not give it to anybody."
        ),
        Wording(
            "ticket.letIn",
            Words("Mời vào phòng chờ", "Please come into the hall"),
            "Số {number}: đã có chỗ, mời bạn vào phòng chờ. Theo dõi: {link}",
            "Ticket {number}: there is room, please come into the hall. Follow it: {link}"
        ),
        Wording(
            "ticket.comeBack",
            Words("Sắp đến lượt bạn", "Your turn is near"),
            "Số {number}: sắp đến lượt, hãy quay lại lúc {time}. Theo dõi: {link}",
            "Ticket {number}: please be back at {time}. Follow it: {link}"
        ),
        Wording(
            "ticket.paused",
            Words("Cơ quan phải tạm dừng tiếp dân", "The office has to stop for now"),
            "Số {number}: cơ quan phải tạm dừng tiếp dân, xin lỗi bạn. Hẹn ngày khác, nộp trực tuyến hay bưu chính: {link}",
            "Ticket {number}: the office has to stop for now, sorry. Book, file online or by post: {link}"
        ),
        Wording(
            "ticket.tooLate",
            Words("Hết giờ trước lượt của bạn", "The office closed before your turn"),
            "Số {number}: hết giờ trước lượt của bạn, xin lỗi bạn. Hẹn ngày khác, nộp trực tuyến hay bưu chính: {link}",
            "Ticket {number}: the office closed before your turn, sorry. Book, file online or by post: {link}"
        ),
    ]
}
