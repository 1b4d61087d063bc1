import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Web

import struct Documents.QRCode

/// What whoever has booked sees, and what they may do.
struct AppointmentPage {
    let appointment: Appointment
    let office: AgencyProfile
    let field: Words?
    let procedure: Procedure?
    /// What is ordered of the office at the time of the appointment.
    let orders: HTML?
    /// Whether visitors have rules of health to keep to.
    let asksHealth: Bool
    /// Whether anybody is received on the day.
    let isOpen: Bool
    /// The order that closes the counter to it.
    let order: ChannelClosed?
    let length: Int
    let link: String
    /// Where procedures are filed online.
    let filing: (@Sendable (String) -> String)?
    let reach: NoticeReach
    /// How far the last news of it has come; nil when there was none.
    let delivery: NoticeDelivery?
    let now: Instant
    let isNew: Bool
    let problem: Problem?

    func show(_ context: AppContext) -> Response {
        let say = context.language
        let form = Form(context)
        var response = page(
            say("Lịch hẹn của bạn", "Your appointment"),
            context,
            lead: say(office.name),
            crumbs: [Crumb(say("Đặt lịch hẹn", "Appointments"), "/dat-lich")]
        ) {
            """
            \(problem.flatMap { refusal($0, say) })
            \(news(form, say))
            \(arrival(form, say))
            \(appointment.state == .booked ? orders : nil)
            \(panel(say("Thông tin", "Details"), aside: state(say)) { definitionList(facts(say)) })
            \(appointment.state.isOpen ? acts(form, say) : nil)
            \(appointment.state.isOpen ? keeping(say) : nil)
            """
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// On the day itself: whoever is at the office takes their number here, without the machine.
    private func arrival(_ form: Form, _ say: Language) -> HTML? {
        guard appointment.state == .booked, appointment.day == now.localDate else { return nil }
        return panel(say("Bạn đã đến nơi?", "Are you there?")) {
            """
            <p>\(say("Lấy số bằng nút này khi bạn đã ở cơ quan; bạn được gọi theo giờ hẹn.", "Take your number with this button when you are at the office; you are called at the time of your appointment."))</p>
            \(form.post(to: "\(appointment.path)/den") {
                """
                \(asksHealth ? form.checkbox("health", say("Tôi đã đọc quy định phòng dịch và sẽ thực hiện (5K)", "I have read the health rules and will keep to them")) : nil)
                \(actions(button(say("Lấy số thứ tự", "Take my number"))))
                """
            })
            """
        }
    }

    private func state(_ say: Language) -> HTML {
        switch appointment.state {
        case .booked: tag(say("Đã xác nhận", "Confirmed"), .good)
        case .held, .asked: tag(say("Chưa xác nhận", "Not confirmed"), .waiting)
        case .waiting: tag(say("Trong danh sách chờ", "On the waiting list"), .active)
        case .offered: tag(say("Có chỗ cho bạn", "A place is offered"), .waiting)
        case .displaced: tag(say("Cần chọn lại", "Please choose again"), .bad)
        case .cancelled: tag(say("Đã hủy", "Cancelled"), .neutral)
        case .lapsed: tag(say("Đã hết hạn", "Lapsed"), .neutral)
        }
    }

    private func news(_ form: Form, _ say: Language) -> HTML? {
        switch appointment.state {
        case .booked where isNew:
            notice(.good) {
                "<p>\(say("Đã đặt xong. Hãy giữ mã QR hoặc đường dẫn ở cuối trang.", "Booked. Please keep the QR code or the link at the end of this page."))</p>"
            }
        case .waiting:
            notice(.active) {
                "<p>\(say("Bạn đang trong danh sách chờ. Khi có chỗ, trang này hiện lời mời.", "You are on the waiting list. When a place is free, it is offered on this page.")) \(reach.offerHint(say))</p>"
            }
        case .offered:
            notice(.waiting, title: say("Có một chỗ cho bạn", "There is a place for you")) {
                """
                <p>\(appointment.start.map { say("Lúc \($0.vietnamese).", "At \($0.vietnamese).") } ?? "") \
                \(appointment.until.map { say("Hãy nhận trước \($0.localMinute.vietnamese), sau đó đến lượt người tiếp theo.", "Please take it before \($0.localMinute.vietnamese); then it is the next one’s turn.") } ?? "")</p>
                \(form.post(to: "\(appointment.path)/nhan") { actions(button(say("Nhận chỗ này", "Take it"))) })
                """
            }
        case .displaced:
            notice(.bad, title: say("Lịch hẹn này cần được xếp lại", "This appointment has to be re-planned")) {
                """
                <p>\(order.map { say($0.words) + say(" Xin lỗi vì sự bất tiện. Bạn có thể chọn:", " We are sorry. You may choose:") } ?? (isOpen ? say(
                    "Cơ quan phải giảm số người tiếp nhận. Người đặt trước được giữ chỗ; chỗ của bạn vượt số còn lại nên chưa giữ được. Xin lỗi vì sự bất tiện. Hãy chọn một cách dưới đây:",
                    "The office had to take in fewer people. Those who booked earlier keep their places; yours is beyond what is left. We are sorry. Please choose one of these:"
                ) : say(
                    "Cơ quan không tiếp nhận vào ngày này. Xin lỗi vì sự bất tiện. Hãy chọn một cách dưới đây:",
                    "The office receives nobody on that day. We are sorry. Please choose one of these:"
                )))</p>
                <ul>
                <li><a href="\(appointment.path)/doi">\(say("Giờ khác, ngày khác hoặc nơi khác", "Another time, day or office"))</a></li>
                \(online(say))\(post(say))
                </ul>
                \(forget(say))
                """
            }
        case .cancelled:
            notice(.neutral) {
                "<p>\(say("Lịch hẹn đã hủy.", "This appointment is cancelled.")) <a href=\"/dat-lich\">\(say("Đặt lịch khác", "Book another"))</a></p>\(forget(say))"
            }
        case .lapsed:
            notice(.neutral) {
                "<p>\(say("Lịch hẹn này không còn.", "This appointment exists no more.")) <a href=\"/dat-lich\">\(say("Đặt lại", "Book again"))</a></p>"
            }
        case .booked, .held, .asked: nil
        }
    }

    private var revision: Revision? { procedure?.revision(on: now.localDate) }

    private func online(_ say: Language) -> HTML? {
        guard let procedure else {
            return
                "<li><a href=\"\(CatalogueLinks.procedures(ofField: appointment.field))\">\(say("Xem thủ tục nào nộp trực tuyến được", "See which procedures can be filed online"))</a></li>"
        }
        guard revision?.isFiledOnline == true, let filing else { return nil }
        return
            "<li><a href=\"\(filing(procedure.code.rawValue))\">\(say("Nộp trực tuyến, không phải đến", "File online, without coming"))</a></li>"
    }

    private func post(_ say: Language) -> HTML? {
        guard let procedure, revision?.post.submit == true else { return nil }
        return
            "<li><a href=\"\(CatalogueLinks.procedure(procedure.code))\">\(say("Gửi qua bưu chính công ích", "Send by public post"))</a></li>"
    }

    private func facts(_ say: Language) -> [(name: String, value: HTML)] {
        var facts: [(name: String, value: HTML)] = []
        if let start = appointment.start {
            let end = LocalMinute.timeOfDay(start.minuteOfDay + length)
            let old = appointment.state == .displaced ? say(" (giờ cũ)", " (the old time)") : ""
            facts.append(
                (
                    say("Thời gian", "When"),
                    "<strong>\(start.timeOfDay)–\(end)</strong>, \(weekdayName(start.date.weekday, say)) \(start.date.vietnamese)\(old)"
                )
            )
        } else {
            facts.append(
                (say("Ngày", "Day"), "\(weekdayName(appointment.day.weekday, say)) \(appointment.day.vietnamese)")
            )
        }
        facts.append(
            (say("Việc", "For"), .text(procedure.map { say($0.name) } ?? field.map { say($0) } ?? appointment.field))
        )
        facts.append((say("Người đến", "Who comes"), .text(appointment.name)))
        if let reason = appointment.reason {
            facts.append((say("Diện ưu tiên", "Priority"), .text(say(reason.words))))
        }
        facts.append(
            (
                say("Nơi đến", "Where"),
                "<a href=\"\(AgencyLinks.page(of: office.id))\">\(say(office.name))</a>\(office.address.map { "<br>\($0)" as HTML })"
            )
        )
        if let delivery, let kind = AppointmentNotice.news.first(where: { $0.name == delivery.kind }) {
            facts.append((say("Tin nhắn gần nhất", "Last message"), "\(say(kind.title)) \(delivery.state.tag(say))"))
        }
        return facts
    }

    private func calendarLabel(_ say: Language) -> String {
        appointment.revision == 0
            ? say("Thêm vào lịch điện thoại", "Add to calendar")
            : say("Thêm hoặc cập nhật trong lịch điện thoại", "Add to or update the calendar")
    }

    /// For whoever has taken the time over into a calendar, which goes on reminding of it. Not every calendar lets a file
    /// remove anything.
    private func forget(_ say: Language) -> HTML? {
        guard appointment.timeInCalendars != nil else { return nil }
        return """
            <p>\(say("Nếu bạn đã thêm giờ này vào lịch điện thoại:", "If you have added this time to your calendar:")) \
            <a href="\(appointment.path)/lich.ics">\(say("tải tệp hủy lịch", "get the file that cancels it"))</a>. \
            \(say("Ứng dụng lịch nào không nhận tệp này thì bạn tự xóa.", "Where your calendar does not take it, please delete the time yourself."))</p>
            """
    }

    private func acts(_ form: Form, _ say: Language) -> HTML {
        let canChange = appointment.state == .booked || appointment.state == .displaced
        return """
            \(actions(
                canChange ? linkButton(say("Đổi giờ", "Change"), "\(appointment.path)/doi", .plain) : nil,
                appointment.state == .booked ? linkButton(calendarLabel(say), "\(appointment.path)/lich.ics", .plain) : nil
            ))
            \(form.post(to: "\(appointment.path)/huy") {
                actions(button(say("Hủy lịch hẹn", "Cancel"), .danger, confirm: say("Hủy lịch hẹn này?", "Cancel this appointment?")))
            })
            """
    }

    private func keeping(_ say: Language) -> HTML? {
        // An address too long for a code is still shown in words.
        guard let code = try? QRCode(link) else { return nil }
        return panel(say("Giữ lại", "Keep this")) {
            """
            <svg class="qr" viewBox="\(code.viewBox)" role="img" aria-label="\(say("Mã QR của lịch hẹn", "QR code of the appointment"))"><path d="\(code.path)"></path></svg>
            <p><span class="code wrap">\(link)</span></p>
            <p class="hint">\(say("Mã QR và đường dẫn này mở lại lịch hẹn trên máy khác. Ai có đường dẫn đều đổi hoặc hủy được lịch hẹn: đừng đưa cho người khác.", "The QR code and this link open the appointment on another device. Whoever has them can change or cancel the appointment."))</p>
            """
        }
    }
}
