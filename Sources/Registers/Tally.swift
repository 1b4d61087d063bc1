import Catalogue
package import DossierCore
package import Kernel
import Markup
package import Persistence
import Web

/// How many dossiers each agency took in, accepted, finished and returned on each day; follows from the log.
package struct Tally: Follower {
    package let name = "dossier-tally"
    package let beginning = FollowerBeginning.atTheStart
    package let categories: Set<String> = [Dossier.category]

    package init() {}

    package func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        var counts: [Key: Int] = [:]
        try Self.count(events, into: &counts, in: tx)
        for (key, count) in counts {
            try tx.execute(
                """
                INSERT INTO dossier_tally (day, agency, what, count)
                VALUES (\(key.day), \(key.agency), \(key.what), \(count))
                ON CONFLICT (day, agency, what) DO UPDATE SET count = dossier_tally.count + \(count)
                """
            )
        }
    }

    fileprivate struct Key: Hashable, Sendable {
        let day: LocalDate
        let agency: ID<Agency>
        let what: Counted
    }

    fileprivate static func count(
        _ events: [StoredEvent],
        into counts: inout [Key: Int],
        in tx: borrowing Transaction
    ) throws {
        let counted = try events.flatMap { stored -> [(ID<Dossier>, LocalDate, Counted, Int)] in
            guard let (id, recorded) = try stored.read(Dossier.self) else { return [] }
            let (happening, day) = (recorded.event.happening, recorded.circumstances.at.localDate)
            return (happening.counted.map { [(id, day, $0, 1)] } ?? [])
                + happening.uncounted.map { (id, day, $0, -1) }
        }
        guard !counted.isEmpty else { return }
        let rows = try tx.fetch("SELECT id, agency FROM dossier WHERE id IN \(list: Array(Set(counted.map(\.0))))")
        let agencies = Dictionary(
            try rows.map { (ID<Dossier>(rawValue: try $0.text(0)), ID<Agency>(rawValue: try $0.text(1))) },
            uniquingKeysWith: { first, _ in first }
        )
        for (id, day, what, count) in counted {
            guard let agency = agencies[id] else { continue }
            counts[Key(day: day, agency: agency, what: what), default: 0] += count
        }
    }
}

extension DossierBook {
    /// The whole installation's numbers of one day.
    package func tally(of day: LocalDate) async throws -> [Counted: Int] {
        try await database.read { tx in
            var counts: [Counted: Int] = [:]
            for row in try tx.fetch(
                "SELECT what, SUM(count) AS total FROM dossier_tally WHERE day = \(day) GROUP BY what"
            ) {
                guard let what = Counted(rawValue: try row.text(0)) else { continue }
                counts[what] = Int(try row.real(1))
            }
            return counts
        }
    }
}

extension DossierBook {
    /// Counts again what the follower has followed, and answers the numbers that differ, at most `limit`.
    package func verifyTally(limit: Int = 20) async throws -> [String] {
        let (stored, counted) = try await events.refollow(
            Tally(),
            rows: { tx in
                try tx.fetch("SELECT day, agency, what, count FROM dossier_tally").map { row in
                    (place: try (0...2).map { try row.text($0) }.joined(separator: " "), count: try row.int(3))
                }
            },
            into: [Tally.Key: Int]()
        ) { counts, events, tx in try Tally.count(events, into: &counts, in: tx) }
        var expected: [String: Int] = [:]
        for (key, count) in counted {
            expected["\(key.day.rawValue) \(key.agency.rawValue) \(key.what.rawValue)"] = count
        }
        let found = Dictionary(stored.map { ($0.place, $0.count) }, uniquingKeysWith: +)
        let places = Set(expected.keys).union(found.keys).sorted()
        return Array(
            places.filter { found[$0, default: 0] != expected[$0, default: 0] }.prefix(limit).map { place in
                "tally \(place): is \(found[place, default: 0]), should be \(expected[place, default: 0])"
            }
        )
    }
}

extension DossierBook {
    /// Today's numbers for the home page; nothing on a day without any.
    func todayPanel(_ office: Office) -> Panel<FrontPage> {
        Panel { _, say in
            let counts = try await tally(of: office.now.localDate)
            guard !counts.isEmpty else { return nil }
            let numbers = panel(say("Hôm nay", "Today")) {
                definitionList([
                    (say("Hồ sơ mới nộp", "Filed"), "\(counts[.filed] ?? 0)"),
                    (say("Đã tiếp nhận", "Accepted"), "\(counts[.accepted] ?? 0)"),
                    (say("Đã có kết quả", "Finished"), "\(counts[.finished] ?? 0)"),
                    (say("Đã trả", "Returned"), "\(counts[.returned] ?? 0)"),
                ])
            }
            return "<div class=\"numbers\">\(numbers)</div>"
        }
    }
}
