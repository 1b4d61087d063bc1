package import Kernel
package import Persistence
import Web

/// The letters that an agency sends about a dossier. Each kind has a series of numbers of its own in every agency and
/// year, as every outgoing paper has: the dossier's running number says nothing about how many letters were written.
package enum Letters {
    package static let migrations = [
        Migration(
            "letters-0.3",
            """
            CREATE TABLE letter_series (
                agency \(SQL.key) NOT NULL, year BIGINT NOT NULL, kind \(SQL.key) NOT NULL, last BIGINT NOT NULL,
                PRIMARY KEY (agency, year, kind)
            )
            """,
            // By the version of the event that called for the letter.
            """
            CREATE TABLE letter (
                dossier \(SQL.key) NOT NULL, version BIGINT NOT NULL, agency \(SQL.key) NOT NULL, year BIGINT NOT NULL,
                kind \(SQL.key) NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (dossier, version)
            )
            """,
            "CREATE UNIQUE INDEX letter_by_number ON letter (agency, year, kind, number)"
        )
    ]

    /// Gives every letter that the new events call for its number, in the transaction that writes them: what does not
    /// happen uses no number.
    static func number(_ change: Change<Dossier>, in tx: borrowing Transaction) throws {
        guard let filing = change.state.filing else { return }
        for recorded in change.events {
            guard let kind = recorded.event.letter else { continue }
            let year = recorded.circumstances.at.localDate.civil.year
            let last = try tx.fetch(
                """
                INSERT INTO letter_series (agency, year, kind, last) VALUES (\(filing.agency), \(year), \(kind), 1)
                ON CONFLICT (agency, year, kind) DO UPDATE SET last = letter_series.last + 1 RETURNING last
                """
            ).first?.int(0)
            guard let last else { throw TransactionIsLost() }
            try tx.execute(
                """
                INSERT INTO letter (dossier, version, agency, year, kind, number)
                VALUES (\(change.id), \(recorded.version), \(filing.agency), \(year), \(kind), \(last))
                """
            )
        }
    }

    /// The numbers of a dossier's letters by the version of their event.
    package static func of(_ dossier: ID<Dossier>, in tx: borrowing Transaction) throws -> [Int: Int] {
        let rows = try tx.fetch("SELECT version, number FROM letter WHERE dossier = \(dossier)")
        return Dictionary(try rows.map { (try $0.int(0), try $0.int(1)) }, uniquingKeysWith: { first, _ in first })
    }
}

extension Dossier.Event {
    /// The kind of letter that it calls for, by which the letter is numbered.
    fileprivate var letter: String? { happening.printable.lazy.compactMap(\.letter).first }
}

extension DossierPaper {
    /// What stands behind the number of a letter; nil for papers that go to nobody by themselves.
    package var letter: String? {
        switch self {
        case .supplementRequest: "HDHS"
        case .refusal: "TCHS"
        case .apology: "XLHS"
        case .lateApology: "TXL"
        case .stopNotice: "TBDGQ"
        case .proof, .receipt, .controlSlip: nil
        }
    }
}

extension DossierBook {
    /// Letters that the log calls for and that have no number although later ones of their dossier have, and numbers
    /// without their letter: one line for each.
    package func verifyLetters() async throws -> [String] {
        let rows = try await database.read { tx in
            try tx.fetch("SELECT dossier, version, kind FROM letter ORDER BY dossier, version").map { row in
                (ID<Dossier>(rawValue: try row.text(0)), try row.int(1), try row.text(2))
            }
        }
        var faults: [String] = []
        for (dossier, letters) in Dictionary(grouping: rows, by: \.0) {
            let history: [Recorded<Dossier.Event>] = try await events.history(of: dossier)
            let called = Dictionary(
                history.compactMap { recorded in recorded.event.letter.map { (recorded.version, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
            for (_, version, kind) in letters where called[version] != kind {
                faults.append("\(dossier.rawValue): event \(version) is no letter \(kind)")
            }
            let first = letters.map(\.1).min() ?? 0
            for (version, kind) in called where version > first && !letters.contains(where: { $0.1 == version }) {
                faults.append("\(dossier.rawValue): the letter \(kind) of event \(version) has no number")
            }
        }
        return faults.sorted()
    }
}
