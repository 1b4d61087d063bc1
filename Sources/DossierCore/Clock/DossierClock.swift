package import Kernel
package import Persistence

/// The clock of one dossier: what its time is counted from, and when it stood still.
package struct DossierClock: Sendable {
    package private(set) var received: Instant
    package let term: TimeLimit
    package let rule: DueRule
    package private(set) var pauses: [Pause] = []
    /// Later days that were decided, and when.
    private var extensions: [(due: Instant, at: Instant)] = []

    /// Days that were told anew because the calendar had changed, and when.
    private var recounts: [(from: Instant, to: Instant, ground: RecountGround, at: Instant)] = []

    /// The clock of a dossier that is received at `received`; nil where no source states a term.
    package init?(_ rules: FilingRules, channel: Channel, received: Instant) {
        guard let term = rules.term(for: channel) else { return nil }
        self.received = received
        self.term = term
        rule = rules.dueRule
    }

    /// The clock as the history of a dossier tells it; nil where none has begun.
    package init?(_ rules: FilingRules, channel: Channel, history: [Recorded<Dossier.Event>]) {
        // The term runs from valid receipt, not from filing: what was waited for before never stopped a clock.
        guard let begin = history.beginning else { return nil }
        self.init(rules, channel: channel, received: history[begin].circumstances.at)
        for recorded in history[begin...] { note(recorded.event.happening.clock, at: recorded.circumstances.at) }
    }

    private mutating func note(_ turn: ClockTurn?, at: Instant) {
        switch turn {
        case .begins: (received, pauses, extensions, recounts) = (at, [], [], [])
        case .stops: pauses.append(Pause(from: at))
        case .goesOn: resume(at: at)
        case .putOff(let due): extensions.append((due, at))
        case .recounted(let from, let to, let ground): recounts.append((from, to, ground, at))
        case nil: break
        }
    }

    /// What was waited for has come.
    package mutating func resume(at: Instant) {
        guard let last = pauses.indices.last, pauses[last].until == nil else { return }
        pauses[last].until = at
    }

    /// The due date with its explanation, as an office with `calendar` counts, and what was told of it since.
    package func due(in calendar: WorkingCalendar) -> DueDate {
        var due = counted(in: calendar)
        for recount in recounts {
            // Whatever stopped the clock later has moved the date on from there.
            let isLast = recount.at == recounts.last?.at && !hasMoved(since: recount.at)
            due = due.recounted(
                from: recount.from,
                to: recount.to,
                at: recount.at,
                because: recount.ground.explanation,
                isLast: isLast
            )
        }
        return due
    }

    private func hasMoved(since at: Instant) -> Bool {
        pauses.contains { ($0.until ?? $0.from) > at } || extensions.contains { $0.at > at }
    }

    /// What the calendar makes of the term, the pauses and the extensions; what was told when it changed apart.
    package func counted(in calendar: WorkingCalendar) -> DueDate {
        guard let last = extensions.last else {
            return dueDate(received: received, term: term, rule: rule, pauses: pauses, calendar: calendar)
        }
        let earlier = pauses.filter { $0.from < last.at }
        var due = dueDate(received: received, term: term, rule: rule, pauses: earlier, calendar: calendar)
        for decision in extensions { due = due.putOff(to: decision.due, decidedAt: decision.at) }
        return pauses.dropFirst(earlier.count).reduce(due) { $0.movedOn(by: $1, calendar: calendar) }
    }
}
