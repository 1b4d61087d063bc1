package import Kernel

/// One of the 48 half hours of a day; arrivals are counted and forecast by it.
package struct HalfHour: Codable, Hashable, Comparable, Sendable {
    package static let perDay = 48
    package static let all = (0..<perDay).map(HalfHour.init(index:))

    /// 0 is midnight to 00:30.
    package let index: Int

    private init(index: Int) { self.index = index }

    /// The half hour in which a minute of the day (0…1439) falls.
    package init?(minuteOfDay: Int) {
        guard (0..<1440).contains(minuteOfDay) else { return nil }
        index = minuteOfDay / 30
    }

    package init(of minute: LocalMinute) { index = min(minute.minuteOfDay / 30, HalfHour.perDay - 1) }

    package var start: Int { index * 30 }
    package var end: Int { start + 30 }
    /// `08:30`.
    package var label: String { LocalMinute.timeOfDay(start) }
    /// `08:30–09:00`; midnight at the end of the day is written `24:00`.
    package var span: String { "\(label)–\(LocalMinute.timeOfDay(end))" }

    package static func < (left: HalfHour, right: HalfHour) -> Bool { left.index < right.index }

    package init(from decoder: any Decoder) throws {
        let label = try decoder.singleValueContainer().decode(String.self)
        guard let minute = LocalMinute.minutes(label), minute % 30 == 0, let half = HalfHour(minuteOfDay: minute) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(label) does not begin a half hour")
            )
        }
        self = half
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(label)
    }
}
