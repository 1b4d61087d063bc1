import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Web

/// Who is expected at the office, and whose appointments have to be re-planned.
struct OfficeAppointmentRoutes: Sendable {
    let desk: AppointmentDesk

    func add(to router: some RouterMethods<OfficerContext>) {
        router.get("work/appointments", use: list)
    }

    func list(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .returns, .leader, .auditor)
        let tree = try await desk.agencies.tree()
        let today = desk.now.localDate
        let day = request.queryFields().filled("ngay").flatMap(LocalDate.init(vietnamese:)) ?? today
        guard let office = tree.reception(of: context.officer.agency, on: today) else { throw Problem.notFound }
        let appointments = try await desk.book.list(of: office.id, on: day)
        let displaced = try await desk.book.displaced(at: office.id, from: today)
        return OfficeAppointmentsPage(
            office: office,
            day: day,
            appointments: appointments,
            displaced: displaced,
            deliveries: try await desk.book.deliveries(of: appointments + displaced),
            fields: desk.catalogue.current.fields
        ).show(context)
    }
}

struct OfficeAppointmentsPage {
    let office: AgencyProfile
    let day: LocalDate
    let appointments: [Appointment]
    let displaced: [Appointment]
    /// How far the last news of each has come.
    let deliveries: [ID<Appointment>: NoticeDelivery]
    let fields: [String: Catalogue.Field]

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        return page(say("Lịch hẹn", "Appointments"), context, lead: say(office.name), width: .wide) {
            """
            \(displaced.isEmpty ? nil : panel(say("Cần xếp lại: \(displaced.count)", "To be re-planned: \(displaced.count)")) {
                """
                <p>\(say(
                    "Vượt sức chứa mới, rơi vào ngày nghỉ hoặc bị mệnh lệnh tạm dừng; trang lịch hẹn của mỗi người mời chọn giờ khác, nơi khác, trực tuyến hoặc bưu chính. Tin đã chuyển cho nơi gửi: \(handedOver)/\(displaced.count). Hãy gọi điện cho ai chưa được nhắn hoặc chưa chọn.",
                    "Beyond the new capacity, on a day off, or closed by order. The page of each appointment offers other times, offices, online and post. Notices handed over to be sent: \(handedOver) of \(displaced.count). Please call those who were sent none or have not chosen."
                ))</p>
                \(list(displaced, say("Lịch hẹn cần xếp lại", "Appointments to be re-planned"), showsDay: true, say))
                """
            })
            <form class="search" method="get" action="/work/appointments"><label for="ngay">\(say("Ngày", "Day"))</label>\
            <div><input id="ngay" name="ngay" inputmode="numeric" value="\(day.vietnamese)">\(button(say("Xem", "Show"), .plain))</div></form>
            \(panel("\(weekdayName(day.weekday, say)) \(day.vietnamese)") {
                appointments.isEmpty
                    ? emptyState(say("Không có lịch hẹn", "No appointments"), say("Chưa ai đặt lịch cho ngày này.", "Nobody has booked for this day."))
                    : list(appointments, say("Lịch hẹn trong ngày", "Appointments of the day"), showsDay: false, say)
            })
            """
        }
    }

    /// Only what tells of the re-planning counts, and not an older reminder.
    private var handedOver: Int {
        let kinds = [AppointmentNotice.displaced, AppointmentNotice.closedByOrder, AppointmentNotice.closedDay].map(
            \.name
        )
        return displaced.count { appointment in
            deliveries[appointment.id].map { kinds.contains($0.kind) && $0.state.isHandedOver } ?? false
        }
    }

    private func list(_ appointments: [Appointment], _ caption: String, showsDay: Bool, _ say: Language) -> HTML {
        table(
            caption,
            [
                Column(say("Giờ", "Time")), Column(say("Người đến", "Who comes")),
                Column(say("Điện thoại", "Telephone")),
                Column(say("Lĩnh vực", "Field")), Column(say("Tình trạng", "State")),
                Column(say("Tin nhắn gần nhất", "Last message")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: appointments.map { appointment in
                let time = appointment.start.map { showsDay ? $0.vietnamese : $0.timeOfDay }
                return [
                    .text(time ?? say("chờ chỗ", "waiting")), .text(appointment.name),
                    "<a href=\"tel:\(appointment.phone)\">\(PhoneNumber(rawValue: appointment.phone)?.grouped ?? appointment.phone)</a>",
                    .text(fields[appointment.field].map { say($0.name) } ?? appointment.field),
                    "\(state(appointment.state, say)) \(appointment.reason.map { tag(say($0.words), .active) })",
                    told(appointment, say),
                ]
            }
        )
    }

    private func told(_ appointment: Appointment, _ say: Language) -> HTML {
        guard let delivery = deliveries[appointment.id] else { return .text(say("chưa có", "none")) }
        let kind = AppointmentNotice.news.first { $0.name == delivery.kind }
        return "\(kind.map { say($0.title) }) \(delivery.state.tag(say))"
    }

    private func state(_ state: Appointment.State, _ say: Language) -> HTML {
        switch state {
        case .booked: tag(say("Đã hẹn", "Booked"), .good)
        case .held, .asked: tag(say("Đang giữ chỗ", "Held"), .neutral)
        case .waiting: tag(say("Danh sách chờ", "Waiting list"), .neutral)
        case .offered: tag(say("Đã mời nhận chỗ", "Offered"), .waiting)
        case .displaced: tag(say("Cần xếp lại", "To re-plan"), .bad)
        case .cancelled, .lapsed: tag(say("Không còn", "Gone"), .neutral)
        }
    }
}
