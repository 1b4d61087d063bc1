import DossierCore
package import Kernel
package import Persistence
package import Web

/// Keeps the rules by which an agency gives out its work.
package struct AssignmentBook: Sendable {
    let database: any Database
    let events: EventStore

    package struct Rule: Sendable, Equatable {
        package let role: Role
        package let scope: AssignmentRules.Scope
        package let way: AssignmentRules.Way
    }

    /// Sets or takes away a rule of the author's agency.
    package func perform(
        _ command: AssignmentRules.Command,
        of agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws {
        try await events.perform(command, on: ID<AssignmentRules>(rawValue: agency.rawValue), circumstances) {
            change,
            tx in
            for recorded in change.events {
                switch recorded.event {
                case .ruleSet(let role, let scope, let way):
                    try tx.execute(
                        """
                        INSERT INTO assignment_rule (agency, role, scope, way)
                        VALUES (\(agency), \(role), \(scope.text), \(way.text))
                        ON CONFLICT (agency, role, scope) DO UPDATE SET way = \(way.text)
                        """
                    )
                case .ruleRemoved(let role, let scope):
                    try tx.execute(
                        """
                        DELETE FROM assignment_rule
                        WHERE agency = \(agency) AND role = \(role) AND scope = \(scope.text)
                        """
                    )
                }
            }
        }
    }

    /// The rules of an agency in the order of their roles, the narrowest first.
    package func rules(of agency: ID<Agency>) async throws -> [Rule] {
        try await database.read { tx in
            try tx.fetch(
                "SELECT role, scope, way FROM assignment_rule WHERE agency = \(agency) ORDER BY role, scope"
            ).compactMap { row in
                guard let scope = AssignmentRules.Scope(text: try row.text(1)),
                    let way = AssignmentRules.Way(text: try row.text(2))
                else { return nil }
                return Rule(role: try row.value(0), scope: scope, way: way)
            }
        }
    }

    /// How the rules came to be, oldest first.
    package func history(of agency: ID<Agency>) async throws -> [Recorded<AssignmentRules.Event>] {
        try await events.history(of: ID<AssignmentRules>(rawValue: agency.rawValue))
    }
}
