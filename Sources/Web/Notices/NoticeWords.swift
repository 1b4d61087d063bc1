import Kernel
package import Markup

extension NoticeWay {
    /// What pages call it.
    package var words: Words {
        switch self {
        case .shortMessage: Words("Tin nhắn", "Short message")
        case .mail: Words("Thư điện tử", "E-mail")
        }
    }
}

extension NoticeState {
    /// What is so, for whoever asks whether somebody was told.
    package func words(_ say: Language) -> String {
        switch self {
        case .waiting(attempts: 0): say("Đang chờ gửi", "Waiting to be sent")
        case .waiting: say("Chưa gửi được, đang thử lại", "Not sent yet, being tried again")
        case .handedOver(.mail, let at):
            say(
                "Máy chủ thư điện tử đã nhận thư lúc \(at.localMinute.vietnamese)",
                "Taken by the mail server at \(at.localMinute.vietnamese)"
            )
        case .unclear(_, let at):
            say(
                "Không rõ có gửi được hay không: đường truyền đứt lúc \(at.localMinute.vietnamese)",
                "Not known whether it was sent: the line broke at \(at.localMinute.vietnamese)"
            )
        case .handedOver(.shortMessage, let at):
            say(
                "Đã chuyển cho cổng tin nhắn lúc \(at.localMinute.vietnamese)",
                "Handed to the message gateway at \(at.localMinute.vietnamese)"
            )
        case .failed(.refused, _):
            say("Không gửi được: nơi chuyển tin không nhận", "Could not be sent: the gateway does not take it")
        case .failed(.unreachable, _):
            say(
                "Không gửi được: nơi chuyển tin không nhận sau nhiều lần thử",
                "Could not be sent: the gateway took it at none of many attempts"
            )
        case .failed(.noWording, _):
            say("Không gửi được: chưa có mẫu tin nhắn", "Could not be sent: there is no wording for it")
        case .suppressed(.noChannel, _):
            say("Không gửi: hệ thống chưa nối cổng tin nhắn", "Not sent: no message gateway is connected")
        case .suppressed(.demonstration, _):
            say("Không gửi: đây là bản trình diễn", "Not sent: this is a demonstration")
        case .suppressed(.outdated, _):
            say("Không gửi: đã quá lúc cần báo", "Not sent: it was too late to be of use")
        case .suppressed(.overtaken, _):
            say("Không gửi: việc đã khác đi trước khi tin đi", "Not sent: overtaken by what happened since")
        case .suppressed(.noTelephone, _):
            say("Không gửi: không có số điện thoại", "Not sent: there is no telephone number")
        case .suppressed(.noAddress, _):
            say(
                "Không gửi: không có số điện thoại hay địa chỉ thư điện tử dùng được",
                "Not sent: there is no telephone number or e-mail address that can be used"
            )
        }
    }

    /// The same beside a name in a list.
    package func tag(_ say: Language) -> HTML {
        let tone: Tone =
            switch self {
            case .waiting(attempts: 0): .active
            case .waiting, .unclear: .waiting
            case .handedOver: .good
            case .failed: .bad
            case .suppressed: .neutral
            }
        return Web.tag(words(say), tone)
    }
}
