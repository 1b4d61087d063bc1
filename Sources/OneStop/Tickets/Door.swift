package import Kernel

/// Who waits, in which order, and who is inside. Derived from the day, never stored.
extension OfficeDay {
    /// Tickets still to be served, in order of arrival.
    package var active: [Ticket] { tickets.values.filter(\.isActive).sorted { $0.order < $1.order } }

    /// Visitors inside, those at counters included.
    package var occupancy: Int { tickets.values.count { $0.isInside } }

    /// Places for those who wait: every open counter keeps one for whom it calls, so that a full hall never leaves a
    /// counter without the visitor whose turn it is.
    var waitingPlaces: Int { max(0, capacity - counters.values.count { $0.state == .open }) }

    private var insideWaiting: Int { tickets.values.count { $0.isInside && $0.counter == nil } }

    /// Those a counter may call now, the next one first.
    package func candidates(for counter: Int, at now: Instant) -> [Ticket] {
        guard let lines = counters[counter]?.lines else { return [] }
        return inTurn(
            tickets.values.filter { ticket in
                ticket.stage == .waiting && lines.contains(ticket.line) && !ticket.isAway(at: now)
                    && isFree(ticket, for: counter)
            },
            at: now
        )
    }

    /// A counter that is closed or paused does not keep those whom it has begun with from the others.
    private func isFree(_ ticket: Ticket, for counter: Int) -> Bool {
        guard let held = ticket.heldFor, held != counter else { return true }
        return counters[held]?.state != .open
    }

    func inTurn(_ tickets: [Ticket], at now: Instant) -> [Ticket] {
        let grace = setting?.appointmentGrace ?? 0
        return tickets.map { (Turn($0, at: now, grace: grace), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The next outside are let in while there is room; when the limit was lowered, the last of those who wait inside
    /// are asked to wait outside. Nobody is sent away from a counter.
    func changesAtTheDoor(at now: Instant) -> [Event] {
        let present = tickets.values.filter { $0.isActive && $0.counter == nil && !$0.isAway(at: now) }
        // Those who correct a form are not called soon, so they come last.
        let turns =
            inTurn(present.filter { $0.stage == .waiting }, at: now)
            + inTurn(present.filter { $0.stage != .waiting }, at: now)
        let over = occupancy - capacity
        if over > 0 {
            return turns.filter(\.isInside).suffix(over).map { .askedOut(number: $0.number, at: now) }
        }
        let room = min(capacity - occupancy, waitingPlaces - insideWaiting)
        guard room > 0 else { return [] }
        return turns.filter { !$0.isInside }.prefix(room).map { .letIn(number: $0.number, at: now) }
    }
}
