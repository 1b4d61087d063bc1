import Kernel
import Testing

@testable import Forecasting

struct ForecastTests {
    static func weekdaysOnly(_ log: ArrivalLog) -> OpeningDays { OpeningDays(calendar: WorkingCalendar(), log: log) }

    @Test
    func `a pattern of weekdays and half hours is found again`() throws {
        var truth = SimulatedArrivals()
        let log = ArrivalLog(truth.rows(56))
        let start = truth.first.adding(days: 56)
        let forecast = Forecast(log, days: Self.weekdaysOnly(log), from: start, horizon: 14)
        for day in forecast.total.days where day.isOpen {
            let expected = truth.perDay * truth.weekdays[day.date.weekday - 1]
            #expect(abs(day.expected - expected) < expected * 0.12, "\(day.date.rawValue): \(day.expected)")
            for half in day.halfHours {
                let mean = truth.mean(day.date, half.halfHour.index)
                #expect(
                    abs(half.expected - mean) < 2 + mean * 0.25,
                    "\(half.halfHour.label): \(half.expected), \(mean)"
                )
            }
        }
        #expect(forecast.total.days.count == 14)
        #expect(forecast.total.days.filter(\.isOpen).count == 10)
    }

    @Test(arguments: [0.0, 0.05, 0.3])
    func `the interval holds about eight of ten half hours`(excess: Double) throws {
        var truth = SimulatedArrivals()
        (truth.excess, truth.perDay) = (excess, 300)
        let log = ArrivalLog(truth.rows(42))
        let forecast = Forecast(log, days: Self.weekdaysOnly(log), from: truth.first.adding(days: 42), horizon: 28)
        var came: [LocalDate: [HalfHour: Double]] = [:]
        for row in truth.rows(28, from: 42) { came[row.day, default: [:]][row.halfHour] = row.arrivals }
        let halves = forecast.total.days.flatMap { day in
            day.halfHours.map { ($0, came[day.date]?[$0.halfHour] ?? 0) }
        }
        let held = Double(halves.count { $0.low <= $1 && $1 <= $0.high }) / Double(halves.count)
        #expect((0.72...0.9).contains(held), "\(held) of \(halves.count)")
        let error = try #require(forecast.total.error)
        #expect((0.7...0.95).contains(error.coverage))
    }

    @Test
    func `nobody is expected on closed days, and never fewer than nobody`() {
        var truth = SimulatedArrivals()
        let log = ArrivalLog(truth.rows(30))
        let holiday = truth.first.adding(days: 37)
        let opening = OpeningDays { $0 == holiday || $0.weekday > 5 ? .closed : .open(like: $0.weekday) }
        let forecast = Forecast(log, days: opening, from: truth.first.adding(days: 30), horizon: 14)
        #expect(forecast.total.day(holiday)?.expected == 0)
        #expect(forecast.total.day(holiday)?.halfHours.isEmpty == true)
        for half in (forecast.queues + [forecast.total]).flatMap(\.days).flatMap(\.halfHours) {
            #expect(half.low >= 0 && half.low <= half.high && half.expected >= 0 && half.expected.isFinite)
        }
    }

    @Test
    func `the first day after holidays is expected to be as busy as such days have been`() {
        var truth = SimulatedArrivals()
        truth.weekdays = [1, 1, 1, 1, 1]
        let holidays = [9, 23, 37].map { truth.first.adding(days: $0) }
        let rows = truth.rows(42).filter { !holidays.contains($0.day) }.map { row in
            var row = row
            if holidays.contains(row.day.adding(days: -1)) { row.arrivals *= 2 }
            return row
        }
        let log = ArrivalLog(rows)
        let next = truth.first.adding(days: 44)
        let opening = OpeningDays { day in
            day.weekday > 5 || day == next || holidays.contains(day) ? .closed : .open(like: day.weekday)
        }
        let forecast = Forecast(log, days: opening, from: truth.first.adding(days: 42), horizon: 7)
        let after = forecast.total.day(next.adding(days: 1))?.expected ?? 0
        let ordinary = forecast.total.day(next.adding(days: 2))?.expected ?? 0
        #expect(after > ordinary * 1.3, "\(after) after the holiday, \(ordinary) else")
    }

    @Test
    func `a make-up Saturday is like the day it replaces`() throws {
        var truth = SimulatedArrivals()
        let log = ArrivalLog(truth.rows(28))
        let saturday = truth.first.adding(days: 33)
        let monday = truth.first.adding(days: 35)
        let days = CalendarDays(
            daysOff: [
                DayOff(day: monday, kind: .swap, vi: "Nghỉ", en: "Off", basis: "Thông báo", status: .decided)
            ],
            extraWorkingDays: [
                ExtraWorkingDay(day: saturday, replaces: monday, basis: "Thông báo", status: .decided)
            ]
        )
        let opening = OpeningDays(calendar: WorkingCalendar(days: days), log: log)
        let forecast = Forecast(log, days: opening, from: truth.first.adding(days: 28), horizon: 14)
        #expect(forecast.total.day(monday)?.expected == 0)
        let made = try #require(forecast.total.day(saturday)?.expected)
        #expect(made > truth.perDay * 1.1, "\(made)")
    }

    @Test(arguments: [0, 1, 2, 3])
    func `a tiny log already gives something sensible`(days: Int) throws {
        var truth = SimulatedArrivals()
        let log = ArrivalLog(truth.rows(days))
        let profile = try #require(DeclaredArrivals(perDay: ["civil-status": 100]))
        let forecast = Forecast(
            log,
            profile: profile,
            days: Self.weekdaysOnly(log),
            from: truth.first.adding(days: 7),
            horizon: 7
        )
        let open = forecast.total.days.filter(\.isOpen)
        #expect(open.count == 5)
        for day in open { #expect((40...260).contains(day.expected), "\(day.date.rawValue): \(day.expected)") }
        for half in open.flatMap(\.halfHours) { #expect(half.high > half.low || half.expected < 3) }
        if days == 0 { #expect(forecast.total.error == nil, "there is nothing to measure an error on") }
    }

    @Test
    func `before there is a log the declared numbers stand, within the sessions`() throws {
        let profile = try #require(DeclaredArrivals(perDay: ["land": 50, "civil-status": 30]))
        let log = ArrivalLog([])
        let monday = LocalDate(year: 2026, month: 3, day: 2)!
        let forecast = Forecast(log, profile: profile, days: Self.weekdaysOnly(log), from: monday, horizon: 7)
        #expect(forecast.queues.map(\.name) == ["civil-status", "land"])
        let week = forecast.total.days.reduce(0) { $0 + $1.expected }
        #expect(abs(week - 5 * 80) < 5 * 8, "\(week)")
        let halves = forecast.total.days.flatMap(\.halfHours)
        #expect(
            halves.allSatisfy { (480..<720).contains($0.halfHour.start) || (810..<1050).contains($0.halfHour.start) }
        )
    }

    @Test
    func `a profile that makes no sense is refused`() {
        #expect(DeclaredArrivals(perDay: ["a": -1]) == nil)
        #expect(DeclaredArrivals(perDay: ["a": .nan]) == nil)
        #expect(DeclaredArrivals(perDay: [:], weekdays: [1, 2]) == nil)
        #expect(DeclaredArrivals(perDay: [:], shape: Array(repeating: 0, count: 48)) == nil)
    }

    @Test
    func `a day that is not counted, a closed day and a day cut short do not spoil the rest`() throws {
        var truth = SimulatedArrivals()
        let whole = truth.rows(40)
        let (missing, closed, last) = (10, 17, 39)
        let rows = whole.filter { row in
            let day = row.day.dayNumber - truth.first.dayNumber
            return day != missing && !(day == last && row.halfHour.index > 19)
        }.map { row in
            var row = row
            if row.day.dayNumber - truth.first.dayNumber == closed { row.arrivals = row.halfHour.index == 20 ? 1 : 0 }
            return row
        }
        let log = ArrivalLog(rows)
        #expect(
            log.notes == [
                .asGoodAsClosed(truth.first.adding(days: closed)), .endsEarly(truth.first.adding(days: last)),
            ]
        )
        let forecast = Forecast(log, days: Self.weekdaysOnly(log), from: truth.first.adding(days: 42), horizon: 7)
        for day in forecast.total.days where day.isOpen {
            let expected = truth.perDay * truth.weekdays[day.date.weekday - 1]
            #expect(abs(day.expected - expected) < expected * 0.2, "\(day.date.rawValue): \(day.expected), \(expected)")
        }
    }

    @Test
    func `the same log gives the same forecast, in whatever order its rows come`() {
        var truth = SimulatedArrivals()
        let rows = truth.rows(20) + truth.rows(20, queue: "land")
        var generator = SplitMix(state: 7)
        let logs = [ArrivalLog(rows), ArrivalLog(rows.shuffled(using: &generator))]
        let forecasts = logs.map { log in
            Forecast(log, days: Self.weekdaysOnly(log), from: truth.first.adding(days: 21), horizon: 7)
        }
        #expect(forecasts[0].total.days.map(\.halfHours) == forecasts[1].total.days.map(\.halfHours))
    }
}
