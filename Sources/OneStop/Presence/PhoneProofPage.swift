import Agencies
import Hummingbird
import Kernel
import Markup
package import Web

/// Where the code is typed that came to the telephone.
struct PhoneProofPage {
    let proof: PhoneProof
    let agency: AgencyProfile
    let path: String
    let news: CodeNews

    func show(_ problem: Problem?, _ context: AppContext) -> Response {
        let say = context.language
        let form = Form(context, errors: problem?.errors ?? [])
        let time = proof.until.localMinute.timeOfDay
        var response = page(say("Xác nhận số điện thoại", "Confirm your telephone"), context, lead: say(agency.name)) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            <p>\(say(
                "Mã có 6 số và dùng đến \(time). Nếu điện thoại này đã lấy số như vậy cho cùng việc, phiếu đó được mở ra.",
                "The code has six digits and holds until \(time). If this telephone has taken a ticket so for the same matter, that one opens."
            ))</p>
            \(news.show(say))
            \(news.isHopeless ? nil : form.post(to: path) {
                """
                \(form.field("code", say("Mã xác nhận", "Code"), .code, maxLength: 12))
                \(actions(button(say("Lấy số", "Take a ticket"))))
                """
            })
            """
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension PhoneProof.Refusal: ProblemConvertible {
    package var problem: Problem {
        switch self {
        case .lapsed:
            Problem(
                "code-has-lapsed",
                "Mã đã hết hạn. Hãy lấy số lại từ đầu.",
                "The code has lapsed. Please begin again.",
                .conflict
            )
        case .wrongCode(let left):
            .invalid([
                FieldError(
                    "code",
                    "Mã không đúng. Còn \(left) lần thử.",
                    "This code is wrong. \(left) attempts are left."
                )
            ])
        case .nobodyReached:
            Problem(
                "no-message-channel",
                "Nơi này chưa gửi được tin nhắn. Hãy lấy số bằng số của cửa, ở máy lấy số hoặc bàn hướng dẫn khi bạn đã đến nơi.",
                "No messages can be sent here. Please take a ticket by the digits of the door, at the machine or the desk when you are there.",
                .conflict
            )
        case .codeNotSent:
            Problem(
                "code-not-sent",
                "Mã chưa được gửi đến điện thoại này nên chưa lấy số được. Hãy xem tình trạng tin nhắn rồi thử lại.",
                "The code has not been sent to this telephone, so it opens nothing yet. Please look at the state of the message and try again.",
                .conflict
            )
        case .tooManyWrongCodes:
            Problem(
                "too-many-wrong-codes",
                "Mã sai quá nhiều lần. Hãy lấy số lại từ đầu, hoặc đến máy lấy số hay bàn hướng dẫn.",
                "The code was wrong too often. Please begin again, or go to the machine or the desk.",
                .conflict
            )
        }
    }
}
