package import Kernel

/// The queues of one office on one day: tickets, calls, counters, and who is inside.
package struct OfficeDay: Aggregate {
    package static let category = "office-day/"

    package enum Command: Sendable {
        case open(DaySetting)
        case changeCapacity(to: Int, at: Instant)
        case take(TicketRequest, at: Instant)
        case openCounter(Int, lines: [LineKey], at: Instant)
        case pauseCounter(Int, until: Instant?, at: Instant)
        case closeCounter(Int, at: Instant)
        case callNext(counter: Int, at: Instant)
        case call(TicketNumber, counter: Int, because: OutOfOrderReason?, at: Instant)
        case recall(counter: Int, at: Instant)
        case begin(counter: Int, at: Instant)
        /// Nobody came although called again and again.
        case skip(counter: Int, at: Instant)
        /// Back in the hall: after a missed call, from waiting elsewhere, or with what was corrected.
        case comeBack(TicketNumber, at: Instant)
        case sendToCorrect(counter: Int, at: Instant)
        case transfer(counter: Int, to: LineKey, toCounter: Int?, at: Instant)
        case finish(counter: Int, at: Instant)
        /// Wait elsewhere until the turn comes nearer.
        case waitElsewhere(TicketNumber, until: Instant, at: Instant)
        case giveUp(TicketNumber, at: Instant)
        /// An officer has seen why somebody goes first.
        case confirmPriority(TicketNumber, at: Instant)
        /// What this counter did last was a mistake.
        case takeBack(counter: Int, at: Instant)
        /// What follows was meant for this visitor: a page may show somebody who has gone.
        case require(visitor: TicketNumber, counter: Int, at: Instant)
        /// The day is over; whoever was not served is told.
        case close(at: Instant)
    }

    package enum Event: Codable, Equatable, Sendable {
        case opened(setting: DaySetting)
        case capacityChanged(capacity: Int, at: Instant)
        case taken(
            number: TicketNumber,
            line: LineKey,
            person: PersonKey,
            priority: PriorityReason?,
            appointment: Instant?,
            at: Instant
        )
        /// Acknowledged at the triage desk or the machine, where a directive asks for it.
        case healthRulesAcknowledged(number: TicketNumber, at: Instant)
        /// Somebody looked through the papers before giving the ticket; `missing` are keys of the procedure's list.
        case papersChecked(number: TicketNumber, procedure: String, missing: [String], at: Instant)
        case letIn(number: TicketNumber, at: Instant)
        case askedOut(number: TicketNumber, at: Instant)
        case counterOpened(counter: Int, lines: [LineKey], at: Instant)
        case counterPaused(counter: Int, until: Instant?, at: Instant)
        case counterClosed(counter: Int, at: Instant)
        case called(number: TicketNumber, counter: Int, because: OutOfOrderReason?, at: Instant)
        case recalled(number: TicketNumber, counter: Int, at: Instant)
        case begun(number: TicketNumber, counter: Int, at: Instant)
        case missed(number: TicketNumber, counter: Int, at: Instant)
        case cameBack(number: TicketNumber, at: Instant)
        case sentToCorrect(number: TicketNumber, counter: Int, at: Instant)
        case transferred(number: TicketNumber, line: LineKey, toCounter: Int?, at: Instant)
        case finished(number: TicketNumber, counter: Int, seconds: Int, at: Instant)
        case wentElsewhere(number: TicketNumber, until: Instant, at: Instant)
        case gaveUp(number: TicketNumber, at: Instant)
        case unserved(number: TicketNumber, at: Instant)
        case closed(at: Instant)
        /// Said at the door or when booking; it counts from its confirmation on.
        case priorityClaimed(number: TicketNumber, priority: PriorityReason, at: Instant)
        case priorityConfirmed(number: TicketNumber, priority: PriorityReason, at: Instant)
        /// The last act of the counter was a mistake: its visitor stands there as before.
        case takenBack(number: TicketNumber, counter: Int, at: Instant)
    }

    package enum Refusal: Error, Equatable, Sendable {
        case notOpen
        case tooEarly(opens: Instant)
        case dayIsOver
        case noSuchLine
        case healthRulesFirst
        /// Told to whoever is known to be the holder only: the same browser, a proven telephone, or an officer.
        case hasTicket(TicketNumber)
        case noSuchTicket
        case noSuchCounter
        case counterIsBusy(with: TicketNumber)
        case counterIsNotOpen
        case nobodyAtCounter
        case nobodyWaits
        case hallIsFull(capacity: Int)
        case notWaiting
        case isAway(until: Instant)
        case otherLine
        /// Somebody else is next, and no reason was given.
        case notTheirTurn(next: TicketNumber)
        case callAgainFirst(times: Int)
        case cameBackTooLate(minutes: Int)
        case timeHasPassed
        case badCapacity
        case nothingToConfirm
        /// Called, and nobody has said that they came.
        case notBegun(TicketNumber)
        /// The page shows somebody who has gone.
        case otherVisitor(now: TicketNumber?)
        case nothingToTakeBack
    }

    package private(set) var setting: DaySetting?
    package private(set) var isClosed = false
    package private(set) var capacity = 0
    package private(set) var tickets: [TicketNumber: Ticket] = [:]
    package private(set) var counters: [Int: Counter] = [:]
    /// How long visitors have taken, per line.
    package private(set) var measured = ServiceTimes()
    /// The same of the whole day, as the office keeps it.
    private(set) var visits = ServedVisits()
    private(set) var lastActs: [Int: LastAct] = [:]
    private var issued: [String: Int] = [:]

    package init() {}

    // MARK: - Decide

    /// What the command causes, and then who may enter because of it: whenever somebody leaves, is called, or the
    /// limit changes, the next outside are let in by the same decision.
    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        let events = try judge(command)
        var after = self
        for event in events { after.evolve(event) }
        guard let at = command.time, !events.isEmpty else { return events }
        return events + after.changesAtTheDoor(at: at)
    }

    private func judge(_ command: Command) throws(Refusal) -> [Event] {
        if case .open(let setting) = command { return self.setting == nil ? [.opened(setting: setting)] : [] }
        guard let setting else { throw .notOpen }
        guard !isClosed else { throw .dayIsOver }
        switch command {
        case .open: return []
        case .changeCapacity(let capacity, let now):
            guard capacity >= 0 else { throw .badCapacity }
            return capacity == self.capacity ? [] : [.capacityChanged(capacity: capacity, at: now)]
        case .take(let request, let now): return try take(request, setting, now)
        case .openCounter(let counter, let lines, let now):
            guard setting.positions.contains(where: { $0.number == counter }) else { throw .noSuchCounter }
            guard !lines.isEmpty, lines.allSatisfy({ setting[$0] != nil }) else { throw .noSuchLine }
            let isSame = counters[counter].map { $0.state == .open && $0.lines == lines } ?? false
            return isSame ? [] : [.counterOpened(counter: counter, lines: lines, at: now)]
        case .pauseCounter(let counter, let until, let now):
            _ = try idle(counter)
            if let until, until <= now { throw .timeHasPassed }
            return [.counterPaused(counter: counter, until: until, at: now)]
        case .closeCounter(let counter, let now):
            guard let found = counters[counter] else { throw .noSuchCounter }
            if let visitor = found.visitor { throw .counterIsBusy(with: visitor) }
            return found.state == .closed ? [] : [.counterClosed(counter: counter, at: now)]
        case .callNext(let counter, let now):
            return [try call(next(for: counter, at: now), to: counter, because: nil, now)]
        case .call(let number, let counter, let reason, let now):
            return [try call(number, counter, reason, now)]
        case .recall(let counter, let now):
            return [.recalled(number: try called(to: counter).number, counter: counter, at: now)]
        case .begin(let counter, let now):
            return [.begun(number: try called(to: counter).number, counter: counter, at: now)]
        case .skip(let counter, let now):
            let ticket = try called(to: counter)
            let left = callsLeft(of: ticket, at: now)
            guard left == 0 else { throw .callAgainFirst(times: left) }
            return [.missed(number: ticket.number, counter: counter, at: now)]
        case .comeBack(let number, let now): return try comeBack(number, setting, now)
        case .sendToCorrect(let counter, let now):
            return [.sentToCorrect(number: try served(at: counter).number, counter: counter, at: now)]
        case .transfer(let counter, let line, let other, let now):
            guard setting[line] != nil else { throw .noSuchLine }
            if let other, !setting.positions.contains(where: { $0.number == other }) { throw .noSuchCounter }
            return [.transferred(number: try served(at: counter).number, line: line, toCounter: other, at: now)]
        case .finish(let counter, let now):
            let ticket = try served(at: counter)
            let seconds = max(0, (now - (ticket.servedSince ?? now)).milliseconds / 1000)
            return [.finished(number: ticket.number, counter: counter, seconds: seconds, at: now)]
        case .waitElsewhere(let number, let until, let now):
            guard try ticket(number).stage == .waiting else { throw .notWaiting }
            guard until > now else { throw .timeHasPassed }
            return [.wentElsewhere(number: number, until: until, at: now)]
        case .giveUp(let number, let now):
            switch try ticket(number).stage {
            case .waiting, .correcting, .called: return [.gaveUp(number: number, at: now)]
            case .serving, .missed, .finished, .gaveUp, .unserved: throw .notWaiting
            }
        case .confirmPriority(let number, let now):
            let ticket = try ticket(number)
            guard ticket.isActive, let priority = ticket.claimed ?? ticket.priority else { throw .nothingToConfirm }
            // Pressed twice, or at two desks: the second press finds it done.
            guard ticket.claimed != nil else { return [] }
            return [.priorityConfirmed(number: number, priority: priority, at: now)]
        case .takeBack(let counter, let now):
            return [.takenBack(number: try undoable(at: counter, now).number, counter: counter, at: now)]
        case .require(let number, let counter, _):
            let visitor = counters[counter]?.visitor
            guard visitor == number else { throw .otherVisitor(now: visitor) }
            return []
        case .close(let now):
            if let busy = counters.values.lazy.compactMap(\.visitor).min() { throw .counterIsBusy(with: busy) }
            return active.map { .unserved(number: $0.number, at: now) } + [.closed(at: now)]
        }
    }

    private func take(_ request: TicketRequest, _ setting: DaySetting, _ now: Instant) throws(Refusal) -> [Event] {
        guard let line = setting[request.line] else { throw .noSuchLine }
        guard let opens = setting.opens, let closes = setting.closes, now < closes else { throw .dayIsOver }
        guard now + .minutes(setting.earlyMinutes) >= opens else { throw .tooEarly(opens: opens) }
        guard request.acknowledgesHealth || !setting.asksHealth else { throw .healthRulesFirst }
        let own = tickets.values.filter { $0.person == request.person && $0.line == request.line }
        if let held = own.first(where: \.isActive) { throw .hasTicket(held.number) }
        let number = TicketNumber(letter: line.letter, count: (issued[line.letter] ?? 0) + 1)
        // Whoever missed the call and queues anew cannot come back with the old number as well.
        let given = own.filter { if case .missed = $0.stage { true } else { false } }.sorted { $0.number < $1.number }
        var events: [Event] = given.map { .gaveUp(number: $0.number, at: now) }
        events.append(
            .taken(
                number: number,
                line: request.line,
                person: request.person,
                priority: request.priority,
                appointment: request.appointment,
                at: now
            )
        )
        if let claimed = request.claimed {
            events.append(.priorityClaimed(number: number, priority: claimed, at: now))
        }
        if setting.asksHealth { events.append(.healthRulesAcknowledged(number: number, at: now)) }
        if let papers = request.papers {
            events.append(
                .papersChecked(number: number, procedure: papers.procedure, missing: papers.missing, at: now)
            )
        }
        return events
    }

    private func call(
        _ number: TicketNumber,
        _ counter: Int,
        _ reason: OutOfOrderReason?,
        _ now: Instant
    ) throws(Refusal) -> Event {
        let wanted = try ticket(number)
        guard wanted.stage == .waiting else { throw .notWaiting }
        if wanted.isAway(at: now), let until = wanted.awayUntil { throw .isAway(until: until) }
        guard try idle(counter).lines.contains(wanted.line) else { throw .otherLine }
        let first = candidates(for: counter, at: now).first
        if let first, first.number != number, reason == nil { throw .notTheirTurn(next: first.number) }
        return try call((wanted, nil), to: counter, because: first?.number == number ? nil : reason, now)
    }

    private func call(
        _ choice: (ticket: Ticket, because: OutOfOrderReason?),
        to counter: Int,
        because reason: OutOfOrderReason?,
        _ now: Instant
    ) throws(Refusal) -> Event {
        guard choice.ticket.isInside || occupancy < capacity else { throw .hallIsFull(capacity: capacity) }
        return .called(
            number: choice.ticket.number,
            counter: counter,
            because: reason ?? choice.because,
            at: now
        )
    }

    /// Who is next at a counter. When whoever is next cannot enter because the hall is full, the first inside is
    /// called instead of leaving the counter idle, and that is recorded.
    private func next(for counter: Int, at now: Instant) throws(Refusal) -> (Ticket, OutOfOrderReason?) {
        _ = try idle(counter)
        let waiting = candidates(for: counter, at: now)
        guard let first = waiting.first else { throw .nobodyWaits }
        if first.isInside || occupancy < capacity { return (first, nil) }
        guard let inside = waiting.first(where: \.isInside) else { throw .hallIsFull(capacity: capacity) }
        return (inside, .hallIsFull)
    }

    private func comeBack(_ number: TicketNumber, _ setting: DaySetting, _ now: Instant) throws(Refusal) -> [Event] {
        let ticket = try ticket(number)
        switch ticket.stage {
        case .waiting where ticket.awayUntil != nil, .correcting: break
        case .missed(let at):
            guard now <= at + .minutes(setting.returnMinutes) else {
                throw .cameBackTooLate(minutes: setting.returnMinutes)
            }
        case .waiting: return []
        case .called, .serving, .finished, .gaveUp, .unserved: throw .notWaiting
        }
        return [.cameBack(number: number, at: now)]
    }

    private func ticket(_ number: TicketNumber) throws(Refusal) -> Ticket {
        guard let ticket = tickets[number] else { throw .noSuchTicket }
        return ticket
    }

    private func idle(_ counter: Int) throws(Refusal) -> Counter {
        guard let found = counters[counter] else {
            let isPlanned = setting?.positions.contains { $0.number == counter } ?? false
            throw isPlanned ? .counterIsNotOpen : .noSuchCounter
        }
        if let visitor = found.visitor { throw .counterIsBusy(with: visitor) }
        guard found.state == .open else { throw .counterIsNotOpen }
        return found
    }

    private func visitor(at counter: Int) throws(Refusal) -> Ticket {
        guard let number = counters[counter]?.visitor, let ticket = tickets[number] else { throw .nobodyAtCounter }
        return ticket
    }

    /// Whoever is there: to call somebody says nothing of whether they came.
    private func served(at counter: Int) throws(Refusal) -> Ticket {
        let ticket = try visitor(at: counter)
        guard case .serving = ticket.stage else { throw .notBegun(ticket.number) }
        return ticket
    }

    /// How often a number has still to be called before its holder counts as not there; after hours nobody calls again.
    package func callsLeft(of ticket: Ticket, at now: Instant) -> Int {
        guard let setting, setting.closes.map({ now < $0 }) ?? true else { return 0 }
        return max(0, setting.recalls + 1 - ticket.calls)
    }

    private func called(to counter: Int) throws(Refusal) -> Ticket {
        let ticket = try visitor(at: counter)
        guard case .called = ticket.stage else { throw .nobodyAtCounter }
        return ticket
    }

    // MARK: - Evolve

    package mutating func evolve(_ event: Event) {
        remember(event)
        switch event {
        case .opened(let setting):
            self.setting = setting
            capacity = setting.capacity
        case .capacityChanged(let capacity, _): self.capacity = capacity
        case .taken(let number, let line, let person, let priority, let appointment, let at):
            issued[String(number.rawValue.prefix { !$0.isNumber }), default: 0] += 1
            tickets[number] = Ticket(
                number: number,
                line: line,
                person: person,
                priority: priority,
                appointment: appointment,
                takenAt: at,
                order: tickets.count
            )
        case .healthRulesAcknowledged, .papersChecked: break
        case .letIn(let number, _): tickets[number]?.isInside = true
        case .askedOut(let number, _): tickets[number]?.isInside = false
        case .counterOpened(let counter, let lines, _):
            counters[counter, default: Counter(state: .open, lines: lines)].state = .open
            counters[counter]?.lines = lines
            counters[counter]?.pausedUntil = nil
        case .counterPaused(let counter, let until, _):
            counters[counter]?.state = .paused
            counters[counter]?.pausedUntil = until
        case .counterClosed(let counter, _):
            counters[counter]?.state = .closed
            counters[counter]?.pausedUntil = nil
        case .called(let number, let counter, _, let at):
            if let ticket = tickets[number] {
                let turn = Turn(ticket, at: at, grace: setting?.appointmentGrace ?? 0)
                measured.countCall(precedence: turn.hasPrecedence)
            }
            tickets[number]?.stage = .called(counter: counter, at: at)
            tickets[number]?.isInside = true
            tickets[number]?.awayUntil = nil
            tickets[number]?.calls = 1
            tickets[number]?.calledAt = at
            counters[counter]?.visitor = number
            counters[counter]?.lastCalled = number
        case .recalled(let number, _, _): tickets[number]?.calls += 1
        case .begun(let number, let counter, let at): tickets[number]?.stage = .serving(counter: counter, since: at)
        case .missed(let number, _, let at):
            if let line = tickets[number]?.line { measured.countMissed(in: line) }
            leave(number, .missed(at: at))
        case .cameBack(let number, let at):
            if case .correcting(let counter) = tickets[number]?.stage {
                tickets[number]?.heldFor = counter
                tickets[number]?.correctedAt = at
            }
            tickets[number]?.stage = .waiting
            tickets[number]?.awayUntil = nil
        case .sentToCorrect(let number, let counter, let at):
            measure(number, until: at)
            if let ticket = tickets[number], let setting { visits.interrupt(ticket, at: at, on: setting) }
            leave(number, .correcting(counter: counter))
        case .transferred(let number, let line, let counter, let at):
            measure(number, until: at)
            if let ticket = tickets[number], let setting { visits.finish(ticket, at: at, on: setting) }
            leave(number, .waiting)
            tickets[number]?.line = line
            tickets[number]?.heldFor = counter
            tickets[number]?.correctedAt = nil
        case .finished(let number, _, _, let at):
            measure(number, until: at)
            if let ticket = tickets[number], let setting { visits.finish(ticket, at: at, on: setting) }
            leave(number, .finished(at: at))
        case .wentElsewhere(let number, let until, _):
            tickets[number]?.isInside = false
            tickets[number]?.awayUntil = until
        case .gaveUp(let number, let at): leave(number, .gaveUp(at: at))
        case .unserved(let number, let at): leave(number, .unserved(at: at))
        case .closed: isClosed = true
        case .priorityClaimed(let number, let priority, _): tickets[number]?.claimed = priority
        case .priorityConfirmed(let number, let priority, _):
            tickets[number]?.claimed = nil
            tickets[number]?.priority = priority
        case .takenBack(let number, let counter, _):
            if let last = lastActs.removeValue(forKey: counter), last.number == number { restore(last, counter) }
        }
    }

    /// Keeps what is there before the act, and forgets it when somebody is called or the counter is left.
    private mutating func remember(_ event: Event) {
        let act: (LastAct.Kind, TicketNumber, Instant)
        switch event {
        case .begun(let number, _, let at): act = (.begin, number, at)
        case .missed(let number, _, let at): act = (.miss, number, at)
        case .sentToCorrect(let number, _, let at): act = (.correct, number, at)
        case .transferred(let number, _, _, let at): act = (.transfer, number, at)
        case .finished(let number, _, _, let at): act = (.finish, number, at)
        case .called(_, let counter, _, _), .counterPaused(let counter, _, _), .counterClosed(let counter, _):
            lastActs[counter] = nil
            return
        case .closed:
            lastActs = [:]
            return
        case .opened, .capacityChanged, .taken, .healthRulesAcknowledged, .papersChecked, .letIn, .askedOut,
            .counterOpened, .recalled, .cameBack, .wentElsewhere, .gaveUp, .unserved, .priorityClaimed,
            .priorityConfirmed, .takenBack:
            return
        }
        guard let ticket = tickets[act.1], let counter = ticket.counter else { return }
        lastActs[counter] = LastAct(kind: act.0, at: act.2, ticket: ticket, visit: visits.mark(act.1))
    }

    private mutating func restore(_ last: LastAct, _ counter: Int) {
        let now = tickets[last.number]
        tickets[last.number] = last.ticket
        // What an officer has confirmed meanwhile stays confirmed.
        tickets[last.number]?.priority = now?.priority
        tickets[last.number]?.claimed = now?.claimed
        counters[counter]?.visitor = last.number
        switch last.kind {
        case .begin: break
        case .miss: measured.uncountMissed(in: last.ticket.line)
        case .finish, .correct, .transfer:
            if let since = last.ticket.calledAt {
                measured.remove((last.at - since).milliseconds / 1000, from: last.ticket.line)
            }
            guard let setting else { return }
            visits.takeBack(last.ticket, at: last.at, on: setting, to: last.visit, wasEnded: last.kind != .correct)
        }
    }

    /// Away from the counter and, until let in again, from the hall.
    private mutating func leave(_ number: TicketNumber, _ stage: Ticket.Stage) {
        if let counter = tickets[number]?.counter { counters[counter]?.visitor = nil }
        tickets[number]?.stage = stage
        tickets[number]?.isInside = false
        tickets[number]?.awayUntil = nil
    }

    /// What a visitor costs the counter, the way to it included.
    private mutating func measure(_ number: TicketNumber, until at: Instant) {
        guard let ticket = tickets[number], let since = ticket.calledAt else { return }
        measured.add((at - since).milliseconds / 1000, to: ticket.line)
    }
}

extension Ticket {
    /// From the call on, if nobody has said when the service itself began.
    fileprivate var servedSince: Instant? {
        switch stage {
        case .called(_, let at), .serving(_, let at): at
        case .waiting, .correcting, .missed, .finished, .gaveUp, .unserved: nil
        }
    }
}
