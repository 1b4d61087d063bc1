package import Kernel

/// What the display of a ticket machine has shown of one queue in the course of a day: who came is not counted, but
/// follows from how the number called and the number waiting have moved.
package struct TicketSeries: Sendable {
    package struct Key: Hashable, Sendable {
        package let day: LocalDate
        package let queue: String
    }

    package struct Reading: Hashable, Sendable {
        package let minute: Int
        package let waiting: Double
        package let ticket: Int?
        package let counters: Double?
    }

    /// Beyond this between two readings a series of tickets has been begun anew, or two are called in turn.
    private static let largestStep = 20

    private let readings: [Reading]

    package init(_ readings: [Reading]) { self.readings = readings.sorted { $0.minute < $1.minute } }

    /// Arrivals = those called + the change in those waiting. Where the number called jumps, only those waiting are
    /// known: a jump is no crowd.
    package func rows(_ key: Key) -> [ArrivalLog.Row] {
        var halves: [HalfHour: (arrivals: Double, served: Double, waiting: Double, counters: Double, count: Double)] =
            [:]
        var before: Reading?
        var ticket: Int?
        for reading in readings {
            guard let half = HalfHour(minuteOfDay: reading.minute) else { continue }
            let step = reading.ticket.flatMap { number in ticket.map { number - $0 } } ?? 0
            let served = (0...Self.largestStep).contains(step) ? Double(step) : 0
            var sum = halves[half] ?? (0, 0, 0, 0, 0)
            sum.arrivals += max(0, served + reading.waiting - (before?.waiting ?? 0))
            sum.served += served
            sum.waiting += reading.waiting
            sum.counters += reading.counters ?? 0
            sum.count += 1
            halves[half] = sum
            (before, ticket) = (reading, reading.ticket ?? ticket)
        }
        let tellsCounters = readings.contains { $0.counters != nil }
        return halves.sorted { $0.key < $1.key }.map { half, sum in
            ArrivalLog.Row(
                day: key.day,
                halfHour: half,
                queue: key.queue,
                arrivals: sum.arrivals,
                served: sum.served,
                counters: tellsCounters ? sum.counters / sum.count : nil,
                waiting: sum.waiting / sum.count
            )
        }
    }
}
