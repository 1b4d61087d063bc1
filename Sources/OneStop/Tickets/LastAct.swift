import Kernel

/// What a counter has done last, kept for a few minutes with what was there before, so that it can be taken back.
struct LastAct: Hashable, Sendable {
    enum Kind: Hashable, Sendable { case begin, miss, finish, correct, transfer }

    let kind: Kind
    let at: Instant
    /// As it stood at the counter before.
    let ticket: Ticket
    /// What was known of the visit before.
    let visit: ServedVisits.Mark

    /// Long enough to see that the wrong button was pressed, and too short for its visitor to be far away.
    static let length = Span.minutes(5)

    var number: TicketNumber { ticket.number }
}

extension OfficeDay {
    /// What a counter may take back now. Once somebody else was called there is nothing: the display has told them to come.
    func mayTakeBack(at counter: Int, _ now: Instant) -> TicketNumber? {
        // Refused is the same as nothing here: the page offers only what can succeed.
        try? undoable(at: counter, now).number
    }

    func undoable(at counter: Int, _ now: Instant) throws(Refusal) -> LastAct {
        guard let last = lastActs[counter], now <= last.at + LastAct.length, let place = counters[counter],
            place.state == .open, let ticket = tickets[last.number]
        else { throw .nothingToTakeBack }
        let isUntouched: Bool =
            switch (last.kind, ticket.stage) {
            case (.begin, .serving(counter, _)): place.visitor == ticket.number
            case (.miss, .missed), (.finish, .finished), (.correct, .correcting): place.visitor == nil
            // Whoever has been passed on and went elsewhere, or was called there, is somebody else's visitor now.
            case (.transfer, .waiting): place.visitor == nil && ticket.awayUntil == nil
            default: false
            }
        // Whoever has taken another number meanwhile would stand in the queue twice.
        let hasAnother = tickets.values.contains { other in
            other.number != ticket.number && other.person == ticket.person && other.line == last.ticket.line
                && other.isActive
        }
        guard isUntouched, !hasAnother else { throw .nothingToTakeBack }
        return last
    }
}
