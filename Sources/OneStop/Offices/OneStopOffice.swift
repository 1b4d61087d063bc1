package import Kernel
package import Persistence
package import Web

/// An office that receives people: the history of how it is set up. Its ID is that of the agency.
package struct OneStopOffice: Aggregate {
    package static let category = "one-stop-office/"

    package enum Command: Sendable {
        case addSessions([ReceptionSession], by: OfficeAuthority)
        case removeSession(ID<ReceptionSession>, by: OfficeAuthority)
        case addCounter(ServiceCounter, by: OfficeAuthority)
        case removeCounter(ID<ServiceCounter>, by: OfficeAuthority)
        case setServiceTime(field: String, minutes: Int, by: OfficeAuthority)
        /// What the counters have measured is not to change what was declared.
        case pinServiceTime(field: String, by: OfficeAuthority)
        case releaseServiceTime(field: String, by: OfficeAuthority)
        /// How many people are expected before any are counted; nil takes it back.
        case declareVisitors(DeclaredVisitors?, by: OfficeAuthority)
        /// What the last days say, told at the end of each.
        case measure([ServiceMeasurement])
        case setHall(OfficeHall, by: OfficeAuthority)
        case setRules(BookingRules, by: OfficeAuthority)
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case sessionAdded(session: ReceptionSession)
        case sessionRemoved(session: ID<ReceptionSession>)
        case counterAdded(counter: ServiceCounter)
        case counterRemoved(counter: ID<ServiceCounter>)
        case serviceTimeSet(field: String, minutes: Int, isMeasured: Bool)
        case serviceTimeMeasured(field: String, minutes: Int, before: Int, visits: Int, since: LocalDate)
        case serviceTimePinned(field: String)
        case serviceTimeReleased(field: String)
        case visitorsDeclared(visitors: DeclaredVisitors)
        case visitorsWithdrawn
        case hallSet(hall: OfficeHall)
        case rulesSet(rules: BookingRules)
    }

    package enum Refusal: Error, Equatable {
        case notYourOffice
        case notYourRole(needed: Role)
        case sessionsOverlap(weekday: Int)
        case noSuchSession
        case counterNameTaken
        case noSuchCounter
        case noDeclaredTime
    }

    package private(set) var model = OfficeModel()

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .addSessions(let sessions, let authority):
            try authority.requireSetUp()
            var all = model.sessions
            for session in sessions {
                // Two sessions at once would count the same counters twice.
                guard
                    !all.contains(where: {
                        $0.weekday == session.weekday && $0.hours.start < session.hours.end
                            && session.hours.start < $0.hours.end
                    })
                else { throw .sessionsOverlap(weekday: session.weekday) }
                all.append(session)
            }
            return sessions.map { .sessionAdded(session: $0) }

        case .removeSession(let id, let authority):
            try authority.requireSetUp()
            guard model.sessions.contains(where: { $0.id == id }) else { throw .noSuchSession }
            return [.sessionRemoved(session: id)]

        case .addCounter(let counter, let authority):
            try authority.requireSetUp()
            guard !model.counters.contains(where: { $0.name == counter.name }) else { throw .counterNameTaken }
            return [.counterAdded(counter: counter)]

        case .removeCounter(let id, let authority):
            try authority.requireSetUp()
            guard model.counters.contains(where: { $0.id == id }) else { throw .noSuchCounter }
            return [.counterRemoved(counter: id)]

        case .setServiceTime(let field, let minutes, let authority):
            try authority.requireSetUp()
            return model.declaredMinutes[field] == minutes
                ? [] : [.serviceTimeSet(field: field, minutes: minutes, isMeasured: false)]

        case .pinServiceTime(let field, let authority):
            try authority.requireSetUp()
            guard model.declaredMinutes[field] != nil else { throw .noDeclaredTime }
            return model.pinnedFields.contains(field) ? [] : [.serviceTimePinned(field: field)]

        case .releaseServiceTime(let field, let authority):
            try authority.requireSetUp()
            return model.pinnedFields.contains(field) ? [.serviceTimeReleased(field: field)] : []

        case .declareVisitors(let visitors, let authority):
            try authority.requireSetUp()
            guard visitors != model.declaredVisitors else { return [] }
            return [visitors.map { .visitorsDeclared(visitors: $0) } ?? .visitorsWithdrawn]

        case .measure(let measurements):
            return measurements.filter { !model.pinnedFields.contains($0.field) }.compactMap { measured in
                let current = model.minutes(of: measured.field)
                return measured.minutes(from: current).map { minutes in
                    .serviceTimeMeasured(
                        field: measured.field,
                        minutes: minutes,
                        before: current,
                        visits: measured.visits,
                        since: measured.since
                    )
                }
            }

        case .setHall(let hall, let authority):
            try authority.requireSetUp()
            return hall == model.hall ? [] : [.hallSet(hall: hall)]

        case .setRules(let rules, let authority):
            try authority.requireSetUp()
            return rules == model.rules ? [] : [.rulesSet(rules: rules)]
        }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .sessionAdded(let session):
            model.sessions.append(session)
            model.sessions.sort { ($0.weekday, $0.hours.start) < ($1.weekday, $1.hours.start) }
        case .sessionRemoved(let id): model.sessions.removeAll { $0.id == id }
        case .counterAdded(let counter): model.counters.append(counter)
        case .counterRemoved(let id): model.counters.removeAll { $0.id == id }
        case .serviceTimeSet(let field, let minutes, let isMeasured):
            if isMeasured { model.measuredMinutes[field] = minutes } else { model.declaredMinutes[field] = minutes }
        case .serviceTimeMeasured(let field, let minutes, _, _, _): model.measuredMinutes[field] = minutes
        case .serviceTimePinned(let field): model.pinnedFields.insert(field)
        case .serviceTimeReleased(let field): model.pinnedFields.remove(field)
        case .visitorsDeclared(let visitors): model.declaredVisitors = visitors
        case .visitorsWithdrawn: model.declaredVisitors = nil
        case .hallSet(let hall): model.hall = hall
        case .rulesSet(let rules): model.rules = rules
        }
    }
}

/// In whose name somebody sets an office up.
package struct OfficeAuthority: Sendable, Hashable {
    package let agency: ID<Agency>
    let roles: Set<Role>
    /// The agency is the office itself, the agency whose office it is, or stands above them.
    let isAbove: Bool

    package init(agency: ID<Agency>, roles: Set<Role>, isAbove: Bool) {
        (self.agency, self.roles, self.isAbove) = (agency, roles, isAbove)
    }

    func requireSetUp() throws(OneStopOffice.Refusal) {
        guard isAbove else { throw .notYourOffice }
        guard !roles.isDisjoint(with: [.leader, .admin]) else { throw .notYourRole(needed: .leader) }
    }
}

extension OneStopOffice.Command: GivenCommand {
    package var givers: Actor.Kinds {
        switch self {
        case .measure: .system
        // The demonstration sets its offices up.
        case .addSessions, .removeSession, .addCounter, .removeCounter, .setServiceTime, .pinServiceTime,
            .releaseServiceTime, .declareVisitors, .setHall, .setRules:
            [.officer, .system]
        }
    }
}
