import DossierCore
import Kernel
import Persistence
import Web

extension StaffBooks {
    /// Computes the rows of absences, rules of assignment and number series again from the log, and answers those that
    /// differ, at most `limit`. Whose turn it is to be given a dossier (`officer_turn`) is a hint and not compared.
    package func verify(limit: Int = 20) async throws -> [String] {
        Array(try await (absences.verify() + assignment.verify() + issues.verify()).prefix(limit))
    }

    /// The log of each `A`, and what `compare` finds of its rows.
    fileprivate static func compare<A: Aggregate>(
        _ type: A.Type,
        in book: (database: any Database, events: EventStore),
        _ compare: @escaping @Sendable (ID<A>, [Recorded<A.Event>], borrowing Transaction) throws -> [String]
    ) async throws -> [String] {
        var differences: [String] = []
        var last: ID<A>?
        while true {
            let after = last
            let (end, found) = try await book.database.read { [events = book.events] tx in
                let ids = try events.streams(of: type, after: after, limit: 200, in: tx)
                var found: [String] = []
                for id in ids { found += try compare(id, try events.history(of: id, in: tx), tx) }
                return (ids.last, found)
            }
            differences += found
            guard let end else { return differences }
            last = end
        }
    }

    /// What stands on one side only.
    fileprivate static func difference(_ expected: [String], _ stored: [String], _ what: String) -> [String] {
        Set(expected).symmetricDifference(stored).sorted().map { "\(what) \($0)" }
    }
}

extension AbsenceBook {
    fileprivate func verify() async throws -> [String] {
        let differences = try await StaffBooks.compare(Absence.self, in: (database, events)) { id, history, tx in
            var expected = ""
            var endedAt: Instant?
            for recorded in history {
                switch recorded.event {
                case .recorded(let officer, let agency, let from, let until, let deputy, let roles, let document):
                    let author = if case .officer(let id) = recorded.circumstances.actor { id.rawValue } else { "" }
                    let recordedAt = recorded.circumstances.at.milliseconds
                    expected =
                        "\(agency.rawValue) \(officer.rawValue) \(deputy?.rawValue ?? "-") \(roles.map(\.rawValue)) "
                        + "\(document ?? "-") \(from.rawValue) \(until.rawValue) \(author) \(recordedAt)"
                case .endedEarly: endedAt = recorded.circumstances.at
                }
            }
            expected += " \(endedAt?.milliseconds ?? -1)"
            let stored = try tx.fetch(
                """
                SELECT agency, officer, deputy, roles, document, from_day, until_day, author, recorded_at, ended_at
                FROM absence WHERE id = \(id)
                """
            ).first.map { row in
                "\(try row.text(0)) \(try row.text(1)) \(try row.optionalText(2) ?? "-") "
                    + "\(try row.text(3).split(separator: " ").map(String.init)) \(try row.optionalText(4) ?? "-") "
                    + "\(try row.text(5)) \(try row.text(6)) \(try row.text(7)) \(try row.int(8)) "
                    + "\(try row.optionalInt(9) ?? -1)"
            }
            return stored == expected ? [] : ["absence \(id.rawValue): its row is missing or another"]
        }
        let strays = try await database.read { tx in
            try tx.fetch(
                """
                SELECT a.id FROM absence a WHERE NOT EXISTS (
                    SELECT 1 FROM event e WHERE e.stream = \(Absence.category) || a.id AND e.version = 1
                ) ORDER BY a.id
                """
            ).map { "absence \(try $0.text(0)): it has no history" }
        }
        return differences + strays
    }
}

extension AssignmentBook {
    fileprivate func verify() async throws -> [String] {
        let differences = try await StaffBooks.compare(AssignmentRules.self, in: (database, events)) {
            id,
            history,
            tx in
            let rules = AssignmentRules(replaying: history.map(\.event)).rules
            let expected = rules.map { "\($0.role.rawValue) \($0.scope.text) \($1.text)" }
            let stored = try tx.fetch(
                "SELECT role, scope, way FROM assignment_rule WHERE agency = \(id) ORDER BY role, scope"
            ).map { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.text(2))" }
            return StaffBooks.difference(expected, stored, "rule of assignment \(id.rawValue)")
        }
        return try await differences
            + database.read { tx in
                try agenciesWithoutHistory(in: "assignment_rule", AssignmentRules.category, tx)
            }
    }
}

/// Agencies with rows in `table` that no log of `category` tells of.
private func agenciesWithoutHistory(in table: SQL, _ category: String, _ tx: borrowing Transaction) throws -> [String] {
    try tx.fetch(
        """
        SELECT DISTINCT r.agency FROM \(table) r WHERE NOT EXISTS (
            SELECT 1 FROM event e WHERE e.stream = \(category) || r.agency AND e.version = 1
        ) ORDER BY r.agency
        """
    ).map { "\(category)\(try $0.text(0)): rows without history" }
}

extension IssueBook {
    /// Patterns and series; the numbers of single results are compared with their dossiers.
    fileprivate func verify() async throws -> [String] {
        let differences = try await StaffBooks.compare(NumberPatterns.self, in: (database, events)) {
            id,
            history,
            tx in
            let patterns = NumberPatterns(replaying: history.map(\.event))
            let expected = patterns.patterns.map { "\($0 ?? "") \($1.rawValue)" }
            let stored = try tx.fetch(
                "SELECT procedure_code, pattern FROM number_pattern WHERE agency = \(id) ORDER BY procedure_code"
            ).map { "\(try $0.text(0)) \(try $0.text(1))" }
            return StaffBooks.difference(expected, stored, "number pattern \(id.rawValue)")
        }
        return try await differences
            + database.read { tx in
                try agenciesWithoutHistory(in: "number_pattern", NumberPatterns.category, tx) + gaps(in: tx)
            }
    }

    /// A series holds every number from its first to its last.
    private func gaps(in tx: borrowing Transaction) throws -> [String] {
        var begun: [String: [NumberPatterns.Series: Int]] = [:]
        return try tx.fetch(
            """
            SELECT s.agency, s.year, s.pattern, s.last,
                (SELECT COUNT(*) FROM issued_result r
                    WHERE r.agency = s.agency AND r.year = s.year AND r.pattern = s.pattern) AS issued,
                (SELECT MAX(r.number) FROM issued_result r
                    WHERE r.agency = s.agency AND r.year = s.year AND r.pattern = s.pattern) AS highest
            FROM issue_series s ORDER BY s.agency, s.year, s.pattern
            """
        ).compactMap { row in
            let agency = try row.text(0)
            if begun[agency] == nil {
                let events = try events.history(of: ID<NumberPatterns>(rawValue: agency), in: tx).map(\.event)
                begun[agency] = NumberPatterns(replaying: events).begun
            }
            let series = NumberPatterns.Series(pattern: NumberPattern(stored: try row.text(2)), year: try row.int(1))
            let first = begun[agency]?[series] ?? 1
            let last = try row.int(3)
            let isWhole = try row.int(4) == last - first + 1 && (row.optionalInt(5) ?? first - 1) == last
            return isWhole
                ? nil : "number series \(agency) \(series.year) \(series.pattern.rawValue): a number is missing"
        }
    }
}
