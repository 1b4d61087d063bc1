import Kernel
import Markup
import Web

/// What has become of a code that is to prove a telephone, said as it is.
struct CodeNews {
    let code: String
    let reach: NoticeReach
    /// Nil where nothing was said that could be sent.
    let state: NoticeState?
    /// The page itself, which tells more when it is opened again.
    let path: String

    /// Nobody will be able to type the code.
    var isHopeless: Bool {
        guard reach == .gateway else { return reach == .nobody }
        switch state {
        case .handedOver, .unclear, .waiting: return false
        case .failed, .suppressed, nil: return true
        }
    }

    func show(_ say: Language) -> HTML {
        switch reach {
        case .demonstration:
            notice(
                .waiting,
                title: say("Bản trình diễn: không gửi tin nhắn thật", "Demonstration: no message is sent")
            ) {
                "<p>\(say("Mã lẽ ra được nhắn cho bạn là", "The code that would have been sent to you is")) <strong>\(code)</strong></p>"
            }
        case .nobody: notSent(NoticeState.suppressed(.noChannel, at: Instant(milliseconds: 0)), say)
        case .gateway:
            switch state {
            case .handedOver(_, let at): handedOver(at, say)
            case .waiting(let attempts): waiting(.waiting(attempts: attempts), say)
            case .unclear(let way, let at): unclear(.unclear(by: way, at: at), say)
            case .failed, .suppressed, nil: notSent(state, say)
            }
        }
    }

    private func handedOver(_ at: Instant, _ say: Language) -> HTML {
        let time = at.localMinute.timeOfDay
        return notice {
            """
            <p>\(say(
                "Tin nhắn có mã đã được chuyển cho cổng tin nhắn lúc \(time); có thể vài phút sau mới đến điện thoại của bạn.",
                "The message with the code was handed to the message gateway at \(time); it may take some minutes to reach your telephone."
            ))</p>
            """
        }
    }

    private func waiting(_ state: NoticeState, _ say: Language) -> HTML {
        notice(.waiting, title: say("Tin nhắn có mã chưa được gửi", "The message with the code is not sent yet")) {
            """
            <p>\(state.words(say)). <a href="\(path)">\(say("Xem lại tình trạng", "Look again"))</a></p>
            """
        }
    }

    private func unclear(_ state: NoticeState, _ say: Language) -> HTML {
        let title = say("Tin nhắn có mã có thể không đến", "The message with the code may not arrive")
        return notice(.waiting, title: title) {
            """
            <p>\(state.words(say)). \(say(
                "Nếu vài phút nữa vẫn chưa nhận được, hãy đăng nhập để đặt lịch hẹn, hoặc đến trực tiếp lấy số.",
                "If it is not there in some minutes, sign in to book an appointment, or come and take a ticket at the door."
            ))</p>
            """
        }
    }

    private func notSent(_ state: NoticeState?, _ say: Language) -> HTML {
        notice(.bad, title: say("Tin nhắn có mã không gửi được", "The message with the code could not be sent")) {
            """
            <p>\(state.map { "\($0.words(say)). " })\(say(
                "Bạn không cần chờ: hãy đăng nhập để đặt lịch hẹn, hoặc đến trực tiếp lấy số.",
                "There is no need to wait: sign in to book an appointment, or come and take a ticket at the door."
            ))</p>
            """
        }
    }
}
