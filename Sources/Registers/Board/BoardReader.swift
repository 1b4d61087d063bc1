package import DossierCore
package import Kernel
import Persistence

extension DossierBook {
    /// Beyond this a number on the board says only that there are more.
    package static let mostCounted = 1000
    /// How many agencies one statement asks about.
    private static let agenciesAtOnce = 50

    /// How many dossiers answer each question in each agency.
    package func boardCounts(of agencies: [ID<Agency>], at moments: BoardMoments) async throws
        -> [ID<Agency>: [BoardQuestion: Int]]
    {
        try await database.read { tx in
            var counts: [ID<Agency>: [BoardQuestion: Int]] = [:]
            for part in Self.parts(agencies) {
                for row in try tx.fetch(Self.union(part.map { Self.counts(of: $0, at: moments) })) {
                    var own: [BoardQuestion: Int] = [:]
                    for (index, question) in BoardQuestion.allCases.enumerated() {
                        own[question] = try row.int(index + 1)
                    }
                    counts[ID(rawValue: try row.text(0))] = own
                }
            }
            return counts
        }
    }

    private static func counts(of agency: ID<Agency>, at moments: BoardMoments) -> SQL {
        BoardQuestion.allCases.reduce("SELECT \(agency)") { statement, question in
            """
            \(statement), (SELECT COUNT(*) FROM (
                SELECT 1 FROM dossier d WHERE \(moments.condition(question, of: agency))
                ORDER BY \(question.column), d.id LIMIT \(mostCounted)
            ) AS x)
            """
        }
    }

    /// The dossiers of all `agencies` together that answer a question, the most pressing first.
    package func board(
        _ question: BoardQuestion,
        of agencies: [ID<Agency>],
        at moments: BoardMoments,
        after cursor: Cursor? = nil,
        limit: Int = 50
    ) async throws -> Listing<DossierRow> {
        let position: SQL = cursor.map { "AND (\(question.column), d.id) > (\($0.key), \($0.id))" } ?? ""
        let rows = try await database.read { tx in
            try Self.parts(agencies).flatMap { part in
                try tx.fetch(
                    Self.union(
                        part.map { agency in
                            """
                            SELECT * FROM (
                                SELECT \(DossierRow.columns) FROM dossier d
                                WHERE \(moments.condition(question, of: agency)) \(position)
                                ORDER BY \(question.column), d.id LIMIT \(limit + 1)
                            ) AS x
                            """
                        }
                    )
                ).map(DossierRow.init)
            }
        }
        // Each agency's are in order already; together they are no more than a page for each.
        let sorted = rows.sorted { left, right in
            let keys = (question.key(of: left)?.milliseconds ?? 0, question.key(of: right)?.milliseconds ?? 0)
            return (keys.0, left.id.rawValue) < (keys.1, right.id.rawValue)
        }
        return Listing(Array(sorted.prefix(limit + 1)), limit: limit) {
            Cursor(key: question.key(of: $0)?.milliseconds ?? 0, id: $0.id.rawValue)
        }
    }

    private static func parts(_ agencies: [ID<Agency>]) -> [[ID<Agency>]] {
        stride(from: 0, to: agencies.count, by: agenciesAtOnce).map { first in
            Array(agencies[first..<min(first + agenciesAtOnce, agencies.count)])
        }
    }

    private static func union(_ statements: [SQL]) -> SQL {
        statements.dropFirst().reduce(statements[0]) { "\($0) UNION ALL \($1)" }
    }
}
