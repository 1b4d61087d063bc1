package import DossierCore
package import Kernel
package import Persistence
package import Web

/// The books in which agencies keep who is away, who gets what, and how results are numbered.
package struct StaffBooks: Staff {
    package let absences: AbsenceBook
    package let assignment: AssignmentBook
    package let issues: IssueBook

    package init(database: any Database) {
        let events = EventStore(database: database)
        absences = AbsenceBook(database: database, events: events)
        assignment = AssignmentBook(database: database, events: events)
        issues = IssueBook(database: database, events: events)
    }

    package func standIns(of deputy: ID<Officer>, in agency: ID<Agency>, on day: LocalDate) async throws -> [StandIn] {
        try await absences.standIns(of: deputy, in: agency, on: day)
    }

    package func assigner(
        among colleagues: [Colleague],
        of agency: ID<Agency>,
        on day: LocalDate,
        field: @escaping @Sendable (String) -> String?
    ) async throws -> any Assigning {
        let away = try await absences.away(from: agency, on: day)
        return Assigner(present: colleagues.filter { !away.contains($0.id) }, field: field)
    }

    package func remember(_ change: Change<Dossier>, in tx: borrowing Transaction) throws {
        try Assigner.remember(change, in: tx)
    }

    package func nextNumber(
        for filing: Filing,
        _ dossier: ID<Dossier>,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> String { try IssueBook.next(for: filing, dossier, at: now, in: tx) }

    package func numbers(of dossier: ID<Dossier>, in tx: borrowing Transaction) throws -> [(number: String, year: Int)]
    {
        try tx.fetch("SELECT pattern, number, year FROM issued_result WHERE dossier = \(dossier)").map {
            (NumberPattern(stored: try $0.text(0)).number(try $0.int(1)), try $0.int(2))
        }
    }
}
