import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Web

/// The third page: when. What is left is public.
struct TimePage {
    let query: BookingQuery
    let office: AgencyProfile
    let days: [FreeDay]
    /// What is expected at the counter, where enough is known to say so.
    let whenToCome: HTML?
    let way: BookingWay
    /// What is ordered of the office.
    let orders: HTML?
    let say: Language

    func show(_ context: AppContext) -> Response {
        page(
            say("Chọn ngày và giờ", "Choose a day and a time"),
            context,
            lead: say(office.name),
            crumbs: [
                Crumb(say("Trang chủ", "Home"), "/"), Crumb(say("Đặt lịch hẹn", "Appointments"), "/dat-lich"),
                Crumb(say("Chọn nơi", "Where"), BookingQuery.placeless(query)),
            ]
        ) {
            """
            \(orders)
            \(way.signInFirst(goingOnAt: query.path(), say))
            \(days.isEmpty ? emptyState(
                say("Chưa có ngày nào đặt được", "No day can be booked"),
                say("Cơ quan chưa tiếp nhận lĩnh vực này trong những ngày tới.", "The office does not receive for this field in the next days.")
            ) : dayList(days, say, isOpen: { $0.free > 0 }) { day in times(day) })
            <p class="hint">\(say(
                "Một phần chỗ luôn dành cho người đến trực tiếp không hẹn. Diện ưu tiên (từ 80 tuổi, khuyết tật, mang thai, người có công, đi cùng trẻ nhỏ) có thêm chỗ riêng trong mỗi khung giờ.",
                "Some places are always kept for people who come without an appointment. Priority groups (80 or older, disabled, pregnant, persons of merit, with a small child) have places of their own."
            ))</p>
            \(whenToCome)
            """
        }
    }

    private func times(_ day: FreeDay) -> HTML {
        let open = day.slots.filter { $0.freeForPriority > 0 }
        let times = open.map { free in
            """
            <a class="slot" href="\(query.path("/dat-lich/dat", day: day.date, minute: free.slot.start.minuteOfDay))">\
            \(free.slot.start.timeOfDay)<span class="unseen"> \(weekdayName(day.date.weekday, say)) \(day.date.vietnamese)</span>\
             <small>\(free.free > 0 ? say("còn \(free.free)", "\(free.free) left") : say("ưu tiên", "priority"))</small></a>
            """ as HTML
        }
        let wait: HTML? =
            day.free == 0
            ? """
            <p>\(say("Hết chỗ.", "Full.")) <a href="\(query.path("/dat-lich/dat", day: day.date, waits: true))">\
            \(say("Vào danh sách chờ ngày \(day.date.vietnamese)", "Join the waiting list of \(day.date.rawValue)"))</a></p>
            """ : nil
        return "<div class=\"slots\">\(times)</div>\(wait)"
    }
}

/// Days one below the other, the first two that have something in sight.
private func dayList(
    _ days: [FreeDay],
    _ say: Language,
    isOpen: (FreeDay) -> Bool,
    body: (FreeDay) -> HTML
) -> HTML {
    let shown = days.filter(isOpen).prefix(2).map(\.date)
    let parts = days.map { day in
        let name = "\(weekdayName(day.date.weekday, say)) \(day.date.vietnamese)"
        let left = day.free == 0 ? say("hết chỗ", "full") : say("còn \(day.free) chỗ", "\(day.free) left")
        return disclosure("\(name) – \(left)", isOpen: shown.contains(day.date)) { body(day) }
    }
    return panel { "\(parts)" }
}

extension BookingQuery {
    /// The page before an office was chosen.
    fileprivate static func placeless(_ query: BookingQuery) -> String {
        query.procedure.map { "/dat-lich?thu-tuc=\($0.code.rawValue)" }
            ?? query.field.map { "/dat-lich?linh-vuc=\($0.key)" } ?? "/dat-lich"
    }
}

/// Another time for an appointment that somebody has.
struct AnotherTimePage {
    let appointment: Appointment
    let chosen: AgencyProfile?
    let offices: [AgencyProfile]
    let days: [FreeDay]
    let problem: Problem?

    func show(_ context: AppContext) -> Response {
        let say = context.language
        let form = Form(context)
        let isPriority = appointment.reason != nil
        return page(
            say("Đổi lịch hẹn", "Change the appointment"),
            context,
            lead: chosen.map { say($0.name) },
            crumbs: [Crumb(say("Lịch hẹn của bạn", "Your appointment"), appointment.path)]
        ) {
            """
            \(problem.flatMap { refusal($0, say) })
            \(offices.count > 1 ? panel(say("Nơi khác", "Other offices")) {
                "<ul>\(offices.map { "<li><a href=\"\(appointment.path)/doi?co-quan=\($0.id.rawValue)\">\(say($0.name))</a></li>" as HTML })</ul>"
            } : nil)
            \(days.filter { $0.slots.contains { place($0, isPriority) > 0 } }.isEmpty ? emptyState(
                say("Nơi này đã hết chỗ", "This office is full"),
                say("Hãy chọn nơi khác, nộp trực tuyến hoặc gửi qua bưu chính.", "Choose another office, file online or by post.")
            ) : dayList(days.filter { $0.slots.contains { place($0, isPriority) > 0 } }, say, isOpen: { _ in true }) { day in
                times(day, form, isPriority)
            })
            """
        }
    }

    private func times(_ day: FreeDay, _ form: Form, _ isPriority: Bool) -> HTML {
        let times = day.slots.filter { place($0, isPriority) > 0 }.map { free in
            button(free.slot.start.timeOfDay, .plain, name: "gio", value: free.slot.start.rawValue)
        }
        return form.post(to: "\(appointment.path)/doi", label: day.date.vietnamese) {
            """
            \(form.hidden("co-quan", chosen?.id.rawValue ?? appointment.office.rawValue))
            <div class="slots">\(times)</div>
            """
        }
    }

    private func place(_ slot: FreeDay.FreeSlot, _ isPriority: Bool) -> Int {
        isPriority ? slot.freeForPriority : slot.free
    }
}
