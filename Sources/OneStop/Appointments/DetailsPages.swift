import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Web

/// The fourth page: who comes.
struct DetailsPage {
    let query: BookingQuery
    let known: KnownVisitor?
    let typed: FormData
    let problem: Problem?

    func show(_ context: AppContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        return page(
            query.waits ? say("Vào danh sách chờ", "Join the waiting list") : say("Giữ chỗ", "Keep a place"),
            context,
            lead: query.office.map { say($0.name) },
            crumbs: [Crumb(say("Chọn ngày và giờ", "Day and time"), query.path())]
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(definitionList(facts(say)))
            \(query.waits ? waiting(say) : nil)
            \(form.post(to: "/dat-lich/dat") {
                """
                \(query.hidden(form).map { form.hidden($0.name, $0.value) })
                \(known == nil ? person(form, say) : nil)
                \(form.select("reason", say("Diện ưu tiên", "Priority group"), PriorityReason.allCases.map { Choice($0.rawValue, say($0.words)) }, hint: say("Xuất trình giấy tờ khi đến. Bỏ trống nếu không thuộc diện nào.", "Show your papers when you come. Leave empty if none applies."), required: false))
                \(actions(button(known == nil ? say("Giữ chỗ và nhận mã", "Keep it and send the code") : query.waits ? say("Vào danh sách chờ", "Join") : say("Đặt lịch hẹn", "Book"))))
                <p class="hint">\(say("Chỗ được giữ 10 phút. Mỗi người một lịch hẹn cho mỗi lĩnh vực. Thông tin chỉ dùng cho lịch hẹn này.", "The place is kept for ten minutes. One appointment per person and field. What you give is used for this appointment only."))</p>
                """
            })
            """
        }
    }

    private func waiting(_ say: Language) -> HTML {
        notice(.active) {
            """
            <p>\(say(
                "Ai vào trước được mời trước. Khi có chỗ, bạn nhận tin nhắn và có vài giờ để nhận chỗ; sau đó đến lượt người tiếp theo.",
                "First come, first offered. When a place becomes free you get a message and a few hours to take it; then it is the next one’s turn."
            ))</p>
            """
        }
    }

    private func person(_ form: Form, _ say: Language) -> HTML {
        """
        \(form.field("name", say("Họ và tên người đến", "Full name of who comes"), .name, maxLength: 100))
        \(form.field("phone", say("Số điện thoại", "Telephone"), .phone, hint: say("Để nhận mã xác nhận và nhắc hẹn.", "For the code and a reminder.")))
        """
    }

    private func facts(_ say: Language) -> [(name: String, value: HTML)] {
        var facts: [(name: String, value: HTML)] = []
        let what = query.procedure.map { say($0.name) } ?? query.field.map { say($0.name) }
        if let what { facts.append((say("Việc", "For"), .text(what))) }
        if let day = query.day {
            let time = query.waits ? nil : query.minute.map { LocalMinute.timeOfDay($0) + ", " }
            facts.append((say("Thời gian", "When"), "\(time ?? "")\(weekdayName(day.weekday, say)) \(day.vietnamese)"))
        }
        if let known {
            facts.append((say("Người đến", "Who comes"), "\(known.name.rawValue), \(known.phone.grouped)"))
        }
        return facts
    }
}

/// The fifth page: the code that proves the telephone.
struct CodePage {
    let appointment: Appointment
    /// Where nothing can be sent, the page shows it.
    let shownCode: String?
    let problem: Problem?

    func show(_ context: AppContext) -> Response {
        let say = context.language
        let form = Form(context, errors: problem?.errors ?? [])
        var response = page(say("Xác nhận số điện thoại", "Confirm your telephone"), context) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(appointment.until.map { until in
                "<p>\(say("Chỗ được giữ đến \(until.localMinute.timeOfDay). Hãy nhập mã 6 số vừa gửi đến điện thoại của bạn.", "The place is kept until \(until.localMinute.timeOfDay). Please type the six digits sent to your telephone."))</p>" as HTML
            })
            \(shownCode.map { code in
                notice(.waiting, title: say("Bản trình diễn: không gửi tin nhắn thật", "Demonstration: no message is sent")) {
                    "<p>\(say("Hệ thống này chưa nối cổng tin nhắn. Mã của bạn là", "No gateway is connected here. Your code is")) <strong>\(code)</strong></p>"
                }
            })
            \(form.post(to: "/dat-lich/ma/\(appointment.id.rawValue)") {
                """
                \(form.field("code", say("Mã xác nhận", "Code"), .code, maxLength: 12))
                \(actions(button(say("Xác nhận", "Confirm"))))
                """
            })
            """
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
