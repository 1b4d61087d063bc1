package import Kernel

/// When somebody who waits will probably be called: four times in five between the earliest and the latest time.
package struct ExpectedTurn: Codable, Hashable, Sendable {
    package let number: TicketNumber
    /// How many are called before them.
    package let ahead: Int
    package let earliest: Instant
    /// Nil when the office will probably close before.
    package let likely: Instant?
    package let latest: Instant?
}

extension OfficeDay {
    /// What is expected for everybody who waits: the rest of the day is played through with the measured times, by the
    /// same rule of turns, lunch and closing counted in.
    package func expectedTurns(at now: Instant) -> [ExpectedTurn] {
        guard let setting, !isClosed else { return [] }
        var rehearsal = Rehearsal(self, setting, at: now)
        return rehearsal.play()
    }

    /// What somebody who took a ticket of `line` now would have to expect; nil when nobody serves it today.
    package func expectedTurn(ofNewIn line: LineKey, at now: Instant) -> ExpectedTurn? {
        var day = self
        let number = TicketNumber(rawValue: "?")
        day.evolve(
            .taken(
                number: number,
                line: line,
                person: PersonKey(rawValue: ""),
                priority: nil,
                appointment: nil,
                at: now
            )
        )
        return day.expectedTurns(at: now).first { $0.number == number }
    }
}

/// The rest of the day, played through in seconds of work from now.
private struct Rehearsal {
    private struct Desk {
        let number: Int
        let lines: [LineKey]
        var freeAt: Double
    }

    private let setting: DaySetting
    private let now: Instant
    private var waiting: [Ticket]
    private var desks: [Desk]
    private let estimates: [LineKey: ServiceTimes.Estimate]
    private let precedence: Double
    private let openDesks: Set<Int>
    /// Of everything that is called before, added up.
    private var variance = 0.0
    /// The lines of those called so far, in order.
    private var called: [LineKey] = []

    init(_ day: OfficeDay, _ setting: DaySetting, at now: Instant) {
        self.setting = setting
        self.now = now
        waiting = day.tickets.values.filter { $0.stage == .waiting }.sorted { $0.order < $1.order }
        let estimates = Dictionary(
            setting.lines.map { ($0.key, day.measured.estimate(of: $0)) },
            uniquingKeysWith: { first, _ in first }
        )
        self.estimates = estimates
        precedence = day.measured.shareOfPrecedence
        openDesks = Set(day.counters.filter { $0.value.state == .open }.keys)
        desks = []
        // Before the counters have opened, those of the plan are counted on.
        let isBeforeOpening = !day.counters.values.contains { $0.state != .closed }
        let planned = setting.positions.map { ($0.number, Counter(state: .open, lines: $0.lines)) }
        for (number, counter) in isBeforeOpening ? planned : day.counters.map({ ($0.key, $0.value) }) {
            guard let free = Self.freeAt(counter, day, setting, estimates, now) else { continue }
            desks.append(Desk(number: number, lines: counter.lines, freeAt: free))
            if let visitor = counter.visitor, let line = day.tickets[visitor]?.line, let estimate = estimates[line] {
                variance += estimate.deviation * estimate.deviation
            }
        }
        desks.sort { $0.number < $1.number }
    }

    /// In how many seconds of work a counter takes the next; nil when nobody knows.
    private static func freeAt(
        _ counter: Counter,
        _ day: OfficeDay,
        _ setting: DaySetting,
        _ estimates: [LineKey: ServiceTimes.Estimate],
        _ now: Instant
    ) -> Double? {
        switch counter.state {
        case .closed: return nil
        case .paused: return counter.pausedUntil.map { Double(setting.work(from: now, to: $0)) }
        case .open:
            guard let ticket = counter.visitor.flatMap({ day.tickets[$0] }), let since = ticket.calledAt,
                let estimate = estimates[ticket.line]
            else { return 0 }
            let passed = Double((now - since).milliseconds) / 1000
            // Whoever takes long already will take a good while longer: a quarter of the mean at least.
            return max(estimate.mean - passed, estimate.mean / 4)
        }
    }

    mutating func play() -> [ExpectedTurn] {
        var turns: [ExpectedTurn] = []
        while !waiting.isEmpty, let index = desks.indices.min(by: { sooner(desks[$0], desks[$1]) }) {
            let desk = desks[index]
            let clock = setting.time(after: Int(desk.freeAt), from: now) ?? setting.closes ?? now
            guard let next = first(for: desk, at: clock) else {
                // Whoever waits elsewhere comes back; without such a one the desk has nobody left.
                guard let back = nextBack(for: desk, after: clock) else {
                    desks.remove(at: index)
                    continue
                }
                desks[index].freeAt += Double(setting.work(from: clock, to: back)) + 1
                continue
            }
            let ticket = waiting.remove(at: next)
            turns.append(turn(ticket, after: desk.freeAt, ahead: ahead(of: ticket)))
            let estimate = estimates[ticket.line]
            desks[index].freeAt += estimate?.mean ?? 0
            variance += (estimate?.deviation ?? 0) * (estimate?.deviation ?? 0)
            called.append(ticket.line)
        }
        // Nobody serves these now: they are told so instead of a time.
        return turns
            + waiting.map {
                ExpectedTurn(number: $0.number, ahead: ahead(of: $0), earliest: now, likely: nil, latest: nil)
            }
    }

    /// Those called before at a counter that serves this line as well.
    private func ahead(of ticket: Ticket) -> Int {
        let together = Set(setting.positions.filter { $0.lines.contains(ticket.line) }.flatMap(\.lines) + [ticket.line])
        return called.count { together.contains($0) }
    }

    private func sooner(_ left: Desk, _ right: Desk) -> Bool {
        (left.freeAt, left.number) < (right.freeAt, right.number)
    }

    private func first(for desk: Desk, at clock: Instant) -> Int? {
        waiting.indices.filter { index in
            let ticket = waiting[index]
            guard desk.lines.contains(ticket.line), !ticket.isAway(at: clock) else { return false }
            guard let held = ticket.heldFor, held != desk.number else { return true }
            return !openDesks.contains(held)
        }.min { left, right in
            Turn(waiting[left], at: clock, grace: setting.appointmentGrace)
                < Turn(waiting[right], at: clock, grace: setting.appointmentGrace)
        }
    }

    private func nextBack(for desk: Desk, after clock: Instant) -> Instant? {
        waiting.filter { desk.lines.contains($0.line) }.compactMap(\.awayUntil).filter { $0 > clock }.min()
    }

    private func turn(_ ticket: Ticket, after work: Double, ahead: Int) -> ExpectedTurn {
        // Some who come later will go first, as often as they have done today.
        let isOrdinary = !Turn(ticket, at: now, grace: setting.appointmentGrace).hasPrecedence
        let work = isOrdinary ? work / (1 - precedence) : work
        let desks = max(1, self.desks.count { $0.lines.contains(ticket.line) })
        let spread = variance.squareRoot() / Double(desks)
        let doubt = (estimates[ticket.line]?.doubt ?? 0) * work
        // Four of five lie within 1.28 deviations; a minute more or less is always possible.
        let reach = 1.28 * (spread * spread + doubt * doubt).squareRoot() + 60
        return ExpectedTurn(
            number: ticket.number,
            ahead: ahead,
            earliest: setting.time(after: Int(max(0, work - reach)), from: now) ?? setting.closes ?? now,
            likely: setting.time(after: Int(work), from: now),
            latest: setting.time(after: Int(work + reach), from: now)
        )
    }
}
