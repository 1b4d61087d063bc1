package import Kernel

/// On which days an office receives people, as far as a forecast must know.
package struct OpeningDays: Sendable {
    package enum Day: Hashable, Sendable {
        case closed
        /// Open as on an ISO weekday (a make-up Saturday is like the day it replaces). Without sessions people may come
        /// whenever the log has seen them come. `served` is when counters serve them, where they may come before: nobody is
        /// advised to stand before a closed door.
        case open(like: Int, sessions: [WorkingInterval]? = nil, served: [WorkingInterval]? = nil)

        package var isOpen: Bool { self != .closed }
    }

    /// What comes before or after days off, and is busier or quieter for it.
    enum Neighbour: Int, CaseIterable, Sendable { case ordinary, beforeHolidays, afterHolidays }

    private let day: @Sendable (LocalDate) -> Day

    /// Any rule: an office's own sessions, a directive that closes it, a calendar.
    package init(_ day: @escaping @Sendable (LocalDate) -> Day) { self.day = day }

    package func on(_ date: LocalDate) -> Day { day(date) }

    /// The working calendar decides on holidays and make-up days; on which weekdays people come, and when, the log
    /// knows: a Saturday session is no working day for deadlines and yet full of people.
    package init(calendar: WorkingCalendar, log: ArrivalLog) {
        let weekdays = log.usualWeekdays
        self.init { date in
            switch calendar.status(of: date) {
            case .off: .closed
            case .makeUp(let extra): .open(like: extra.replaces.weekday)
            case .working, .weeklyRest:
                weekdays.isEmpty
                    ? (calendar.isWorkingDay(date)
                        ? .open(like: date.weekday, sessions: calendar.hours(on: date)) : .closed)
                    : (weekdays.contains(date.weekday) ? .open(like: date.weekday) : .closed)
            }
        }
    }

    /// No calendar: open on the weekdays of the log, closed on the days it leaves out.
    package init(loggedIn log: ArrivalLog) {
        let weekdays = log.usualWeekdays
        let counted = Set(log.days)
        let last = log.lastDay
        self.init { date in
            if let last, date <= last { return counted.contains(date) ? .open(like: date.weekday) : .closed }
            return weekdays.contains(date.weekday) ? .open(like: date.weekday) : .closed
        }
    }

    /// Whether a weekday is one on which the office would ordinarily be open.
    private func isUsual(_ date: LocalDate) -> Bool {
        (1...4).contains { week in
            on(date.adding(days: 7 * week)).isOpen || on(date.adding(days: -7 * week)).isOpen
        }
    }

    /// Whether days off, beyond those of every week, lie just before or just after.
    func neighbour(of date: LocalDate) -> Neighbour {
        if holidays(from: date, step: -1) { return .afterHolidays }
        if holidays(from: date, step: 1) { return .beforeHolidays }
        return .ordinary
    }

    private func holidays(from date: LocalDate, step: Int) -> Bool {
        var day = date.adding(days: step)
        // No calendar of ours closes an office for longer; one that is never open must not hang the walk.
        for _ in 0..<30 where !on(day).isOpen {
            if isUsual(day) { return true }
            day = day.adding(days: step)
        }
        return false
    }
}

extension ArrivalLog {
    /// Weekdays on which the office is open more often than not, of those the log spans.
    var usualWeekdays: Set<Int> {
        guard let first = days.first, let last = days.last else { return [] }
        var counted = Array(repeating: 0, count: 8)
        for day in days { counted[day.weekday] += 1 }
        return Set(
            (1...7).filter { weekday in
                let toFirst = (weekday - first.weekday + 7) % 7
                let span = last.dayNumber - first.dayNumber - toFirst
                let possible = span < 0 ? 0 : span / 7 + 1
                return counted[weekday] * 3 >= possible && counted[weekday] > 0
            }
        ).union(days.count < 5 ? [1, 2, 3, 4, 5] : [])
    }
}
