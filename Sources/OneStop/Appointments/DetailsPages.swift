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
    let way: BookingWay
    let reach: NoticeReach
    let typed: FormData
    let problem: Problem?
    /// What would be refused, whoever asks: then nobody is asked anything.
    let refused: Problem?

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
            \(refused.map { elsewhere($0, say) })
            \(query.waits && refused == nil ? waiting(say) : nil)
            \(refused != nil ? nil : way.signInFirst(goingOnAt: query.path("/dat-lich/dat", day: query.day, minute: query.minute, waits: query.waits), say))
            \(way.isOpen && refused == nil ? details(form, say) : nil)
            """
        }
    }

    private func elsewhere(_ refused: Problem, _ say: Language) -> HTML {
        """
        \(refusal(refused, say))
        \(actions(linkButton(say("Chọn giờ khác", "Choose another time"), query.path())))
        """
    }

    private func details(_ form: Form, _ say: Language) -> HTML {
        form.post(to: "/dat-lich/dat") {
            """
            \(query.hidden(form).map { form.hidden($0.name, $0.value) })
            \(known == nil ? person(form, say) : nil)
            \(form.select("reason", say("Diện ưu tiên", "Priority group"), PriorityReason.allCases.map { Choice($0.rawValue, say($0.words)) }, hint: say("Xuất trình giấy tờ khi đến. Bỏ trống nếu không thuộc diện nào.", "Show your papers when you come. Leave empty if none applies."), required: false))
            \(actions(button(label(say))))
            <p class="hint">\(way.holdsFirst ? say("Chỗ được giữ 10 phút. ", "The place is kept for ten minutes. ") : "")\(say("Mỗi người một lịch hẹn cho mỗi lĩnh vực. Thông tin chỉ dùng cho lịch hẹn này.", "One appointment per person and field. What you give is used for this appointment only."))</p>
            """
        }
    }

    private func label(_ say: Language) -> String {
        if way.holdsFirst { return say("Giữ chỗ và nhận mã", "Keep it and get the code") }
        return query.waits ? say("Vào danh sách chờ", "Join") : say("Đặt lịch hẹn", "Book")
    }

    private func waiting(_ say: Language) -> HTML {
        notice(.active) {
            """
            <p>\(say(
                "Ai vào trước được mời trước. Khi có chỗ, lời mời hiện ở trang lịch hẹn của bạn và giữ vài giờ; sau đó đến lượt người tiếp theo.",
                "First come, first offered. When a place becomes free, it is offered on the page of your appointment for a few hours; then it is the next one’s turn."
            )) \(reach.offerHint(say))</p>
            """
        }
    }

    private func person(_ form: Form, _ say: Language) -> HTML {
        let hint =
            switch way {
            case .code(.gateway): say("Để nhận mã xác nhận và nhắc hẹn.", "For the code and a reminder.")
            case .code:
                say(
                    "Bản trình diễn: mã hiện ở trang sau, không gửi tin nhắn.",
                    "Demonstration: the code is on the next page, no message is sent."
                )
            case .account, .signIn:
                say("Để cơ quan gọi khi lịch hẹn phải đổi.", "For a call when the appointment has to be changed.")
            }
        return """
            \(form.field("name", say("Họ và tên người đến", "Full name of who comes"), .name, maxLength: 100))
            \(form.field("phone", say("Số điện thoại", "Telephone"), .phone, hint: hint))
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

extension BookingWay {
    /// Whether somebody can book now.
    var isOpen: Bool { if case .signIn = self { false } else { true } }

    /// Whether the place is held until a code has come back.
    var holdsFirst: Bool { if case .code = self { true } else { false } }

    /// Said before anything is chosen or filled in that would be of no use.
    func signInFirst(goingOnAt path: String, _ say: Language) -> HTML? {
        guard case .signIn = self else { return nil }
        return notice(.waiting, title: say("Hãy đăng nhập để đặt lịch hẹn", "Please sign in to book")) {
            """
            <p>\(say(
                "Nơi này chưa gửi được tin nhắn, nên không xác nhận được số điện thoại bằng mã. Người có tài khoản đặt được ngay. Không có tài khoản, bạn vẫn đến trực tiếp lấy số được, không cần hẹn.",
                "No messages can be sent here yet, so no code can confirm a telephone. With an account you book at once. Without one you may still come and take a ticket, no appointment needed."
            ))</p>
            \(actions(linkButton(say("Đăng nhập hoặc tạo tài khoản", "Sign in or sign up"), citizenSignIn(goingOnAt: path)), linkButton(say("Một cửa hôm nay", "Offices today"), "/mot-cua", .plain)))
            """
        }
    }
}

extension NoticeReach {
    /// Whether an offer is also told by a message.
    func offerHint(_ say: Language) -> String {
        switch self {
        case .gateway:
            say(
                "Chúng tôi cũng nhắn tin; tin nhắn có thể đến muộn.",
                "A message is sent as well; it may come late."
            )
        case .demonstration, .nobody:
            say(
                "Nơi này không gửi tin nhắn: hãy mở lại trang đó để xem.",
                "No messages are sent here: please open that page again to see it."
            )
        }
    }
}

/// The fifth page: the code that proves the telephone.
struct CodePage {
    let appointment: Appointment
    let path: String
    let news: CodeNews
    let problem: Problem?

    func show(_ context: AppContext) -> Response {
        let say = context.language
        let form = Form(context, errors: problem?.errors ?? [])
        var response = page(say("Xác nhận số điện thoại", "Confirm your telephone"), context) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(appointment.until.map { until in
                "<p>\(say("Chỗ được giữ đến \(until.localMinute.timeOfDay).", "The place is kept until \(until.localMinute.timeOfDay)."))</p>" as HTML
            })
            \(news.show(say))
            \(news.isHopeless ? nil : form.post(to: path) {
                """
                \(form.field("code", say("Mã xác nhận (6 số)", "Code (six digits)"), .code, maxLength: 12))
                \(actions(button(say("Xác nhận", "Confirm"))))
                """
            })
            """
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
