/// A stretch of one working day in minutes since midnight, written `08:00-12:00`.
package struct WorkingInterval: RawRepresentable, Codable, Hashable, Sendable {
    package let start: Int
    /// The minute at which people go home: no longer worked, but still in time for what is due.
    package let end: Int

    /// Nil unless the stretch has a length and lies within one day.
    package init?(start: Int, end: Int) {
        guard 0 <= start, start < end, end < 1440 else { return nil }
        self.start = start
        self.end = end
    }

    package init?(rawValue: String) {
        let parts = rawValue.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = LocalMinute.minutes(String(parts[0])),
            let end = LocalMinute.minutes(String(parts[1]))
        else { return nil }
        self.init(start: start, end: end)
    }

    package var rawValue: String { "\(LocalMinute.timeOfDay(start))-\(LocalMinute.timeOfDay(end))" }
    package var minutes: Int { end - start }
}

/// When an office works in an ordinary week; at least one day of the week has hours, so that every term ends.
package struct WeeklyHours: Codable, Hashable, Sendable {
    /// Monday first.
    private let week: [[WorkingInterval]]

    /// Hours by ISO weekday (Monday is 1); nil when no day has hours, a weekday does not exist or stretches overlap.
    package init?(_ hours: [Int: [WorkingInterval]]) {
        guard hours.keys.allSatisfy((1...7).contains), hours.values.contains(where: { !$0.isEmpty }) else { return nil }
        let week = (1...7).map { weekday in (hours[weekday] ?? []).sorted { $0.start < $1.start } }
        guard week.allSatisfy({ day in zip(day, day.dropFirst()).allSatisfy { $0.end <= $1.start } }) else {
            return nil
        }
        self.week = week
    }

    private init(week: [[WorkingInterval]]) { self.week = week }

    /// Monday to Friday, 08:00–12:00 and 13:30–17:30.
    package static let standard: WeeklyHours = {
        let day = [WorkingInterval(start: 480, end: 720), WorkingInterval(start: 810, end: 1050)].compactMap(\.self)
        return WeeklyHours(week: Array(repeating: day, count: 5) + [[], []])
    }()

    /// The hours of an ISO weekday (Monday is 1).
    package subscript(weekday: Int) -> [WorkingInterval] { week[weekday - 1] }

    /// The same hours from Monday to Friday only; nil when there are none.
    package var onWeekdays: WeeklyHours? {
        WeeklyHours(Dictionary(uniqueKeysWithValues: (1...5).map { ($0, self[$0]) }))
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday
    }

    /// Reads `monday: [08:00-12:00, 13:30-17:30]` and so on; a day that is not named has no hours.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        var hours: [Int: [WorkingInterval]] = [:]
        for (weekday, key) in zip(1..., CodingKeys.allCases) {
            hours[weekday] = try container.decodeIfPresent([WorkingInterval].self, forKey: key)
        }
        guard let week = WeeklyHours(hours) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "Working hours overlap, or no day of the week has any"
                )
            )
        }
        self = week
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for (day, key) in zip(week, CodingKeys.allCases) where !day.isEmpty { try container.encode(day, forKey: key) }
    }
}
