import Web

extension Wording {
    /// A link takes half of a message, so the rest is short.
    static let appointments = [
        Wording(
            "appointment.code",
            Words("Mã xác nhận lịch hẹn", "Your appointment code"),
            "Mã xác nhận lịch hẹn của bạn là {code}, dùng trong {minutes} phút. Không đưa mã này cho ai.",
            "Your appointment code is {code}, valid for {minutes} minutes. Do not give it to anybody."
        ),
        Wording(
            "appointment.offered",
            Words("Có chỗ hẹn cho bạn", "A place is offered to you"),
            "Có chỗ lúc {time} cho bạn. Hãy nhận trước {until}: {link}",
            "A place at {time} is offered to you. Take it before {until}: {link}"
        ),
        Wording(
            "appointment.offerLapsed",
            Words("Lời mời nhận chỗ đã hết hạn", "The offer of a place has lapsed"),
            "Lời mời nhận chỗ đã hết hạn. Nếu vẫn cần, hãy đặt lại: {link}",
            "The offer of a place has lapsed. If you still need one, book again: {link}"
        ),
        Wording(
            "appointment.offerWithdrawn",
            Words("Lời mời nhận chỗ tạm rút", "The offer of a place is withdrawn"),
            "Cơ quan phải giảm số người; lời mời tạm rút, bạn vẫn ở danh sách chờ: {link}",
            "The office takes in fewer people; the offer is withdrawn, you stay on the waiting list: {link}"
        ),
        Wording(
            "appointment.closedDay",
            Words("Ngày hẹn của bạn cơ quan không tiếp nhận", "The office is closed on the day of your appointment"),
            "Ngày {day} cơ quan không tiếp nhận. Hãy chọn ngày khác hoặc cách khác: {link}",
            "The office is closed on {day}. Please choose another day or way: {link}"
        ),
        Wording(
            "appointment.closedByOrder",
            Words("Lịch hẹn của bạn bị mệnh lệnh tạm dừng", "Your appointment is suspended by an order"),
            "Ngày {day} cơ quan tạm dừng tiếp nhận việc bạn đã hẹn, theo mệnh lệnh. Hãy chọn lại: {link}",
            "By order, what you booked is not received on {day}. Please choose another time or way: {link}"
        ),
        Wording(
            "appointment.displaced",
            Words("Lịch hẹn của bạn cần xếp lại", "Your appointment has to be planned anew"),
            "Cơ quan giảm số người ngày {day}; lịch hẹn cần xếp lại. Hãy chọn lại: {link}",
            "Fewer people are taken in on {day}. Please choose another time or way: {link}"
        ),
        Wording(
            "appointment.waitResumed",
            Words("Cơ quan lại tiếp nhận", "The office is open again"),
            "Cơ quan lại tiếp nhận ngày {day}; bạn vẫn ở danh sách chờ: {link}",
            "The office is open on {day} again; you are still on the waiting list: {link}"
        ),
        Wording(
            "appointment.restored",
            Words("Lịch hẹn của bạn được giữ như cũ", "Your appointment is kept as it was"),
            "Lịch hẹn ngày {day} của bạn lại được giữ như cũ: {link}",
            "Your appointment on {day} is kept as it was: {link}"
        ),
        Wording(
            "appointment.reminder",
            Words("Nhắc lịch hẹn", "Your appointment"),
            "Nhắc lịch hẹn: {time}. Đổi hoặc hủy: {link}",
            "Your appointment: {time}. Change or cancel it: {link}"
        ),
    ]
}
