/// A point in time: milliseconds since 1970-01-01T00:00Z.
package struct Instant: RawRepresentable, Codable, Hashable, Comparable, Sendable {
    package let milliseconds: Int

    package init(milliseconds: Int) { self.milliseconds = milliseconds }
    package init(rawValue: Int) { milliseconds = rawValue }
    package var rawValue: Int { milliseconds }

    /// The first millisecond of a minute on the wall clock of Việt Nam.
    package init(_ minute: LocalMinute) {
        milliseconds = (minute.date.dayNumber * 1440 + minute.minuteOfDay) * 60_000 - Instant.offset
    }

    /// Việt Nam is seven hours ahead of UTC all year; it has had no summer time since 1975.
    private static let offset = 7 * 3_600_000

    package var localMinute: LocalMinute {
        let minutes = (milliseconds + Instant.offset).flooredQuotient(60_000)
        let day = minutes.flooredQuotient(1440)
        return LocalMinute(date: LocalDate(dayNumber: day), minuteOfDay: minutes - day * 1440)
    }

    package var localDate: LocalDate { localMinute.date }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
    package static func + (left: Instant, right: Span) -> Instant {
        Instant(milliseconds: left.milliseconds + right.milliseconds)
    }
    package static func - (left: Instant, right: Instant) -> Span {
        Span(milliseconds: left.milliseconds - right.milliseconds)
    }
}

/// A length of time.
package struct Span: Hashable, Comparable, Sendable {
    package let milliseconds: Int
    package init(milliseconds: Int) { self.milliseconds = milliseconds }
    package static func seconds(_ count: Int) -> Span { Span(milliseconds: count * 1000) }
    package static func minutes(_ count: Int) -> Span { .seconds(count * 60) }
    package static func hours(_ count: Int) -> Span { .minutes(count * 60) }
    package static func days(_ count: Int) -> Span { .hours(count * 24) }
    package static func < (left: Span, right: Span) -> Bool { left.milliseconds < right.milliseconds }
}

extension Int {
    /// Division that rounds towards minus infinity, as days and minutes before 1970 need.
    func flooredQuotient(_ divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
    }
}
