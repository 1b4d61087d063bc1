package import Kernel

/// How an office works on one day, copied from its plan when the first ticket of the day is taken.
package struct DaySetting: Codable, Hashable, Sendable {
    /// Hours in which counters serve, in minutes of the day; what lies between two of them is the lunch break.
    package struct Hours: Codable, Hashable, Sendable {
        package let from: Int
        package let to: Int

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
    }

    /// A counter with the queues it serves.
    package struct Position: Codable, Hashable, Sendable {
        package let number: Int
        package let lines: [LineKey]

        package init(_ number: Int, _ lines: [LineKey]) {
            self.number = number
            self.lines = lines
        }
    }

    package let date: LocalDate
    package let hours: [Hours]
    package let lines: [TicketLine]
    package let positions: [Position]
    /// How many visitors may be inside.
    package let capacity: Int
    /// Health rules are in force which every visitor has to acknowledge.
    package let asksHealth: Bool
    /// How often a number is called again before its holder counts as not there.
    package let recalls: Int
    /// How many minutes somebody who missed the call may come back without a new number.
    package let returnMinutes: Int
    /// How many minutes after its time an appointment still goes first.
    package let appointmentGrace: Int
    /// From how many minutes before the first hours tickets are given.
    package let earlyMinutes: Int
    package static let usualEarlyMinutes = 60

    package init(
        date: LocalDate,
        hours: [Hours],
        lines: [TicketLine],
        positions: [Position],
        capacity: Int,
        asksHealth: Bool = false,
        recalls: Int = 2,
        returnMinutes: Int = 30,
        appointmentGrace: Int = 15,
        earlyMinutes: Int = usualEarlyMinutes
    ) {
        self.date = date
        self.hours = hours.sorted { $0.from < $1.from }
        self.lines = lines
        self.positions = positions
        self.capacity = capacity
        self.asksHealth = asksHealth
        self.recalls = recalls
        self.returnMinutes = returnMinutes
        self.appointmentGrace = appointmentGrace
        self.earlyMinutes = earlyMinutes
    }

    package subscript(line: LineKey) -> TicketLine? { lines.first { $0.key == line } }

    package var opens: Instant? { hours.first.map { instant($0.from) } }
    package var closes: Instant? { hours.last.map { instant($0.to) } }

    func instant(_ minute: Int) -> Instant { Instant(LocalMinute(date: date, minuteOfDay: minute)) }

    /// The moment at which so many seconds of work will have passed; nil when the day ends before.
    func time(after work: Int, from now: Instant) -> Instant? {
        var rest = work * 1000
        for span in hours {
            let (start, end) = (max(now, instant(span.from)), instant(span.to))
            guard start < end else { continue }
            let length = (end - start).milliseconds
            if rest < length { return Instant(milliseconds: start.milliseconds + rest) }
            rest -= length
        }
        return nil
    }

    /// How many seconds of work lie between two moments.
    func work(from start: Instant, to end: Instant) -> Int {
        hours.reduce(0) { sum, span in
            let (from, to) = (max(start, instant(span.from)), min(end, instant(span.to)))
            return from < to ? sum + (to - from).milliseconds / 1000 : sum
        }
    }

    /// When the counters open again, if `now` lies in a break of the day.
    package func breakEnd(at now: Instant) -> Instant? {
        for (before, after) in zip(hours, hours.dropFirst())
        where now >= instant(before.to) && now < instant(after.from) { return instant(after.from) }
        return nil
    }
}
