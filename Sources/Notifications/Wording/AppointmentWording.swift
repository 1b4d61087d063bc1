extension Wording {
    /// A link takes half of a message, so the rest is short.
    static let appointments = [
        Wording(
            "appointment.code",
            "Mã xác nhận lịch hẹn của bạn là {code}, dùng trong {minutes} phút. Không đưa mã này cho ai.",
            "Your appointment code is {code}, valid for {minutes} minutes. Do not give it to anybody."
        ),
        Wording(
            "appointment.offered",
            "Có chỗ lúc {time} cho bạn. Hãy nhận trước {until}: {link}",
            "A place at {time} is offered to you. Take it before {until}: {link}"
        ),
        Wording(
            "appointment.offerLapsed",
            "Lời mời nhận chỗ đã hết hạn. Nếu vẫn cần, hãy đặt lại: {link}",
            "The offer of a place has lapsed. If you still need one, book again: {link}"
        ),
        Wording(
            "appointment.offerWithdrawn",
            "Cơ quan phải giảm số người; lời mời tạm rút, bạn vẫn ở danh sách chờ: {link}",
            "The office takes in fewer people; the offer is withdrawn, you stay on the waiting list: {link}"
        ),
        Wording(
            "appointment.closedDay",
            "Ngày {day} cơ quan không tiếp nhận. Hãy chọn ngày khác hoặc cách khác: {link}",
            "The office is closed on {day}. Please choose another day or way: {link}"
        ),
        Wording(
            "appointment.closedByOrder",
            "Ngày {day} cơ quan tạm dừng tiếp nhận việc bạn đã hẹn, theo mệnh lệnh. Hãy chọn lại: {link}",
            "By order, what you booked is not received on {day}. Please choose another time or way: {link}"
        ),
        Wording(
            "appointment.displaced",
            "Cơ quan giảm số người ngày {day}; lịch hẹn cần xếp lại. Hãy chọn lại: {link}",
            "Fewer people are taken in on {day}. Please choose another time or way: {link}"
        ),
        Wording(
            "appointment.waitResumed",
            "Cơ quan lại tiếp nhận ngày {day}; bạn vẫn ở danh sách chờ: {link}",
            "The office is open on {day} again; you are still on the waiting list: {link}"
        ),
        Wording(
            "appointment.restored",
            "Lịch hẹn ngày {day} của bạn lại được giữ như cũ: {link}",
            "Your appointment on {day} is kept as it was: {link}"
        ),
        Wording(
            "appointment.reminder",
            "Nhắc lịch hẹn: {time}. Đổi hoặc hủy: {link}",
            "Your appointment: {time}. Change or cancel it: {link}"
        ),
    ]
}
