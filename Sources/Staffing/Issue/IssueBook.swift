package import DossierCore
package import Kernel
package import Persistence
import Web

/// The book of what an agency has issued (sổ văn bản đi), as far as it is results of dossiers: the patterns of its
/// numbers, and the series that leave no number out.
package struct IssueBook: Sendable {
    let database: any Database
    let events: EventStore

    package struct Pattern: Sendable, Equatable {
        package let procedure: String?
        package let pattern: NumberPattern
    }

    package struct Series: Sendable, Equatable {
        package let pattern: NumberPattern
        package let last: Int
        /// It has given a number; otherwise the next one is `last + 1` all the same.
        package let hasIssued: Bool
    }

    /// Sets or takes away a pattern of the author's agency.
    package func perform(_ command: NumberPatterns.Command, of agency: ID<Agency>, _ circumstances: Circumstances)
        async throws
    {
        try await events.perform(command, on: Self.id(agency), circumstances) { change, tx in
            try Self.project(change, of: agency, in: tx)
        }
    }

    /// Lets a series of the year go on where a book on paper ended, as long as it has given no number here.
    package func begin(
        _ pattern: NumberPattern,
        with first: Int,
        by author: ActingOfficer,
        _ circumstances: Circumstances
    ) async throws {
        let agency = author.agency
        let series = NumberPatterns.Series(pattern: pattern, year: circumstances.at.localDate.civil.year)
        try await events.transaction { tx in
            // Locks the series, so that nobody gets a number meanwhile.
            try tx.execute(
                """
                INSERT INTO issue_series (agency, year, pattern, last) VALUES (\(agency), \(series.year), \(pattern), 0)
                ON CONFLICT (agency, year, pattern) DO UPDATE SET last = issue_series.last
                """
            )
            let issued = try tx.fetch(
                """
                SELECT 1 FROM issued_result WHERE agency = \(agency) AND year = \(series.year) AND pattern = \(pattern) LIMIT 1
                """
            )
            let command = NumberPatterns.Command.begin(
                by: author,
                series: series,
                first: first,
                hasIssued: !issued.isEmpty
            )
            try events.perform(command, on: Self.id(agency), circumstances, in: tx) { change, tx in
                try Self.project(change, of: agency, in: tx)
            }
        }
    }

    private static func id(_ agency: ID<Agency>) -> ID<NumberPatterns> { ID(rawValue: agency.rawValue) }

    private static func project(_ change: Change<NumberPatterns>, of agency: ID<Agency>, in tx: borrowing Transaction)
        throws
    {
        for recorded in change.events {
            switch recorded.event {
            case .patternSet(let procedure, let pattern):
                try tx.execute(
                    """
                    INSERT INTO number_pattern (agency, procedure_code, pattern)
                    VALUES (\(agency), \(procedure ?? ""), \(pattern))
                    ON CONFLICT (agency, procedure_code) DO UPDATE SET pattern = \(pattern)
                    """
                )
            case .patternRemoved(let procedure):
                try tx.execute(
                    "DELETE FROM number_pattern WHERE agency = \(agency) AND procedure_code = \(procedure)"
                )
            case .seriesBegun(let series, let first):
                try tx.execute(
                    """
                    UPDATE issue_series SET last = \(first - 1)
                    WHERE agency = \(agency) AND year = \(series.year) AND pattern = \(series.pattern)
                    """
                )
            }
        }
    }

    /// The patterns of an agency, that of everything first; the standard one where none was set.
    package func patterns(of agency: ID<Agency>) async throws -> [Pattern] {
        let set = try await database.read { tx in
            try tx.fetch(
                "SELECT procedure_code, pattern FROM number_pattern WHERE agency = \(agency) ORDER BY procedure_code"
            ).map { row in
                let code = try row.text(0)
                return Pattern(
                    procedure: code.isEmpty ? nil : code,
                    pattern: NumberPattern(stored: try row.text(1))
                )
            }
        }
        return set.first?.procedure == nil && !set.isEmpty ? set : [Pattern(procedure: nil, pattern: .standard)] + set
    }

    /// The series of a year with the number that each has given last.
    package func series(of agency: ID<Agency>, year: Int) async throws -> [Series] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT s.pattern, s.last, EXISTS (
                    SELECT 1 FROM issued_result r
                    WHERE r.agency = s.agency AND r.year = s.year AND r.pattern = s.pattern
                ) AS begun FROM issue_series s WHERE s.agency = \(agency) AND s.year = \(year) ORDER BY s.pattern
                """
            ).map { row in
                Series(
                    pattern: NumberPattern(stored: try row.text(0)),
                    last: try row.int(1),
                    hasIssued: try row.bool("begun")
                )
            }
        }
    }

    package func history(of agency: ID<Agency>) async throws -> [Recorded<NumberPatterns.Event>] {
        try await events.history(of: ID<NumberPatterns>(rawValue: agency.rawValue))
    }

    /// The next number of the series to which the dossier's result belongs.
    ///
    /// It is taken in the transaction that issues the result: if that does not happen, the number is not used, so a
    /// series has no gaps. Until the commit nobody else gets a number of the series; clerks are few.
    static func next(for filing: Filing, _ dossier: ID<Dossier>, at now: Instant, in tx: borrowing Transaction) throws
        -> String
    {
        let patterns = try tx.fetch(
            """
            SELECT pattern FROM number_pattern
            WHERE agency = \(filing.agency) AND procedure_code IN ('', \(filing.procedure))
            ORDER BY procedure_code DESC LIMIT 1
            """
        )
        let pattern = try patterns.first.map { NumberPattern(stored: try $0.text(0)) } ?? .standard
        let year = now.localDate.civil.year
        let last = try tx.fetch(
            """
            INSERT INTO issue_series (agency, year, pattern, last) VALUES (\(filing.agency), \(year), \(pattern), 1)
            ON CONFLICT (agency, year, pattern) DO UPDATE SET last = issue_series.last + 1 RETURNING last
            """
        ).first?.int(0)
        guard let last else { throw TransactionIsLost() }
        try tx.execute(
            """
            INSERT INTO issued_result (agency, year, pattern, number, dossier)
            VALUES (\(filing.agency), \(year), \(pattern), \(last), \(dossier))
            """
        )
        return pattern.number(last)
    }
}
