package import Kernel

/// When a counter will probably be free for somebody: four times in five between the earliest and the latest time.
package struct ExpectedTime: Codable, Hashable, Sendable {
    /// How many are called before.
    package let ahead: Int
    package let earliest: Instant
    /// Nil when the office will probably close before.
    package let likely: Instant?
    package let latest: Instant?
}

/// What is expected of a queue at one moment.
package struct Expectation: Hashable, Sendable {
    /// For everybody who waits.
    package internal(set) var turns: [TicketNumber: ExpectedTime] = [:]
    /// For whoever would take a ticket now.
    package internal(set) var newcomers: [LineKey: ExpectedTime] = [:]
}

extension OfficeDay {
    /// The rest of the day is played through with the measured times, by the same rule of turns, lunch and closing
    /// counted in.
    package func expectation(at now: Instant) -> Expectation {
        guard let setting, !isClosed else { return Expectation() }
        var rehearsal = Rehearsal(self, setting, at: now)
        return rehearsal.play()
    }
}

/// The rest of the day, played through in seconds of work from now.
private struct Rehearsal {
    private struct Desk {
        let number: Int
        let lines: Set<LineKey>
        var freeAt: Double
        /// Nobody is left whom it could call.
        var isDone = false
    }

    /// Those of one line whose turn depends on nothing but their place, the next one last.
    private typealias Queue = [(turn: Turn, ticket: Ticket)]

    private let setting: DaySetting
    private let now: Instant
    private let precedence: Double
    private let openDesks: Set<Int>
    private let estimates: [LineKey: ServiceTimes.Estimate]
    private var queues: [LineKey: Queue] = [:]
    /// Few: those with an appointment later on, those who wait elsewhere, and those kept for one counter.
    private var special: [Ticket] = []
    private var desks: [Desk] = []
    /// Of everything that is called before, added up.
    private var variance = 0.0
    private var calledOf: [LineKey: Int] = [:]

    init(_ day: OfficeDay, _ setting: DaySetting, at now: Instant) {
        self.setting = setting
        self.now = now
        precedence = day.measured.shareOfPrecedence
        openDesks = Set(day.counters.filter { $0.value.state == .open }.keys)
        estimates = Dictionary(
            setting.lines.map { ($0.key, day.measured.estimate(of: $0)) },
            uniquingKeysWith: { first, _ in first }
        )
        for ticket in day.tickets.values where ticket.stage == .waiting {
            let isLater = ticket.appointment.map { $0 > now } ?? false
            if isLater || ticket.heldFor != nil || ticket.isAway(at: now) {
                special.append(ticket)
            } else {
                queues[ticket.line, default: []].append(
                    (Turn(ticket, at: now, grace: setting.appointmentGrace), ticket)
                )
            }
        }
        for line in queues.keys { queues[line]?.sort { $1.turn < $0.turn } }
        special.sort { $0.order < $1.order }
        // Before the counters have opened, those of the plan are counted on.
        let isBeforeOpening = !day.counters.values.contains { $0.state != .closed }
        let planned = setting.positions.map { ($0.number, Counter(state: .open, lines: $0.lines)) }
        // In the order of their numbers, so that the same day always adds up to the same second.
        let counters = day.counters.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
        for (number, counter) in isBeforeOpening ? planned : counters {
            guard let free = freeAt(counter, day) else { continue }
            desks.append(Desk(number: number, lines: Set(counter.lines), freeAt: free))
            if let visitor = counter.visitor, let line = day.tickets[visitor]?.line, let estimate = estimates[line] {
                variance += estimate.deviation * estimate.deviation
            }
        }
        desks.sort { $0.number < $1.number }
    }

    /// In how many seconds of work a counter takes the next; nil when nobody knows.
    private func freeAt(_ counter: Counter, _ day: OfficeDay) -> Double? {
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

    mutating func play() -> Expectation {
        var expectation = Expectation()
        while let index = desks.indices.filter({ !desks[$0].isDone }).min(by: { sooner(desks[$0], desks[$1]) }) {
            let desk = desks[index]
            let clock = setting.time(after: Int(desk.freeAt), from: now) ?? setting.closes ?? now
            guard let ticket = takeNext(for: desk, at: clock) else {
                // Whoever waits elsewhere comes back; without such a one the desk has nobody left.
                if let back = nextBack(for: desk, after: clock) {
                    desks[index].freeAt += Double(setting.work(from: clock, to: back)) + 1
                } else {
                    desks[index].isDone = true
                }
                continue
            }
            let isOrdinary = !Turn(ticket, at: now, grace: setting.appointmentGrace).hasPrecedence
            expectation.turns[ticket.number] = time(in: ticket.line, after: desk.freeAt, isOrdinary: isOrdinary)
            let estimate = estimates[ticket.line]
            desks[index].freeAt += estimate?.mean ?? 0
            variance += (estimate?.deviation ?? 0) * (estimate?.deviation ?? 0)
            calledOf[ticket.line, default: 0] += 1
        }
        // Nobody serves these now: they are told so instead of a time.
        for ticket in special + queues.values.flatMap({ $0.map(\.ticket) }) {
            expectation.turns[ticket.number] = ExpectedTime(
                ahead: ahead(in: ticket.line),
                earliest: now,
                likely: nil,
                latest: nil
            )
        }
        // Everybody who waits now comes before a newcomer, who gets the first counter that has nobody left.
        for line in setting.lines.map(\.key) {
            guard let free = desks.filter({ $0.lines.contains(line) }).map(\.freeAt).min() else { continue }
            expectation.newcomers[line] = time(in: line, after: free, isOrdinary: true)
        }
        return expectation
    }

    private func sooner(_ left: Desk, _ right: Desk) -> Bool {
        (left.freeAt, left.number) < (right.freeAt, right.number)
    }

    private mutating func takeNext(for desk: Desk, at clock: Instant) -> Ticket? {
        let heads = desk.lines.compactMap { line in queues[line]?.last.map { (line, $0.turn) } }
        let head = heads.min { $0.1 < $1.1 }
        let others = special.indices.filter { index in
            let ticket = special[index]
            guard desk.lines.contains(ticket.line), !ticket.isAway(at: clock) else { return false }
            guard let held = ticket.heldFor, held != desk.number else { return true }
            return !openDesks.contains(held)
        }.map { ($0, Turn(special[$0], at: clock, grace: setting.appointmentGrace)) }
        if let other = others.min(by: { $0.1 < $1.1 }), head.map({ other.1 < $0.1 }) ?? true {
            return special.remove(at: other.0)
        }
        return head.flatMap { queues[$0.0]?.popLast()?.ticket }
    }

    private func nextBack(for desk: Desk, after clock: Instant) -> Instant? {
        special.filter { desk.lines.contains($0.line) }.compactMap(\.awayUntil).filter { $0 > clock }.min()
    }

    /// Those called before at counters that serve this line as well.
    private func ahead(in line: LineKey) -> Int {
        let together = desks.filter { $0.lines.contains(line) }.reduce(into: Set([line])) { $0.formUnion($1.lines) }
        return together.reduce(0) { $0 + (calledOf[$1] ?? 0) }
    }

    private func time(in line: LineKey, after queued: Double, isOrdinary: Bool) -> ExpectedTime {
        // Some who come later will go first, as often as they have done today.
        let work = isOrdinary ? queued / (1 - precedence) : queued
        let spread = variance.squareRoot() / Double(max(1, desks.count { $0.lines.contains(line) }))
        let doubt = (estimates[line]?.doubt ?? 0) * work
        // Four of five lie within 1.28 deviations; a minute more or less is always possible.
        let reach = 1.28 * (spread * spread + doubt * doubt).squareRoot() + 60
        return ExpectedTime(
            ahead: ahead(in: line),
            earliest: setting.time(after: Int(max(0, work - reach)), from: now) ?? setting.closes ?? now,
            likely: setting.time(after: Int(work), from: now),
            latest: setting.time(after: Int(work + reach), from: now)
        )
    }
}
