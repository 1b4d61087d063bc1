import Agencies
import Forecasting
import Kernel
import Markup
import Web

/// When the counters of an agency receive people in the next seven days: holidays, exchanged days and orders counted in,
/// which an agency's weekly hours know nothing of.
struct ReceptionPanel: Sendable {
    let openings: OpeningBook
    let agencies: AgencyBook
    let forecasts: OfficeForecasts
    let office: Office

    var panel: Panel<ID<Agency>> { Panel { try await show($0, $1) } }

    private func show(_ agency: ID<Agency>, _ say: Language) async throws -> HTML? {
        let now = office.now
        let tree = try await agencies.tree()
        guard let visited = tree.reception(of: agency, on: now.localDate) ?? tree[agency] else { return nil }
        let days = try await openings.days(of: visited.id)
        guard days.office.isReady else { return nil }
        let quiet = try await forecasts.next(of: [visited.id], at: now)[visited.id]
        let week = (0..<7).map { now.localDate.adding(days: $0) }
        return Web.panel(say("Giờ tiếp nhận tại quầy Một cửa", "When the one-stop counters receive")) {
            """
            \(visited.id == agency ? nil : "<p><a href=\"\(AgencyLinks.page(of: visited.id))\">\(say(visited.name))</a></p>" as HTML)
            \(definitionList(week.map { day in
                ("\(weekdayName(day.weekday, say)) \(day.vietnamese)", .text(hours(of: day, days, now, say)))
            }))
            \(quietLine(quiet, at: visited.id, say))
            """
        }
    }

    private func hours(of day: LocalDate, _ days: ReceptionDays, _ now: Instant, _ say: Language) -> String {
        let open = days.openSessions(on: day).map { DaySetting.Hours(from: $0.hours.start, to: $0.hours.end) }
        if let last = open.last {
            let isOver = day == now.localDate && now.localMinute.minuteOfDay >= last.to
            return hallHours(open) + (isOver ? say(" (đã hết giờ)", " (over)") : "")
        }
        let reason = days.on(day).closedFor.map { ": \(say($0))" } ?? ""
        return say("không tiếp nhận", "nobody is received") + reason
    }
}
