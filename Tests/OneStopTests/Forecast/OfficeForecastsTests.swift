import Agencies
import Forecasting
import Foundation
import Kernel
import Markup
import Synchronization
import Testing
import Web

@testable import OneStop

/// An office on weekdays with three counters, of which one only returns results, and the tickets it has given.
struct ForecastOffice: Sendable {
    static let id = ID<Agency>(rawValue: "doi-can")
    static let today = LocalDate(year: 2026, month: 11, day: 23)!
    static let morning = Instant(LocalMinute(date: today, minuteOfDay: 7 * 60))

    static let model: OfficeModel = {
        var model = OfficeModel()
        model.sessions = (1...5).flatMap { weekday in
            ["08:00-11:30", "13:30-17:00"].compactMap(WorkingInterval.init(rawValue:)).map {
                ReceptionSession(id: ID(rawValue: "\(weekday)-\($0.start)"), weekday: weekday, hours: $0)
            }
        }
        model.counters = [
            ServiceCounter(id: ID(rawValue: "1"), name: "Quầy 1", kind: .reception),
            ServiceCounter(id: ID(rawValue: "2"), name: "Quầy 2", kind: .both, fields: ["land"]),
            ServiceCounter(id: ID(rawValue: "3"), name: "Quầy 3", kind: .return),
        ]
        model.declaredMinutes = ["land": 20, "civil-status": 10]
        return model
    }()

    /// Weeks before today, all alike: ten for land and five for civil status at 08:30, few else.
    static func arrivals(weeks: Int) -> [TicketBook.Arrivals] {
        (1...max(1, weeks * 7)).filter { _ in weeks > 0 }.flatMap { back -> [TicketBook.Arrivals] in
            let day = today.adding(days: -back)
            guard day.weekday <= 5 else { return [] }
            func came(_ time: String, _ line: LineKey, _ count: Int) -> TicketBook.Arrivals {
                let minute = LocalMinute.minutes(time) ?? 0
                return .init(halfHour: Instant(LocalMinute(date: day, minuteOfDay: minute)), line: line, count: count)
            }
            let (land, civil) = (LineKey(.reception, field: "land"), LineKey(.reception, field: "civil-status"))
            return [
                came("07:30", land, 4), came("08:30", land, 10), came("08:30", civil, 5), came("09:30", civil, 3),
                came("10:30", land, 2), came("14:00", land, 1), came("15:00", civil, 1),
                came("16:00", LineKey(.result), 3),
            ]
        }
    }

    static func forecasts(
        weeks: Int,
        model: OfficeModel = model,
        calendar: WorkingCalendar = WorkingCalendar(),
        under orders: BindingOrders = BindingOrders()
    ) -> OfficeForecasts {
        OfficeForecasts(days: { _ in ReceptionDays(OrderedOffice(model, under: orders), calendar) }) { _, from, to in
            arrivals(weeks: weeks).filter { $0.halfHour >= from && $0.halfHour < to }
        }
    }
}

struct OfficeForecastsTests {
    @Test
    func `before there are tickets, what the office declared is foretold, and says that it is an early forecast`()
        async throws
    {
        #expect(
            try await ForecastOffice.forecasts(weeks: 0).forecast(of: ForecastOffice.id, on: ForecastOffice.today)
                == nil
        )
        var model = ForecastOffice.model
        model.declaredVisitors = DeclaredVisitors(perDay: ["land": 40, "civil-status": 20], rush: .afternoon)
        let forecasts = ForecastOffice.forecasts(weeks: 0, model: model)
        let forecast = try #require(try await forecasts.forecast(of: ForecastOffice.id, on: ForecastOffice.today))
        let tuesday = try #require(forecast.total.day(ForecastOffice.today.adding(days: 1)))
        #expect((50...70).contains(tuesday.expected), "\(tuesday.expected)")
        let (morning, afternoon) = (
            tuesday.halfHours.filter { $0.halfHour.index < 24 }, tuesday.halfHours.filter { $0.halfHour.index >= 24 }
        )
        #expect(morning.reduce(0) { $0 + $1.expected } < afternoon.reduce(0) { $0 + $1.expected })
        let told = try #require(WhenToCome(forecast, at: ForecastOffice.morning, path: "/x", .vi)).show().source
        #expect(told.contains("Dự báo ban đầu"))
    }

    @Test
    func `an office's own tickets are what is forecast from`() async throws {
        let forecast = try #require(
            await ForecastOffice.forecasts(weeks: 4).forecast(of: ForecastOffice.id, on: ForecastOffice.today)
        )
        #expect(forecast.queues.map(\.name) == ["civil-status", "land", "result"])
        #expect(forecast.total.days.count == 14)
        let monday = try #require(forecast.queue("land")?.day(ForecastOffice.today))
        let expected = Dictionary(uniqueKeysWithValues: monday.halfHours.map { ($0.halfHour.label, $0) })
        #expect((8...12).contains(try #require(expected["08:30"]?.expected)))
        #expect((3...5).contains(try #require(expected["07:30"]?.expected)), "who comes early is expected, too")
        let wait = try #require(expected["08:30"]?.wait)
        #expect(wait.expected > 10 && wait.low < wait.expected && wait.expected < wait.high)
        #expect(forecast.total.day(ForecastOffice.today.adding(days: 5))?.isOpen == false)
    }

    @Test
    func `before there are enough days nothing is told`() async throws {
        let none = ForecastOffice.forecasts(weeks: 0)
        #expect(try await none.forecast(of: ForecastOffice.id, on: ForecastOffice.today) == nil)
        let notSetUp = ForecastOffice.forecasts(weeks: 4, model: OfficeModel())
        #expect(try await notSetUp.forecast(of: ForecastOffice.id, on: ForecastOffice.today) == nil)
    }

    @Test
    func `a holiday and a counter that is closed by order receive nobody`() async throws {
        let holiday = ForecastOffice.today.adding(days: 1)
        let off = DayOff(day: holiday, kind: .holiday, vi: "Lễ", en: "Holiday", basis: "Luật", status: .decided)
        let (start, end) = (ForecastOffice.today.adding(days: 2), ForecastOffice.today.adding(days: 4))
        let order = OneStopOfficeTests.order(
            "1",
            closing: [Closure(.counter)],
            start: Instant(LocalMinute(date: start, minuteOfDay: 0)),
            end: Instant(LocalMinute(date: end, minuteOfDay: 0))
        )
        let calendar = WorkingCalendar(days: CalendarDays(daysOff: [off]))
        let forecasts = ForecastOffice.forecasts(
            weeks: 4,
            calendar: calendar,
            under: OneStopOfficeTests.binding([order])
        )
        let forecast = try #require(await forecasts.forecast(of: ForecastOffice.id, on: ForecastOffice.today))
        #expect(forecast.total.days.prefix(5).map(\.isOpen) == [true, false, false, false, true])
    }

    @Test
    func `it is computed once a day, and anew when the office changes`() async throws {
        let asked = Mutex(0)
        let model = Mutex(ForecastOffice.model)
        let forecasts = OfficeForecasts(
            days: { _ in ReceptionDays(model.withLock { $0 }, WorkingCalendar()) },
            arrivals: { _, _, _ in
                asked.withLock { $0 += 1 }
                return ForecastOffice.arrivals(weeks: 2)
            }
        )
        for _ in 0..<3 { _ = try await forecasts.forecast(of: ForecastOffice.id, on: ForecastOffice.today) }
        #expect(asked.withLock { $0 } == 1)
        model.withLock { $0.counters = Array($0.counters.dropLast()) }
        _ = try await forecasts.forecast(of: ForecastOffice.id, on: ForecastOffice.today)
        _ = try await forecasts.forecast(of: ForecastOffice.id, on: ForecastOffice.today.adding(days: 1))
        #expect(asked.withLock { $0 } == 3)
    }

    @Test
    func `a counter's time is shared among those it serves`() {
        let rows = [("land", 30.0), ("civil-status", 60), ("result", 500)].map { queue, arrivals in
            ArrivalLog.Row(
                day: ForecastOffice.today,
                halfHour: HalfHour.all[18],
                queue: queue,
                arrivals: arrivals
            )
        }
        let capacities = ForecastOffice.model.capacities(of: ArrivalLog(rows))
        let (land, civil) = (capacities["land"]?.counters[0], capacities["civil-status"]?.counters[0])
        // Both together cannot be more than the two counters that receive; land has the second for itself.
        let others = (capacities["result"]?.counters[0][18] ?? 0) - 1
        #expect(abs((land?[18] ?? 0) + (civil?[18] ?? 0) + others - 2) < 1e-9)
        #expect((land?[18] ?? 0) > (civil?[18] ?? 0))
        #expect(capacities["result"]?.counters[0][18] ?? 0 > 0.9, "results have a counter of their own")
        #expect(land?[24] == 0, "nobody is served at noon")
        #expect(capacities["land"]?.serviceMinutes == 20)
    }

    @Test(arguments: Language.allCases)
    func `the panel says when to come, shows every half hour in numbers, and owns up to its error`(say: Language)
        async throws
    {
        let forecasts = ForecastOffice.forecasts(weeks: 4)
        let forecast = try #require(await forecasts.forecast(of: ForecastOffice.id, on: ForecastOffice.today))
        let panel = try #require(
            WhenToCome(forecast, queue: ("land", Words("Đất đai", "Land")), at: ForecastOffice.morning, path: "/x", say)
        ).show().source
        #expect(panel.contains(say("Khi nào nên đến", "When to come")))
        #expect(panel.contains(say("chờ ít nhất ", "shortest wait ")), "\(panel)")
        #expect(panel.contains(say("Sai số trung bình ±", "Average error ±")))
        #expect(panel.contains("<th scope=\"row\">08:30") || panel.contains("<th scope=\"row\">08:30<span"))
        #expect(panel.contains("23/11/2026"))
        let other = try #require(
            WhenToCome(forecast, on: ForecastOffice.today.adding(days: 1), at: ForecastOffice.morning, path: "/x", say)
        )
        #expect(other.showDay().source.contains("24/11/2026"))
        #expect(other.showDays().source.contains("/x?ngay=2026-11-23"))
        let saturday = try #require(
            WhenToCome(forecast, on: ForecastOffice.today.adding(days: 5), at: ForecastOffice.morning, path: "/x", say)
        )
        #expect(saturday.showDay().source.contains("30/11/2026"), "a closed day gives way to the next open one")
    }
}
