import Agencies
import Hummingbird
import Kernel
import Markup
package import Web

/// Where the code is typed that came to the telephone.
struct PhoneProofPage {
    let proof: PhoneProof
    let agency: AgencyProfile
    /// Where nothing can be sent, the page shows it.
    let showsCode: Bool

    func show(_ problem: Problem?, _ context: AppContext) -> Response {
        let say = context.language
        let form = Form(context, errors: problem?.errors ?? [])
        let time = proof.until.localMinute.timeOfDay
        var response = page(say("Xác nhận số điện thoại", "Confirm your telephone"), context, lead: say(agency.name)) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            <p>\(say(
                "Hãy nhập mã 6 số của tin nhắn để lấy số. Mã dùng đến \(time). Nếu điện thoại này đã lấy số như vậy cho cùng việc, phiếu đó được mở ra.",
                "Please type the six digits of the message to take your ticket. They hold until \(time). If this telephone has taken a ticket so for the same matter, that one opens."
            ))</p>
            \(showsCode ? notice(.waiting, title: say("Bản trình diễn: không gửi tin nhắn thật", "Demonstration: no message is sent")) {
                "<p>\(say("Hệ thống này chưa nối cổng tin nhắn. Mã của bạn là", "No gateway is connected here. Your code is")) <strong>\(proof.code)</strong></p>"
            } : nil)
            \(form.post(to: "/quay/\(agency.id.rawValue)/ma/\(proof.id.rawValue)") {
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
