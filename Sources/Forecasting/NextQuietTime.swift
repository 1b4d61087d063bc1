package import Kernel
package import Web

/// The next stretch in which few others come: one sentence beside every choice of a counter.
package struct NextQuietTime {
    package let date: LocalDate
    package let time: QuietTime
    /// Of what it speaks; nil where it is of everybody who comes.
    package let queue: String?
    /// The half hours that it is made of.
    private let halves: [Forecast.HalfHourOfDay]

    /// The best one that is not over yet; nil when no open day is foretold.
    package init?(_ forecast: Forecast, queue name: String?, at now: Instant) {
        let minute = now.localMinute
        let own = name.flatMap(forecast.queue)
        let queue = own ?? forecast.total
        self.queue = own?.name
        for day in queue.days where day.isOpen {
            guard let coming = queue.comingTimes(on: day, at: minute).first else { continue }
            (date, time) = (day.date, coming)
            halves = day.halfHours.filter { coming.from <= $0.halfHour && $0.halfHour <= coming.through }
            return
        }
        return nil
    }

    /// `matter` is what its queue is called: different fields have different quiet times.
    package func words(for matter: Words) -> Words {
        let (vi, en) = (date.weekdayName.vi, date.weekdayName.en)
        return Words(
            "Nên đến (\(matter.vi)): \(vi) \(date.vietnamese), \(time.words.vi)\(expected.vi)",
            "Best time (\(matter.en)): \(en) \(date.vietnamese), \(time.words.en)\(expected.en)"
        )
    }

    /// The expected wait with its range, or how many come where nothing is known of counters.
    private var expected: Words {
        let waits = halves.compactMap(\.wait)
        guard let low = waits.map(\.low).min(), let high = waits.map(\.high).max(), let wait = time.wait else {
            let people = Int(time.expected.rounded())
            return Words(" (khoảng \(people) người mỗi nửa giờ)", " (about \(people) people per half hour)")
        }
        // To five minutes: nobody can know better.
        let told = max(5, Int((wait / 5).rounded()) * 5)
        let (least, most) = (Int(low.rounded()), Int(high.rounded()))
        return wait < 2.5
            ? Words(" (dưới 5 phút; từ \(least) đến \(most))", " (under 5 min; \(least) to \(most))")
            : Words(" (khoảng \(told) phút; từ \(least) đến \(most))", " (about \(told) min; \(least) to \(most))")
    }
}
