package import Kernel

/// How long a visitor of one field takes, measured at an office's counters on its last days.
package struct ServiceMeasurement: Hashable, Sendable {
    package let field: String
    package let seconds: Int
    package let visits: Int
    package let days: Int
    /// The first of these days.
    package let since: LocalDate

    package init(field: String, seconds: Int, visits: Int, days: Int, since: LocalDate) {
        (self.field, self.seconds, self.visits, self.days, self.since) = (field, seconds, visits, days, since)
    }

    /// Nil without any visit. The outer tenths are drawn in to what stands there: a few odd visits say little, but unlike
    /// the median the mean does not forget that some matters take long, and counters have to work through them.
    init?(field: String, days: [LocalDate: [Int]]) {
        let days = days.filter { !$0.value.isEmpty }
        let times = days.values.flatMap(\.self).sorted()
        guard let since = days.keys.min(), !times.isEmpty else { return nil }
        let (low, high) = (times[times.count / 10], times[times.count - 1 - times.count / 10])
        let sum = times.reduce(0) { $0 + min(max($1, low), high) }
        self.init(field: field, seconds: sum / times.count, visits: times.count, days: days.count, since: since)
    }

    /// How many days are looked back on: long enough for a small office, short enough to follow a change.
    package static let window = 28
    package static let leastVisits = 30
    /// One day may have had its own reason.
    package static let leastDays = 3

    package var isEnough: Bool { visits >= Self.leastVisits && days >= Self.leastDays }

    /// What follows for an office that has counted with `current` minutes: nothing while the difference is small, and
    /// never more than a quarter at once, so that no single day turns the appointments of a fortnight over.
    func minutes(from current: Int) -> Int? {
        guard isEnough, abs(seconds - current * 60) >= current * 6 else { return nil }
        let step = max(1, current / 4)
        let minutes = min(max((seconds + 30) / 60, current - step, 1), current + step)
        return minutes == current ? nil : minutes
    }
}
