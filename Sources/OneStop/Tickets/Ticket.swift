package import Kernel

/// What somebody asks for who takes a ticket.
package struct TicketRequest: Hashable, Sendable {
    /// What was seen when the papers were looked through.
    package struct Papers: Hashable, Sendable {
        package let procedure: String
        package let missing: [String]

        package init(procedure: String, missing: [String]) {
            self.procedure = procedure
            self.missing = missing
        }
    }

    package let line: LineKey
    package let person: PersonKey
    /// Seen by an officer.
    package let priority: PriorityReason?
    /// Said by the person alone: counts once an officer has confirmed it.
    package let claimed: PriorityReason?
    package let appointment: Instant?
    package let acknowledgesHealth: Bool
    package let papers: Papers?

    package init(
        _ line: LineKey,
        by person: PersonKey,
        priority: PriorityReason? = nil,
        claiming claimed: PriorityReason? = nil,
        appointment: Instant? = nil,
        acknowledgesHealth: Bool = false,
        papers: Papers? = nil
    ) {
        self.line = line
        self.person = person
        self.priority = priority
        self.claimed = claimed
        self.appointment = appointment
        self.acknowledgesHealth = acknowledgesHealth
        self.papers = papers
    }
}

/// A place in a queue, and what has become of it.
package struct Ticket: Codable, Hashable, Sendable {
    package enum Stage: Codable, Hashable, Sendable {
        case waiting
        case called(counter: Int, at: Instant)
        case serving(counter: Int, since: Instant)
        /// Fills in what was wrong, and then goes on at the same counter without queuing again.
        case correcting(counter: Int)
        case missed(at: Instant)
        case finished(at: Instant)
        case gaveUp(at: Instant)
        /// The office closed before it was their turn.
        case unserved(at: Instant)
    }

    package let number: TicketNumber
    package internal(set) var line: LineKey
    package let person: PersonKey
    package internal(set) var priority: PriorityReason?
    /// What its holder says and no officer has confirmed yet; it moves nobody.
    package internal(set) var claimed: PriorityReason?
    package let appointment: Instant?
    package let takenAt: Instant
    /// Place in the order of arrival of the whole day; kept for ever, also after a transfer.
    let order: Int
    package internal(set) var stage = Stage.waiting
    package internal(set) var isInside = false
    /// Waits elsewhere until then.
    package internal(set) var awayUntil: Instant?
    /// The counter that has begun with it, or to which it was sent.
    package internal(set) var heldFor: Int?
    /// When it came back with what had to be corrected.
    package internal(set) var correctedAt: Instant?
    package internal(set) var calls = 0
    /// When it was called for the first time to the counter where it is.
    package internal(set) var calledAt: Instant?

    init(
        number: TicketNumber,
        line: LineKey,
        person: PersonKey,
        priority: PriorityReason?,
        appointment: Instant?,
        takenAt: Instant,
        order: Int
    ) {
        self.number = number
        self.line = line
        self.person = person
        self.priority = priority
        self.appointment = appointment
        self.takenAt = takenAt
        self.order = order
    }

    /// Still to be served.
    package var isActive: Bool {
        switch stage {
        case .waiting, .called, .serving, .correcting: true
        case .missed, .finished, .gaveUp, .unserved: false
        }
    }

    /// The counter its holder stands at or was called to.
    package var counter: Int? {
        switch stage {
        case .called(let counter, _), .serving(let counter, _): counter
        case .waiting, .correcting, .missed, .finished, .gaveUp, .unserved: nil
        }
    }

    func isAway(at now: Instant) -> Bool { awayUntil.map { $0 > now } ?? false }
}

/// Who comes before whom. The same rule decides who is called and who may enter.
struct Turn: Comparable {
    private let rank: Int
    private let time: Int
    private let order: Int

    /// An appointment goes first from its time on, if its holder came in time; then whoever comes back corrected;
    /// then priority; then the order of arrival. Until its time an appointment queues like everybody, so that having
    /// one never makes anybody wait longer.
    init(_ ticket: Ticket, at now: Instant, grace: Int) {
        order = ticket.order
        if let appointment = ticket.appointment, now >= appointment, ticket.takenAt <= appointment + .minutes(grace) {
            (rank, time) = (0, appointment.milliseconds)
        } else if let corrected = ticket.correctedAt {
            (rank, time) = (1, corrected.milliseconds)
        } else {
            (rank, time) = (ticket.priority == nil ? 3 : 2, 0)
        }
    }

    /// Before those who came earlier.
    var hasPrecedence: Bool { rank < 3 }

    static func < (left: Turn, right: Turn) -> Bool {
        (left.rank, left.time, left.order) < (right.rank, right.time, right.order)
    }
}

/// A counter as it is now.
package struct Counter: Codable, Hashable, Sendable {
    package enum State: String, Codable, Sendable { case open, paused, closed }

    package internal(set) var state: State
    package internal(set) var lines: [LineKey]
    /// When it will go on, if its officer has said so.
    package internal(set) var pausedUntil: Instant?
    /// Whom it has called or serves.
    package internal(set) var visitor: TicketNumber?
    /// Whom it has called last, for the display.
    package internal(set) var lastCalled: TicketNumber?
}
