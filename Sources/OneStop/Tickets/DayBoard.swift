package import Kernel

/// The state of an office's queues as everybody may see it, kept in one row and made anew with every event.
package struct DayBoard: Codable, Hashable, Sendable {
    /// A queue as it is for whoever comes now.
    package struct Line: Codable, Hashable, Sendable {
        package let key: LineKey
        package let letter: String
        package let waiting: Int
        /// Nil when no counter serves it now.
        package let newcomer: ExpectedTime?
    }

    /// A counter and whom it has called.
    package struct Position: Codable, Hashable, Sendable {
        package let number: Int
        package let lines: [LineKey]
        package let state: Counter.State
        package let pausedUntil: Instant?
        package let visitor: TicketNumber?
        package let isServing: Bool
        package let since: Instant?
        package let calls: Int
        /// Waits whom it would call next.
        package let waiting: Int
    }

    /// Somebody who waits.
    package struct Waiting: Codable, Hashable, Sendable {
        package let number: TicketNumber
        package let line: LineKey
        package let takenAt: Instant
        package let priority: PriorityReason?
        /// Not confirmed by an officer yet.
        package let claimed: PriorityReason?
        package let appointment: Instant?
        package let isInside: Bool
        package let awayUntil: Instant?
        /// The counter at which it goes on after a correction.
        package let correctingFor: Int?
        package let expected: ExpectedTime?
    }

    /// What every office shows in the list of all of them.
    package struct Summary: Codable, Hashable, Sendable {
        package let isClosed: Bool
        package let inside: Int
        package let capacity: Int
        package let waiting: Int
        package let served: Int
        package let openCounters: Int
        package let lines: [Line]
        package let hours: [DaySetting.Hours]
        package let asksHealth: Bool

        /// Why no ticket is given at all; the same rule as the command's. Pages ask it before anybody fills in anything.
        func refusal(at now: Instant) -> OfficeDay.Refusal? {
            let minute = now.localMinute
            guard let first = hours.first, let last = hours.last, !isClosed, minute.minuteOfDay < last.to else {
                return .dayIsOver
            }
            guard minute.minuteOfDay + DaySetting.usualEarlyMinutes >= first.from else {
                return .tooEarly(opens: Instant(LocalMinute(date: minute.date, minuteOfDay: first.from)))
            }
            return nil
        }

        /// No tickets are given any more.
        func isOver(at now: Instant) -> Bool { refusal(at: now) == .dayIsOver }
    }

    package let at: Instant
    package let summary: Summary
    package let positions: [Position]
    package let waiting: [Waiting]
    /// Those who were called and did not come, who may still come back.
    package let missed: [TicketNumber]

    init(_ day: OfficeDay, _ setting: DaySetting, at now: Instant) {
        self.at = now
        let expectation = day.expectation(at: now)
        let active = day.active
        let turns = day.inTurn(active.filter { $0.stage == .waiting }, at: now)
        let counts = Dictionary(grouping: turns, by: \.line).mapValues(\.count)
        summary = Summary(
            isClosed: day.isClosed,
            inside: day.occupancy,
            capacity: day.capacity,
            waiting: turns.count,
            served: day.tickets.values.count { if case .finished = $0.stage { true } else { false } },
            openCounters: day.counters.values.count { $0.state == .open },
            lines: setting.lines.map { line in
                Line(
                    key: line.key,
                    letter: line.letter,
                    waiting: counts[line.key] ?? 0,
                    newcomer: expectation.newcomers[line.key]
                )
            },
            hours: setting.hours,
            asksHealth: setting.asksHealth
        )
        positions = setting.positions.map { position in
            let counter = day.counters[position.number]
            let ticket = counter?.visitor.flatMap { day.tickets[$0] }
            return Position(
                number: position.number,
                lines: counter?.lines ?? position.lines,
                state: counter?.state ?? .closed,
                pausedUntil: counter?.pausedUntil,
                visitor: counter?.visitor,
                isServing: ticket.map { if case .serving = $0.stage { true } else { false } } ?? false,
                since: ticket?.calledAt,
                calls: ticket?.calls ?? 0,
                waiting: day.candidates(for: position.number, at: now).count
            )
        }
        waiting = (turns + active.filter(\.isCorrecting)).map { ticket in
            Waiting(
                number: ticket.number,
                line: ticket.line,
                takenAt: ticket.takenAt,
                priority: ticket.priority,
                claimed: ticket.claimed,
                appointment: ticket.appointment,
                isInside: ticket.isInside,
                awayUntil: ticket.awayUntil,
                correctingFor: ticket.correctingFor,
                expected: expectation.turns[ticket.number]
            )
        }
        missed = day.tickets.values.filter { ticket in
            guard case .missed(let at) = ticket.stage else { return false }
            return now <= at + .minutes(setting.returnMinutes)
        }.map(\.number).sorted()
    }

    package subscript(_ number: TicketNumber) -> Waiting? { waiting.first { $0.number == number } }
    package func position(_ number: Int) -> Position? { positions.first { $0.number == number } }
}

extension Ticket {
    fileprivate var correctingFor: Int? { if case .correcting(let counter) = stage { counter } else { nil } }
    fileprivate var isCorrecting: Bool { correctingFor != nil }
}
