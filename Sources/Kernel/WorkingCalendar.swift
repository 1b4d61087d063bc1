/// The days and hours on which an agency works, and how time passes for it.
package struct WorkingCalendar: Sendable {
    private var hours: WeeklyHours
    /// Newest first.
    private var changes: [(from: LocalDate, hours: WeeklyHours)]
    // By day number, which hashes without building the text of the date.
    private var off: [Int: DayOff] = [:]
    private var extra: [Int: ExtraWorkingDay] = [:]
    /// The last day of which the list of days off speaks.
    package private(set) var through: LocalDate?
    /// The first one: of the years before its first entry a list says nothing.
    package let since: LocalDate?

    /// `changes` are the hours in force from a day on, such as the summer hours of a province.
    package init(
        hours: WeeklyHours = .standard,
        changes: [LocalDate: WeeklyHours] = [:],
        days: CalendarDays = CalendarDays()
    ) {
        self.hours = hours
        self.changes = Self.newestFirst(changes)
        since = days.daysOff.map(\.day).min().flatMap { LocalDate(year: $0.civil.year, month: 1, day: 1) }
        lay(days)
    }

    private static func newestFirst(_ changes: [LocalDate: WeeklyHours]) -> [(from: LocalDate, hours: WeeklyHours)] {
        changes.sorted { $0.key > $1.key }.map { (from: $0.key, hours: $0.value) }
    }

    /// The same days with the ordinary week of another office.
    package func with(hours: WeeklyHours, changes: [LocalDate: WeeklyHours] = [:]) -> WorkingCalendar {
        var calendar = self
        calendar.hours = hours
        calendar.changes = Self.newestFirst(changes)
        return calendar
    }

    /// This calendar as an authority below changes it: of a day on which it decides, only its word holds.
    package func changed(by days: CalendarDays) -> WorkingCalendar {
        var calendar = self
        calendar.lay(days)
        return calendar
    }

    /// Within one list a day off wins over an extra working day; a list laid later wins over those before.
    private mutating func lay(_ days: CalendarDays) {
        through = days.through ?? through
        for entry in days.extraWorkingDays {
            extra[entry.day.dayNumber] = entry
            off[entry.day.dayNumber] = nil
        }
        for entry in days.daysOff {
            let last = max(entry.day, entry.until ?? entry.day)
            for day in entry.day.dayNumber...last.dayNumber {
                off[day] = entry
                extra[day] = nil
            }
        }
    }

    /// What kind of day it is.
    package enum Status: Hashable, Sendable {
        case working
        case makeUp(ExtraWorkingDay)
        case weeklyRest
        case off(DayOff)
    }

    package func status(of date: LocalDate) -> Status {
        if let off = off[date.dayNumber] { return .off(off) }
        if let extra = extra[date.dayNumber], !hours(of: extra).isEmpty { return .makeUp(extra) }
        return weekly(date).isEmpty ? .weeklyRest : .working
    }

    /// Empty on a day of rest.
    package func hours(on date: LocalDate) -> [WorkingInterval] {
        if off[date.dayNumber] != nil { return [] }
        if let extra = extra[date.dayNumber] {
            let hours = hours(of: extra)
            if !hours.isEmpty { return hours }
        }
        return weekly(date)
    }

    package func isWorkingDay(_ date: LocalDate) -> Bool { !hours(on: date).isEmpty }

    package func workingDay(onOrAfter date: LocalDate) -> LocalDate {
        var day = date
        while !isWorkingDay(day) { day = day.adding(days: 1) }
        return day
    }

    package func workingDay(after date: LocalDate) -> LocalDate { workingDay(onOrAfter: date.adding(days: 1)) }

    package func workingDay(before date: LocalDate) -> LocalDate {
        var day = date.adding(days: -1)
        while !isWorkingDay(day) { day = day.adding(days: -1) }
        return day
    }

    /// The working day in which `instant` falls before closing time, or else the next one.
    package func workingDay(at instant: Instant) -> LocalDate {
        let minute = instant.localMinute
        if let closing = hours(on: minute.date).last?.end, minute.minuteOfDay < closing { return minute.date }
        return workingDay(after: minute.date)
    }

    /// The number of working days from `first` up to, but not including, `end`.
    package func workingDays(from first: LocalDate, to end: LocalDate) -> Int {
        var count = 0
        var day = first
        while day < end {
            if isWorkingDay(day) { count += 1 }
            day = day.adding(days: 1)
        }
        return count
    }

    /// The moment at which work ends on `date`; on a day of rest the end of the next working day.
    package func closing(on date: LocalDate) -> Instant {
        let day = workingDay(onOrAfter: date)
        return Instant(LocalMinute(date: day, minuteOfDay: hours(on: day).last?.end ?? 0))
    }

    /// The whole working minutes between two instants, seconds being cut off; 0 when `end` is not later.
    package func workingMinutes(from start: Instant, to end: Instant) -> Int {
        let (first, last) = (start.localMinute, end.localMinute)
        guard first < last else { return 0 }
        var minutes = 0
        var day = first.date
        while day <= last.date {
            for interval in hours(on: day) {
                let from = day == first.date ? max(interval.start, first.minuteOfDay) : interval.start
                let to = day == last.date ? min(interval.end, last.minuteOfDay) : interval.end
                minutes += max(0, to - from)
            }
            day = day.adding(days: 1)
        }
        return minutes
    }

    /// The moment by which `minutes` have been worked since `start`; a stretch of work that ends then is not left.
    package func adding(workingMinutes minutes: Int, to start: Instant) -> Instant {
        var end = start.localMinute
        work(minutes, from: start) { day, from, to in end = LocalMinute(date: day, minuteOfDay: to) }
        return Instant(end)
    }

    /// Calls `visit` for every stretch of work, in order, until `minutes` have passed since `start`.
    func work(_ minutes: Int, from start: Instant, visit: (_ day: LocalDate, _ from: Int, _ to: Int) -> Void) {
        let first = start.localMinute
        var left = minutes
        var day = first.date
        while left > 0 {
            for interval in hours(on: day) where left > 0 {
                let from = day == first.date ? max(interval.start, first.minuteOfDay) : interval.start
                let worked = min(left, interval.end - from)
                guard worked > 0 else { continue }
                left -= worked
                visit(day, from, from + worked)
            }
            day = day.adding(days: 1)
        }
    }

    private func hours(of day: ExtraWorkingDay) -> [WorkingInterval] { day.hours ?? weekly(day.replaces) }

    /// What the ordinary week says of `date`.
    private func weekly(_ date: LocalDate) -> [WorkingInterval] {
        week(on: date)[date.weekday]
    }

    /// The ordinary week that is in force on `date`.
    package func week(on date: LocalDate) -> WeeklyHours { changes.first { $0.from <= date }?.hours ?? hours }
}
