package import Agencies
import DossierCore
package import Kernel
package import Persistence

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One change of a calendar and how far the due dates that it touches have been counted anew.
package struct Recount: Sendable {
    package let begunAt: Instant
    package let isWithdrawal: Bool
    /// Open dossiers that were due on or after the first changed day when the change came.
    package let expected: Int
    package let seen: Int
    /// Those among them that have another date now.
    package let moved: Int
    package let finishedAt: Instant?
}

/// Writes down, for every change of a calendar, that due dates are to be counted anew.
///
/// The counting itself takes longer than one transaction may: `Recounter` does it, a few dossiers at a time.
package struct Recounts: Follower {
    package let name = "recount"
    /// What was decided before it ran for the first time moves due dates too, and one that stands already is not moved.
    package let beginning = FollowerBeginning.atTheStart
    package let categories: Set<String> = [AgencyCalendar.category]

    package init() {}

    package func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        for event in events {
            guard let (calendar, recorded) = try event.read(AgencyCalendar.self) else { continue }
            let entry = recorded.event.entry
            guard let decided = try CalendarBook.entry(entry, in: tx) else { continue }
            let decision = decided.decision
            var withdrawn: String?
            if case .withdrawn(_, let reason) = recorded.event { withdrawn = reason }
            let ground = RecountGround(
                entry: entry,
                document: decision.document,
                reason: decision.reason,
                withdrawn: withdrawn
            )
            let agency = ID<Agency>(rawValue: calendar.rawValue)
            let id = "\(calendar.rawValue)/\(recorded.version)"
            try tx.execute(
                """
                INSERT INTO recount (id, agency, entry, first_day, ground, begun_at, expected, seen, moved)
                VALUES (\(id), \(agency), \(entry), \(decision.first),
                    \(try Self.text(ground)), \(recorded.circumstances.at),
                    \(try expected(agency, from: decision.first, in: tx)), 0, 0)
                ON CONFLICT (id) DO NOTHING
                """
            )
        }
    }

    private func expected(_ agency: ID<Agency>, from first: LocalDate, in tx: borrowing Transaction) throws -> Int {
        guard let path = try tx.fetch("SELECT path FROM agency WHERE id = \(agency)").first?.text(0) else { return 0 }
        let below = AgencyPath(rawValue: path).contains("d.agency")
        return try tx.fetch(
            "SELECT COUNT(*) FROM dossier d WHERE \(below) AND d.open_due >= \(first.beginning)"
        )[0].int(0)
    }

    static func text(_ ground: RecountGround) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(ground), as: UTF8.self)
    }

    static func ground(from text: String) throws -> RecountGround {
        try JSONDecoder().decode(RecountGround.self, from: Data(text.utf8))
    }
}

extension LocalDate {
    /// Midnight in Việt Nam.
    var beginning: Instant { Instant(LocalMinute(date: self, minuteOfDay: 0)) }
}

extension DossierBook {
    /// What an entry of a calendar has done to due dates: when it was entered, and when it was withdrawn.
    package func recounts(of entry: ID<CalendarEntry>) async throws -> [Recount] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT begun_at, ground, expected, seen, moved, finished_at FROM recount
                WHERE entry = \(entry) ORDER BY begun_at, id
                """
            ).map { row in
                Recount(
                    begunAt: Instant(milliseconds: try row.int(0)),
                    isWithdrawal: try Recounts.ground(from: try row.text(1)).withdrawn != nil,
                    expected: try row.int(2),
                    seen: try row.int(3),
                    moved: try row.int(4),
                    finishedAt: try row.optionalInt(5).map(Instant.init(milliseconds:))
                )
            }
        }
    }
}
