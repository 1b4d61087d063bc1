package import DossierCore
package import Kernel
package import Persistence
package import Web

/// Days on which an officer is away, with the colleague who stands in (người thay thế) and the roles that go with it.
/// A leader's role is lent by a document only (ủy quyền ký). It ends by itself after the last day.
package struct Absence: Aggregate {
    package static let category = "absence/"

    /// Who is away, when, and who stands in.
    package struct Plan: Sendable {
        package var absent: ID<Officer>
        package var absentRoles: Set<Role>
        package var from: LocalDate
        package var until: LocalDate
        package var deputy: ID<Officer>?
        package var deputyRoles: Set<Role>
        /// The deputy will be away on one of the days.
        package var deputyIsAway: Bool
        package var roles: Set<Role>
        package var document: String?
    }

    package enum Command: Sendable {
        case record(by: ActingOfficer, plan: Plan, today: LocalDate)
        case end(by: ActingOfficer, today: LocalDate)
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case recorded(
            officer: ID<Officer>,
            agency: ID<Agency>,
            from: LocalDate,
            until: LocalDate,
            deputy: ID<Officer>?,
            roles: [Role],
            document: String?
        )
        case endedEarly
    }

    package enum Refusal: Error, Equatable {
        case alreadyRecorded, notFound, notYours, endsBeforeItBegins, hasPassed, tooLong, deputyIsAbsent, deputyIsAway,
            noRoleChosen, over
        case notTheirRole(Role)
        case leadersOnly(Role)
        case documentNeeded
    }

    /// The roles in which work on dossiers is done; supervising and keeping accounts are not lent.
    package static let lendable: [Role] = [.reception, .caseOfficer, .leader, .clerk, .returns]
    static let longest = 366

    private(set) var officer: ID<Officer>?
    private(set) var agency: ID<Agency>?
    private(set) var until: LocalDate?
    private(set) var isEnded = false

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .record(let author, let plan, let today):
            guard officer == nil else { throw .alreadyRecorded }
            let isLeader = author.roles.contains(.leader)
            guard isLeader || author.id == plan.absent else { throw .notYours }
            try check(plan, today: today)
            if let deputy = plan.deputy { try check(deputy, plan, isLeader: isLeader) }
            return [
                .recorded(
                    officer: plan.absent,
                    agency: author.agency,
                    from: plan.from,
                    until: plan.until,
                    deputy: plan.deputy,
                    roles: plan.deputy == nil ? [] : Role.allCases.filter(plan.roles.contains),
                    document: plan.document
                )
            ]
        case .end(let author, let today):
            guard let officer, let until, agency == author.agency else { throw .notFound }
            guard author.roles.contains(.leader) || author.id == officer else { throw .notYours }
            guard !isEnded, today <= until else { throw .over }
            return [.endedEarly]
        }
    }

    private func check(_ plan: Plan, today: LocalDate) throws(Refusal) {
        guard plan.from <= plan.until else { throw .endsBeforeItBegins }
        guard plan.until >= today else { throw .hasPassed }
        // What lasts longer is no absence any more: the dossiers are given to others and the roles taken away.
        guard plan.until <= plan.from.adding(days: Self.longest) else { throw .tooLong }
    }

    private func check(_ deputy: ID<Officer>, _ plan: Plan, isLeader: Bool) throws(Refusal) {
        guard deputy != plan.absent else { throw .deputyIsAbsent }
        guard !plan.roles.isEmpty else { throw .noRoleChosen }
        for role in Role.allCases where plan.roles.contains(role) {
            guard Self.lendable.contains(role), plan.absentRoles.contains(role) else { throw .notTheirRole(role) }
            // Nobody hands a colleague rights that the colleague was never given, unless a leader does.
            guard isLeader || plan.deputyRoles.contains(role) else { throw .leadersOnly(role) }
        }
        if plan.roles.contains(.leader), plan.document == nil { throw .documentNeeded }
        guard !plan.deputyIsAway else { throw .deputyIsAway }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .recorded(let officer, let agency, _, let until, _, _, _):
            (self.officer, self.agency, self.until) = (officer, agency, until)
        case .endedEarly: isEnded = true
        }
    }
}

extension Absence.Command: GivenCommand {
    package var givers: Actor.Kinds { .officer }
}
