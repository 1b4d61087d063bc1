import Kernel
package import Web

/// What people are told about their tickets; in which words is not known here. All of it is of use for an hour or two, and
/// forgotten as soon as it is settled.
enum TicketNotice {
    static let code = NoticeKind(
        "ticket.code",
        Words("Mã lấy số thứ tự", "Code for a ticket"),
        ["code": .code, "minutes": .minutes],
        isFleeting: true
    )
    static let letIn = NoticeKind(
        "ticket.letIn",
        Words("Mời vào phòng chờ", "Asked into the hall"),
        ["number": .name, "link": .link],
        isFleeting: true
    )
    static let comeBack = NoticeKind(
        "ticket.comeBack",
        Words("Sắp đến lượt, hãy quay lại", "Time to come back"),
        ["number": .name, "time": .time, "link": .link],
        isFleeting: true
    )
    static let paused = NoticeKind(
        "ticket.paused",
        Words("Cơ quan tạm dừng tiếp dân", "The office has to stop"),
        ["number": .name, "link": .link],
        isFleeting: true
    )
    static let tooLate = NoticeKind(
        "ticket.tooLate",
        Words("Hết giờ trước lượt", "Closed before the turn"),
        ["number": .name, "link": .link],
        isFleeting: true
    )

    static let all = [code, letIn, comeBack, paused, tooLate]
}

extension OneStop {
    /// Everything that people are told from here.
    package static let notices = [AppointmentNotice.code] + AppointmentNotice.news + TicketNotice.all
}

extension NoticeReach {
    /// What a number that is typed at the door is good for.
    func doorHint(_ say: Language) -> String {
        switch self {
        case .gateway:
            say(
                "Số điện thoại để nhắn tin khi cần quay lại hoặc khi hết giờ trước lượt của bạn, rồi xóa. Tin nhắn có thể không đến: hãy theo dõi phiếu.",
                "A phone is for a message when to come back or when the office closes before your turn, and is deleted then. Messages may not arrive: please follow your ticket."
            )
        case .demonstration:
            say(
                "Bản trình diễn không gửi tin nhắn: hãy theo dõi phiếu.",
                "A demonstration sends no messages: please follow your ticket."
            )
        case .nobody:
            say(
                "Để mỗi người giữ một số cho mỗi việc; xóa trong ngày. Nơi này không gửi tin nhắn: hãy theo dõi phiếu.",
                "So that everybody holds one ticket per matter; deleted the same day. No messages are sent here: please follow your ticket."
            )
        }
    }

    /// The same for the officer at the desk.
    func deskHint(_ say: Language) -> String {
        switch self {
        case .gateway:
            say(
                "Có số điện thoại thì hệ thống nhắn tin khi hết giờ trước lượt; xóa trong ngày. Để trống nếu không có.",
                "With a phone a message is sent when the office closes before their turn; deleted the same day. Empty if they have none."
            )
        case .demonstration, .nobody:
            say(
                "Hệ thống này không gửi tin nhắn; số điện thoại xóa trong ngày. Để trống nếu không có.",
                "No messages are sent here; a phone is deleted the same day. Empty if they have none."
            )
        }
    }
}
