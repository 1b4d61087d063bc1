package import Kernel
package import Markup
package import Persistence
package import Web

/// How many dossiers each agency took in, accepted, finished and returned on each day; follows from the log.
package struct Tally: Follower {
    package let name = "dossier-tally"

    package init() {}

    package static let migrations = [
        Migration(
            "dossier-tally-1",
            """
            CREATE TABLE dossier_tally (
                day \(SQL.key) NOT NULL, agency \(SQL.key) NOT NULL, what \(SQL.key) NOT NULL, count BIGINT NOT NULL,
                PRIMARY KEY (day, agency, what)
            )
            """
        )
    ]

    /// What is counted.
    package enum What: String, CaseIterable, Sendable { case filed, accepted, finished, returned }

    package func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        var counts: [Key: Int] = [:]
        for stored in events {
            guard let (id, recorded) = try stored.read(Dossier.self), let what = What(recorded.event) else { continue }
            guard let agency = try Self.agency(of: id, recorded.event, in: tx) else { continue }
            counts[Key(day: recorded.circumstances.at.localDate, agency: agency, what: what), default: 0] += 1
        }
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

    private struct Key: Hashable {
        let day: LocalDate
        let agency: ID<Agency>
        let what: What
    }

    private static func agency(of id: ID<Dossier>, _ event: Dossier.Event, in tx: borrowing Transaction) throws
        -> ID<Agency>?
    {
        if case .filed(let filing) = event { return filing.agency }
        return try tx.fetch("SELECT agency FROM dossier WHERE id = \(id)").first.map { ID(rawValue: try $0.text(0)) }
    }
}

extension Tally.What {
    fileprivate init?(_ event: Dossier.Event) {
        switch event {
        case .filed: self = .filed
        case .accepted: self = .accepted
        case .finished: self = .finished
        case .returned: self = .returned
        case .refused, .supplementRequested, .supplemented, .handedOver, .assigned, .obligationRequired, .obligationMet,
            .resultPrepared, .stepCompleted, .sentBack, .returnChosen, .withdrawalAsked, .withdrawalDeclined,
            .withdrawn,
            .stopped:
            return nil
        }
    }
}

extension DossierBook {
    /// The whole installation's numbers of one day.
    package func tally(of day: LocalDate) async throws -> [Tally.What: Int] {
        try await database.read { tx in
            var counts: [Tally.What: Int] = [:]
            for row in try tx.fetch(
                "SELECT what, SUM(count) AS total FROM dossier_tally WHERE day = \(day) GROUP BY what"
            ) {
                guard let what = Tally.What(rawValue: try row.text(0)) else { continue }
                counts[what] = Int(try row.real(1))
            }
            return counts
        }
    }
}

extension DossierBook {
    /// Today's numbers for the home page; nothing on a day without any.
    package func todayPanel(_ office: Office) -> @Sendable (AppContext) async throws -> HTML? {
        { context in
            let counts = try await tally(of: office.now.localDate)
            guard !counts.isEmpty else { return nil }
            let say = context.language
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
