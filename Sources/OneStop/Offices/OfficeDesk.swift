import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// One office as its leader sees it: what it can do now, how it is set up, what is ordered of it.
struct OfficeDesk {
    let agency: AgencyProfile
    /// Other offices for which the same authority may speak.
    let below: [AgencyProfile]
    let days: ReceptionDays
    let measured: [ServiceMeasurement]
    let fields: [Catalogue.Field]
    let history: [Recorded<OneStopOffice.Event>]
    let authority: OfficeAuthority
    let tree: AgencyTree
    let matters: MatterNames
    let now: Instant

    var model: OfficeModel { days.office }

    func form(_ form: FormData) -> OfficeForm { OfficeForm(form: form, fields: Set(fields.map(\.key))) }

    /// `section` is the form that was sent; the others stand as if nothing had been typed.
    func page(
        _ context: OfficerContext,
        done: String? = nil,
        typed: FormData = FormData(),
        in section: String? = nil,
        _ problem: Problem? = nil
    ) -> Response {
        let say = context.language
        func form(_ name: String) -> Form {
            name == section ? Form(context, typed: typed, errors: problem?.errors ?? []) : Form(context)
        }
        let setUp = OfficeSetUp(model: model, fields: fields, path: path, say: say)
        return Web.page(
            say(agency.name),
            context,
            lead: say("Tổ chức tiếp nhận", "How people are received"),
            width: .wide
        ) {
            """
            \(done == nil ? nil : saved(by: context.officer.id, say))
            \(problem.flatMap { refusal($0, say) })\(section.flatMap { form($0).summary })
            \(model.isReady ? nil : missing(say))
            \(HoursDisagreement(agency.hours ?? tree.decider(for: agency).hours, model).notice(say))
            \(OfficeOverview(days: days, fields: fields, now: now, say: say).show())
            \(orders(say))
            \(setUp.sessions(form("sessions")))
            \(setUp.counters(form("counters")))
            \(ServiceTimesPanel(model: model, measured: measured, fields: fields, path: path, say: say).show(form("times")))
            \(VisitorsPanel(agency: agency.id, model: model, fields: fields, path: path, say: say).show(form("visitors")))
            \(columns { setUp.hall(form("hall")) } aside: { "\(DeviceListRoutes.link(to: agency.id, say))\(others(say))" })
            \(setUp.rules(form("rules")))
            \(OfficeHistory(history: history, fields: fields, say: say).show())
            """
        }
    }

    /// What this officer has just changed, as the log has it: the address that leads here can be opened by anybody again.
    private func saved(by officer: ID<Officer>, _ say: Language) -> HTML? {
        guard let last = history.last?.circumstances, last.actor == .officer(id: officer), now < last.at + .minutes(2)
        else { return nil }
        let time = last.at.localMinute.timeOfDay
        return notice(.good) { "<p>\(say("Đã lưu lúc \(time).", "Saved at \(time)."))</p>" }
    }

    private var path: String { "/work/office/\(agency.id.rawValue)" }

    private func missing(_ say: Language) -> HTML {
        var steps: [String] = []
        if model.sessions.isEmpty { steps.append(say("thêm buổi tiếp nhận", "add a session")) }
        if !model.counters.contains(where: \.receives) { steps.append(say("thêm quầy tiếp nhận", "add a counter")) }
        if model.hall.seats == 0 { steps.append(say("ghi số chỗ ngồi", "give the number of seats")) }
        return notice(.waiting, title: say("Chưa nhận đặt lịch hẹn", "Appointments cannot be booked yet")) {
            """
            <p>\(say("Cần", "Please")) \(steps.joined(separator: ", ")).</p>
            """
        }
    }

    private func others(_ say: Language) -> HTML? {
        guard !below.isEmpty else { return nil }
        return panel(say("Bộ phận Một cửa khác", "Other one-stop offices")) {
            """
            <ul>\(below.map { "<li><a href=\"/work/office/\($0.id.rawValue)\">\(say($0.name))</a></li>" as HTML })</ul>
            """
        }
    }

    /// Only leaders give orders.
    private func ordersLabel(_ say: Language) -> String {
        authority.roles.contains(.leader)
            ? say("Xem, ban hành, dừng mệnh lệnh", "See, give and lift orders") : say("Xem mệnh lệnh", "See the orders")
    }

    /// What is ordered of the office, by itself or from above.
    private func orders(_ say: Language) -> HTML {
        panel(say("Mệnh lệnh", "Orders")) {
            """
            \(ordersNotice(days.ordered.orders, at: now, matters, tree, say)
                ?? "<p>\(say("Không có mệnh lệnh đang hoặc sắp áp dụng.", "No order is in force or about to begin."))</p>")
            \(actions(linkButton(ordersLabel(say), AgencyLinks.orders, .plain)))
            """
        }
    }
}
