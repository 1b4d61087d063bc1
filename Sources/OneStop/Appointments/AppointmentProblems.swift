import Hummingbird
import Kernel
package import Web

extension AppointmentDay.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .noSuchSlot:
            told(
                "no-such-slot",
                "Cơ quan không tiếp nhận vào giờ này. Hãy chọn giờ khác.",
                "The office does not receive at that time. Please choose another."
            )
        case .timeHasPassed:
            told(
                "time-has-passed",
                "Giờ này đã qua. Hãy chọn giờ khác.",
                "This time has passed. Please choose another."
            )
        case .full:
            told(
                "full",
                "Khung giờ này đã hết chỗ. Hãy chọn giờ khác, ngày khác hoặc vào danh sách chờ.",
                "This time is full. Please choose another time or day, or join the waiting list."
            )
        case .holdHasLapsed:
            told(
                "hold-has-lapsed",
                "Đã quá 10 phút nên chỗ không còn được giữ. Hãy chọn lại.",
                "Ten minutes have passed and the place is not kept any more. Please choose again."
            )
        case .placeIsLost, .unknown:
            told(
                "appointment-gone",
                "Lịch hẹn này không còn. Hãy đặt lại.",
                "This appointment exists no more. Please book again."
            )
        case .offerHasLapsed:
            told(
                "offer-has-lapsed",
                "Lời mời đã hết hạn hoặc đã được nhận.",
                "This offer has lapsed or was taken already."
            )
        case .notFull:
            told(
                "not-full",
                "Ngày này còn chỗ: hãy chọn một khung giờ thay vì vào danh sách chờ.",
                "There are places on this day: choose a time instead of waiting."
            )
        case .notServed:
            told(
                "not-served",
                "Ngày này cơ quan không tiếp nhận lĩnh vực đã chọn.",
                "The office does not receive for this field on that day."
            )
        case .notToday(let day):
            told(
                "not-today",
                "Lịch hẹn này vào ngày \(day.vietnamese). Hãy lấy số vào ngày đó, khi bạn đã đến nơi.",
                "This appointment is on \(day.vietnamese). Please take your number on that day, when you are there."
            )
        }
    }

    private func told(_ slug: String, _ vi: String, _ en: String) -> Problem { Problem(slug, vi, en, .conflict) }
}

extension AppointmentBook.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .hasOne:
            Problem(
                "has-one",
                """
                Bạn đang có một lịch hẹn cùng lĩnh vực. Mỗi người giữ một lịch hẹn cho mỗi lĩnh vực: hãy đổi hoặc hủy \
                lịch cũ trên trình duyệt đã đặt, hoặc bằng đường dẫn hay mã QR của lịch đó.
                """,
                """
                You have an appointment in this field already. Everybody has one per field: change or cancel the other in \
                the browser that booked it, or by its link or QR code.
                """,
                .conflict
            )
        case .wrongCode(let left):
            Problem.invalid([
                FieldError(
                    "code",
                    "Mã không đúng. Còn \(left) lần thử.",
                    "This code is wrong. \(left) attempts are left."
                )
            ])
        case .tooManyWrongCodes:
            Problem(
                "too-many-wrong-codes",
                "Mã sai quá nhiều lần. Chỗ này sẽ được trả lại; hãy đặt lại sau 10 phút.",
                "The code was wrong too often. The place will be given back; please book again in ten minutes.",
                .conflict
            )
        case .notFound: .notFound
        case .nobodyReached:
            Problem(
                "no-message-channel",
                """
                Nơi này chưa gửi được tin nhắn nên không xác nhận được số điện thoại bằng mã. Hãy đăng nhập để đặt lịch \
                hẹn, hoặc đến trực tiếp lấy số.
                """,
                """
                No messages can be sent here, so no code can confirm a telephone. Please sign in to book, or come and take \
                a ticket.
                """,
                .conflict
            )
        case .codeNotSent:
            Problem(
                "code-not-sent",
                "Mã chưa được gửi đến điện thoại này nên chưa xác nhận được. Hãy xem tình trạng tin nhắn rồi thử lại.",
                "The code has not been sent to this telephone, so it confirms nothing yet. Please look at the state of the message and try again.",
                .conflict
            )
        }
    }
}
