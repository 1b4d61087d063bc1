import Kernel

/// When and how people come, in shares that are ours.
///
/// The shape of week and day follows the ticket machines of twenty district offices (365 queues, December 2019 to
/// January 2020, published under MIT): Mondays are much fuller than other days, and the morning fills slowly until shortly
/// before noon. Its figures are rounded, its noon is spread over Vietnamese hours, and Tết is our assumption.
struct ArrivalProfile: Sendable {
    /// Monday first; Monday's own share is higher there only because those offices stay open longer.
    private static let week = [1.25, 1.03, 1.01, 1.0, 0.96]
    /// Half hours from 08:00; nobody is received between 12:00 and 13:30.
    private static let halfHours: [(item: Int, weight: Double)] = [
        (480, 6), (510, 6), (540, 6), (570, 7), (600, 8), (630, 9), (660, 9), (690, 9), (810, 11), (840, 10), (870, 8),
        (900, 6), (930, 3), (960, 2),
    ]
    /// Hours at which forms are sent from home.
    private static let online: [(item: Int, weight: Double)] = [
        (0, 1), (6, 2), (7, 4), (8, 9), (9, 11), (10, 10), (11, 7), (12, 4), (13, 6), (14, 9), (15, 8), (16, 6),
        (17, 4), (18, 3), (19, 5), (20, 6), (21, 4), (22, 2), (23, 1),
    ]
    static let channels: [(item: Channel, weight: Double)] = [(.online, 60), (.counter, 35), (.post, 5)]

    private let offices: [(item: LocalDate, weight: Double)]
    private let homes: [(item: LocalDate, weight: Double)]

    init(year: Int, calendar: WorkingCalendar) {
        guard let first = LocalDate(year: year, month: 1, day: 1) else {
            (offices, homes) = ([], [])
            return
        }
        let last = first.adding(months: 12)
        let days = (first.dayNumber..<last.dayNumber).map(LocalDate.init(dayNumber:))
        let open = days.filter(calendar.isWorkingDay)
        offices = open.map { day in (day, Self.weight(day, afterRest: Self.rest(before: day, calendar))) }
        homes = days.map { day in (day, calendar.isWorkingDay(day) ? Self.weight(day, afterRest: 0) : 0.35) }
    }

    /// Days off in a row before a day.
    private static func rest(before day: LocalDate, _ calendar: WorkingCalendar) -> Int {
        var count = 0
        while count < 20, !calendar.isWorkingDay(day.adding(days: -1 - count)) { count += 1 }
        return count
    }

    /// After a week of Tết everybody comes at once.
    private static func weight(_ day: LocalDate, afterRest rest: Int) -> Double {
        (day.weekday <= 5 ? week[day.weekday - 1] : 0.8) * (rest > 4 ? 1.6 : 1)
    }

    /// The moment at which somebody comes or sends.
    func arrival(through channel: Channel, _ lot: inout Lot) -> Instant {
        switch channel {
        case .online:
            let hour = lot.draw(Self.online)
            return Instant(LocalMinute(date: lot.draw(homes), minuteOfDay: hour * 60 + lot.below(60)))
        case .counter, .post:
            let start = lot.draw(Self.halfHours)
            return Instant(LocalMinute(date: lot.draw(offices), minuteOfDay: start + lot.below(30)))
        }
    }
}
