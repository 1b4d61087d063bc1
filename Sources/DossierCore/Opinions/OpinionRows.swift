package import Kernel
import Persistence
import Web

/// The opinions that are waited for, as lists read them: one row for each, from the question to its end.
enum OpinionRows {
    /// Writes what a change of a dossier changed in the rows.
    static func update(after change: Change<Dossier>, in tx: borrowing Transaction) throws {
        guard let agency = change.state.filing?.agency, !change.state.opinions.isEmpty else { return }
        for recorded in change.events {
            switch recorded.event {
            case .opinion(.asked(let opinion, let officer, let asker, _, let day)):
                try tx.execute(
                    """
                    INSERT INTO dossier_opinion (opinion, dossier, agency, officer, asker, asked_at, answer_ends)
                    VALUES (\(opinion), \(change.id), \(agency), \(officer), \(asker), \(recorded.circumstances.at),
                        \(Opinion.end(of: day)))
                    """
                )
            case .opinion(.given(let opinion, _, _)), .opinion(.withdrawn(let opinion)):
                try tx.execute("DELETE FROM dossier_opinion WHERE opinion = \(opinion)")
            default: break
            }
        }
        if !change.state.stage.isOpen { try tx.execute("DELETE FROM dossier_opinion WHERE dossier = \(change.id)") }
    }

    /// One row, for comparing.
    private struct Line: Equatable {
        let opinion: ID<Opinion>
        let agency: ID<Agency>
        let officer: ID<Officer>
        let asker: ID<Officer>
        let askedAt: Instant
        let answerEnds: Instant
    }

    /// What is wrong with the rows of a dossier; nil where they follow from its history.
    static func difference(
        from history: [Recorded<Dossier.Event>],
        of id: ID<Dossier>,
        in tx: borrowing Transaction
    ) throws -> String? {
        let dossier = Dossier(replaying: history.map(\.event))
        guard let agency = dossier.filing?.agency else { return nil }
        var askedAt: [ID<Opinion>: Instant] = [:]
        for recorded in history {
            if case .opinion(.asked(let opinion, _, _, _, _)) = recorded.event {
                askedAt[opinion] = recorded.circumstances.at
            }
        }
        let expected = dossier.opinions.open.compactMap { opinion in
            askedAt[opinion.id].map { at in
                Line(
                    opinion: opinion.id,
                    agency: agency,
                    officer: opinion.officer,
                    asker: opinion.asker,
                    askedAt: at,
                    answerEnds: Opinion.end(of: opinion.answerBy)
                )
            }
        }
        let stored = try tx.fetch(
            """
            SELECT opinion, agency, officer, asker, asked_at, answer_ends FROM dossier_opinion
            WHERE dossier = \(id) ORDER BY opinion
            """
        ).map { row in
            Line(
                opinion: ID(rawValue: try row.text(0)),
                agency: ID(rawValue: try row.text(1)),
                officer: ID(rawValue: try row.text(2)),
                asker: ID(rawValue: try row.text(3)),
                askedAt: Instant(milliseconds: try row.int(4)),
                answerEnds: Instant(milliseconds: try row.int(5))
            )
        }
        let isRight = stored == expected.sorted { $0.opinion.rawValue < $1.opinion.rawValue }
        return isRight ? nil : "the opinions that are waited for are others"
    }
}

/// The question for which a dossier stands in somebody's list of opinions.
package struct WantedOpinion: Equatable, Sendable {
    package let id: ID<Opinion>
    /// The reader, or the colleague in whose place they answer.
    package let officer: ID<Officer>
    package let answerBy: LocalDate

    fileprivate static let columns: SQL = "o.opinion, o.officer, o.answer_ends"

    fileprivate init(_ row: Row, from first: Int) throws {
        id = ID(rawValue: try row.text(first))
        officer = ID(rawValue: try row.text(first + 1))
        answerBy = Instant(milliseconds: try row.int(first + 2)).localDate.adding(days: -1)
    }
}

extension InboxReader {
    /// The range of the list that is one officer's.
    static func asked(of officer: ID<Officer>, in agency: ID<Agency>) -> SQL {
        "o.agency = \(agency) AND o.officer = \(officer)"
    }

    /// What is asked of an officer and of those in whose place they stand, the most urgent first: a range of the index
    /// for each, put together here.
    func opinions(for officer: ActingOfficer, after cursor: Cursor?, limit: Int) async throws -> Listing<DossierRow> {
        let order = Order.opinionEnd
        let position = cursor.map { order.after($0) } ?? ""
        let rows = try await database.read { tx in
            var rows: [DossierRow] = []
            for asked in Set([officer.id] + officer.standIns.map(\.absent)) {
                rows += try tx.fetch(
                    """
                    SELECT \(DossierRow.columns), \(WantedOpinion.columns)
                    FROM dossier_opinion o JOIN dossier d ON d.id = o.dossier
                    WHERE \(Self.asked(of: asked, in: officer.agency)) \(position)
                    ORDER BY \(order.sql) LIMIT \(limit + 1)
                    """
                ).map { stored in
                    var row = try DossierRow(stored)
                    row.wanted = try WantedOpinion(stored, from: DossierRow.width)
                    return row
                }
            }
            return rows
        }
        let byDay = rows.compactMap { row in row.wanted.map { (row: row, wanted: $0) } }.sorted {
            ($0.wanted.answerBy, $0.wanted.id.rawValue) < ($1.wanted.answerBy, $1.wanted.id.rawValue)
        }
        return Listing(byDay, limit: limit) {
            Cursor(key: order.key(of: $0.row)?.milliseconds ?? 0, id: $0.wanted.id.rawValue)
        }.map(\.row)
    }
}

extension Listing {
    fileprivate func map<Other>(_ transform: (Item) -> Other) -> Listing<Other> {
        Listing<Other>(items: items.map(transform), next: next)
    }
}
