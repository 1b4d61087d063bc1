package import DossierCore
package import Kernel
import Persistence

/// Where the register goes on: the agency whose book is open, and the last line that was read in it.
package struct RegisterPlace: Hashable, Sendable {
    package let agency: ID<Agency>
    package let key: Int
    package let dossier: ID<Dossier>

    init(agency: ID<Agency>, key: Int, dossier: ID<Dossier>) {
        (self.agency, self.key, self.dossier) = (agency, key, dossier)
    }

    /// Reads `1637654400000-01abc…-h26-doi-can`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 2)
        guard parts.count == 3, let key = InstantNumber(typed: parts[0])?.number, text.utf8.count <= 200 else {
            return nil
        }
        self.init(agency: ID(rawValue: String(parts[2])), key: key, dossier: ID(rawValue: String(parts[1])))
    }

    package var text: String { "\(key)-\(dossier.rawValue)-\(agency.rawValue)" }
}

/// Some lines of the register, and where the rest begins.
package struct RegisterPart: Sendable {
    package let entries: [RegisterEntry]
    package let next: RegisterPlace?
}

/// How many dossiers of each kind a part of the register holds.
///
/// As report II.06a/VPCP/KSTT counts: everything is solved or open, what is solved was solved early, on time or late.
package struct RegisterTotals: Equatable, Sendable, Encodable {
    package var all = 0
    package var online = 0
    package var post = 0
    package var counter = 0
    /// Ended with or without a result. One that ended without counts as on time.
    package var solved = 0
    /// On an earlier day than promised.
    package var solvedEarly = 0
    package var solvedOnTime = 0
    package var solvedLate = 0
    package var open = 0
    package var openInTime = 0
    package var openLate = 0
    /// Entered by mistake in the same period: no dossiers, and in none of the other numbers.
    package var cancelled = 0

    package init() {}

    package static func + (left: RegisterTotals, right: RegisterTotals) -> RegisterTotals {
        var sum = left
        for part in parts { sum[keyPath: part] += right[keyPath: part] }
        return sum
    }

    private static var parts: [WritableKeyPath<RegisterTotals, Int>] {
        [
            \.all, \.online, \.post, \.counter, \.solved, \.solvedEarly, \.solvedOnTime, \.solvedLate, \.open,
            \.openInTime, \.openLate, \.cancelled,
        ]
    }
}

extension DossierBook {
    /// The registers of `agencies`, one book after the other, each in the order of the days that the filter is about.
    package func register(
        _ filter: RegisterFilter,
        of agencies: [ID<Agency>],
        now: Instant,
        after place: RegisterPlace? = nil,
        limit: Int = 50
    ) async throws -> RegisterPart {
        try await database.read { tx in
            var entries: [RegisterEntry] = []
            let first = place.flatMap { place in agencies.firstIndex(of: place.agency) } ?? 0
            for agency in agencies[first...] where entries.count <= limit {
                let here = place?.agency == agency ? place : nil
                let column = filter.basis.column
                let position: SQL = here.map { "AND (\(column), d.id) > (\($0.key), \($0.dossier))" } ?? ""
                entries += try tx.fetch(
                    """
                    SELECT \(RegisterEntry.columns) FROM dossier d
                    WHERE \(filter.condition(of: agency, now: now)) \(position)
                    ORDER BY \(column), d.id LIMIT \(limit + 1 - entries.count)
                    """
                ).map(RegisterEntry.init)
            }
            let shown = Array(entries.prefix(limit))
            guard entries.count > limit, let last = shown.last, let key = last.time(by: filter.basis) else {
                return RegisterPart(entries: shown, next: nil)
            }
            return RegisterPart(
                entries: shown,
                next: RegisterPlace(agency: last.agency, key: key.milliseconds, dossier: last.id)
            )
        }
    }

    /// Counts everything that the filter chooses; what was entered by mistake is counted apart.
    package func registerTotals(_ filter: RegisterFilter, of agencies: [ID<Agency>], now: Instant) async throws
        -> RegisterTotals
    {
        try await database.read { tx in
            try agencies.reduce(RegisterTotals()) { sum, agency in
                let isOne: SQL = "d.stage <> \(Stage.cancelled)"
                let isEnded: SQL = "d.box IN ('finished', 'closed')"
                let isLate = RegisterFilter.isLate(now)
                let row = try tx.fetch(
                    """
                    SELECT COUNT(CASE WHEN \(isOne) THEN 1 END),
                        COUNT(CASE WHEN \(isOne) AND d.channel = 'online' THEN 1 END),
                        COUNT(CASE WHEN \(isOne) AND d.channel = 'post' THEN 1 END),
                        COUNT(CASE WHEN \(isOne) AND \(isEnded) THEN 1 END),
                        COUNT(CASE WHEN \(isEnded) AND \(Self.day("d.finished_at")) < \(Self.day("d.due_at")) THEN 1 END),
                        COUNT(CASE WHEN \(isEnded) AND \(isLate) THEN 1 END),
                        COUNT(CASE WHEN NOT \(isEnded) AND \(isLate) THEN 1 END),
                        COUNT(CASE WHEN NOT \(isOne) THEN 1 END)
                    FROM dossier d WHERE \(filter.range(of: agency, now: now))
                    """
                ).first
                return sum + (try row.map(RegisterTotals.init) ?? RegisterTotals())
            }
        }
    }

    /// The day in Việt Nam, as a number.
    private static func day(_ instant: SQL) -> SQL { "(\(instant) + 25200000) / 86400000" }
}

extension RegisterTotals {
    fileprivate init(_ row: Row) throws {
        all = try row.int(0)
        online = try row.int(1)
        post = try row.int(2)
        counter = all - online - post
        solved = try row.int(3)
        solvedEarly = try row.int(4)
        solvedLate = try row.int(5)
        solvedOnTime = solved - solvedEarly - solvedLate
        open = all - solved
        openLate = try row.int(6)
        openInTime = open - openLate
        cancelled = try row.int(7)
    }
}
