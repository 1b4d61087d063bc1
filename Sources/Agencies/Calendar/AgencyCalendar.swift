package import Kernel
package import Persistence

/// What one authority has decided of its working days and hours. Its stream bears the name of the agency.
///
/// The days that hold for the whole country are not here: they are a list that comes with the program.
package struct AgencyCalendar: Aggregate {
    package static let category = "calendar/"

    package enum Command: Sendable {
        case decide(CalendarDecision, as: ID<CalendarEntry>)
        case withdraw(ID<CalendarEntry>, reason: String)
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case dayOffDecided(
            entry: ID<CalendarEntry>,
            first: LocalDate,
            last: LocalDate,
            reason: String,
            document: LegalDocument
        )
        case workingDayDecided(
            entry: ID<CalendarEntry>,
            day: LocalDate,
            hours: [WorkingInterval],
            reason: String,
            document: LegalDocument
        )
        case weekDecided(
            entry: ID<CalendarEntry>,
            from: LocalDate,
            hours: WeeklyHours,
            reason: String,
            document: LegalDocument
        )
        case withdrawn(entry: ID<CalendarEntry>, reason: String)
    }

    package enum Refusal: Error, Equatable {
        case decidedBefore(first: LocalDate, document: LegalDocument)
        case noSuchEntry
        case withdrawnBefore
    }

    /// The decisions in force.
    package private(set) var standing: [ID<CalendarEntry>: CalendarDecision] = [:]
    private var withdrawn: Set<ID<CalendarEntry>> = []

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .decide(let decision, let entry):
            let earlier = standing.values.filter(decision.contradicts).min { $0.first < $1.first }
            if let earlier { throw .decidedBefore(first: earlier.first, document: earlier.document) }
            return [Event(decision, as: entry)]
        case .withdraw(let entry, let reason):
            guard !withdrawn.contains(entry) else { throw .withdrawnBefore }
            guard standing[entry] != nil else { throw .noSuchEntry }
            return [.withdrawn(entry: entry, reason: reason)]
        }
    }

    package mutating func evolve(_ event: Event) {
        if let decision = event.decision {
            standing[event.entry] = decision
        } else {
            standing[event.entry] = nil
            withdrawn.insert(event.entry)
        }
    }
}

extension AgencyCalendar.Event {
    fileprivate init(_ decision: CalendarDecision, as entry: ID<CalendarEntry>) {
        let (reason, document) = (decision.reason, decision.document)
        self =
            switch decision.change {
            case .dayOff(let first, let last):
                .dayOffDecided(entry: entry, first: first, last: last, reason: reason, document: document)
            case .workingDay(let day, let hours):
                .workingDayDecided(entry: entry, day: day, hours: hours, reason: reason, document: document)
            case .week(let from, let hours):
                .weekDecided(entry: entry, from: from, hours: hours, reason: reason, document: document)
            }
    }

    package var entry: ID<CalendarEntry> {
        switch self {
        case .dayOffDecided(let entry, _, _, _, _), .workingDayDecided(let entry, _, _, _, _),
            .weekDecided(let entry, _, _, _, _), .withdrawn(let entry, _):
            entry
        }
    }

    /// What was decided; nil for a withdrawal.
    package var decision: CalendarDecision? {
        switch self {
        case .dayOffDecided(_, let first, let last, let reason, let document):
            CalendarDecision(.dayOff(first: first, last: last), reason: reason, document: document)
        case .workingDayDecided(_, let day, let hours, let reason, let document):
            CalendarDecision(.workingDay(day: day, hours: hours), reason: reason, document: document)
        case .weekDecided(_, let from, let hours, let reason, let document):
            CalendarDecision(.week(from: from, hours: hours), reason: reason, document: document)
        case .withdrawn: nil
        }
    }
}

extension AgencyCalendar.Command: GivenCommand {
    package var givers: Actor.Kinds { .officer }
}
