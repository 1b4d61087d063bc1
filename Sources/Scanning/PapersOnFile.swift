package import DossierCore
package import Kernel
package import Persistence
import Web

/// Which papers an authority holds of a person: handed in with earlier dossiers, or issued to them. Follows from the
/// log; a paper that was itself used again is listed where it came from.
package struct PapersOnFile: Follower {
    package let name = "papers-on-file"
    package let beginning = FollowerBeginning.atTheStart
    package let categories: Set<String> = [Dossier.category]

    package init() {}

    /// What one event changes in the list of its dossier.
    private enum Change {
        case add([(file: FileReference, key: String)], isResult: Bool)
        /// The signed versions take the place of the results, which count as little or as much as before.
        case sign([(file: FileReference, key: String)])
        /// The results were issued: from now on they are what they say.
        case issue
        case takeBack

        init?(_ event: Dossier.Event) {
            switch event {
            case .result(.prepared(_, let files, _)): self = .add(files.map { ($0.file, $0.result) }, isResult: true)
            case .result(.signed(let files)): self = .sign(files.map { ($0.file, $0.result) })
            case .result(.finished): self = .issue
            case .result(.correctionOpened): self = .takeBack
            default:
                let papers = event.happening.papers
                guard !papers.isEmpty else { return nil }
                self = .papers(papers)
            }
        }

        private static func papers(_ papers: [FiledPaper]) -> Change {
            .add(
                papers.compactMap { paper in
                    guard paper.origin == nil else { return nil }
                    return paper.file.map { ($0, paper.component) }
                },
                isResult: false
            )
        }
    }

    package func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        for (id, citizen, at, change) in try Self.changes(events, in: tx) {
            switch change {
            case .add(let files, let isResult):
                // A result that is prepared anew takes the place of the one before.
                if isResult { try tx.execute("DELETE FROM paper_on_file WHERE dossier = \(id) AND is_result = 1") }
                for (file, key) in files {
                    let line = Line(citizen: citizen, key: key, isResult: isResult, isValid: !isResult, at: at)
                    try line.insert(file.attachment, of: id, in: tx)
                }
            case .sign(let files):
                let issued = try tx.fetch(
                    "SELECT is_valid, at FROM paper_on_file WHERE dossier = \(id) AND is_result = 1 LIMIT 1"
                ).first
                let isValid = try issued?.int(0) == 1
                let since = try isValid ? issued.map { Instant(milliseconds: try $0.int(1)) } ?? at : at
                try tx.execute("DELETE FROM paper_on_file WHERE dossier = \(id) AND is_result = 1")
                for (file, key) in files {
                    let line = Line(citizen: citizen, key: key, isResult: true, isValid: isValid, at: since)
                    try line.insert(file.attachment, of: id, in: tx)
                }
            case .issue:
                try tx.execute(
                    "UPDATE paper_on_file SET is_valid = 1, at = \(at) WHERE dossier = \(id) AND is_result = 1"
                )
            case .takeBack: try tx.execute("DELETE FROM paper_on_file WHERE dossier = \(id) AND is_result = 1")
            }
        }
    }

    /// The changes to dossiers of people with an account; what visitors hand in is nobody's to use again.
    private static func changes(_ events: [StoredEvent], in tx: borrowing Transaction) throws
        -> [(id: ID<Dossier>, citizen: ID<Citizen>, at: Instant, change: Change)]
    {
        let changes = try events.compactMap { stored -> (ID<Dossier>, Instant, Change)? in
            guard let (id, recorded) = try stored.read(Dossier.self), let change = Change(recorded.event) else {
                return nil
            }
            return (id, recorded.circumstances.at, change)
        }
        guard !changes.isEmpty else { return [] }
        let rows = try tx.fetch(
            "SELECT id, applicant FROM dossier WHERE id IN \(list: Array(Set(changes.map(\.0)))) AND applicant IS NOT NULL"
        )
        let applicants = Dictionary(
            try rows.map { (ID<Dossier>(rawValue: try $0.text(0)), ID<Citizen>(rawValue: try $0.text(1))) },
            uniquingKeysWith: { first, _ in first }
        )
        return changes.compactMap { id, at, change in applicants[id].map { (id, $0, at, change) } }
    }

    /// One line of the list, for comparing.
    fileprivate struct Line: Hashable, Sendable {
        let citizen: ID<Citizen>
        let key: String
        let isResult: Bool
        var isValid: Bool
        var at: Instant

        func insert(_ attachment: ID<Attachment>, of id: ID<Dossier>, in tx: borrowing Transaction) throws {
            try tx.execute(
                """
                INSERT INTO paper_on_file (attachment, dossier, citizen, key, is_result, is_valid, at)
                VALUES (\(attachment), \(id), \(citizen), \(key), \(isResult ? 1 : 0), \(isValid ? 1 : 0), \(at))
                """
            )
        }
    }

    fileprivate typealias Lines = [ID<Dossier>: [ID<Attachment>: Line]]

    fileprivate static func add(_ events: [StoredEvent], into lines: inout Lines, in tx: borrowing Transaction) throws {
        for (id, citizen, at, change) in try changes(events, in: tx) {
            var own = lines[id] ?? [:]
            switch change {
            case .add(let files, let isResult):
                if isResult { own = own.filter { !$0.value.isResult } }
                for (file, key) in files {
                    own[file.attachment] = Line(
                        citizen: citizen,
                        key: key,
                        isResult: isResult,
                        isValid: !isResult,
                        at: at
                    )
                }
            case .sign(let files):
                let issued = own.values.first { $0.isResult && $0.isValid }
                own = own.filter { !$0.value.isResult }
                for (file, key) in files {
                    own[file.attachment] = Line(
                        citizen: citizen,
                        key: key,
                        isResult: true,
                        isValid: issued != nil,
                        at: issued?.at ?? at
                    )
                }
            case .issue:
                for (result, line) in own where line.isResult {
                    own[result]?.isValid = true
                    own[result]?.at = at
                }
            case .takeBack: own = own.filter { !$0.value.isResult }
            }
            lines[id] = own.isEmpty ? nil : own
        }
    }
}

/// Answers which papers are on file.
package struct PapersOnFileBook: PapersHeld {
    private let database: any Database

    package init(database: any Database) { self.database = database }

    package func papers(of citizen: ID<Citizen>, keys: Set<String>) async throws -> [DossierBook.HeldPaper] {
        guard !keys.isEmpty else { return [] }
        return try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(Attachments.columnsOfA), p.key, p.is_result, p.at, p.dossier, d.code, d.procedure_code
                FROM paper_on_file p
                JOIN attachment a ON a.id = p.attachment
                JOIN dossier d ON d.id = p.dossier
                WHERE p.citizen = \(citizen) AND p.key IN \(list: keys.sorted()) AND p.is_valid = 1
                ORDER BY p.at DESC, p.attachment DESC LIMIT 200
                """
            ).map { row in
                DossierBook.HeldPaper(
                    file: try AttachedFile(row),
                    key: try row.text(Attachments.columnCount),
                    isResult: try row.int(Attachments.columnCount + 1) == 1,
                    at: Instant(milliseconds: try row.int(Attachments.columnCount + 2)),
                    dossier: ID(rawValue: try row.text(Attachments.columnCount + 3)),
                    code: DossierCode(stored: try row.text(Attachments.columnCount + 4)),
                    procedure: try row.text(Attachments.columnCount + 5)
                )
            }
        }
    }

    /// Makes the list of papers on file again and answers the dossiers of which lines differ, at most `limit`.
    package func verify(limit: Int = 20) async throws -> [String] {
        let (found, expected) = try await EventStore(database: database).refollow(
            PapersOnFile(),
            rows: { tx in
                var lines: PapersOnFile.Lines = [:]
                let rows = try tx.fetch(
                    "SELECT dossier, attachment, citizen, key, is_result, is_valid, at FROM paper_on_file"
                )
                for row in rows {
                    lines[ID(rawValue: try row.text(0)), default: [:]][ID(rawValue: try row.text(1))] =
                        PapersOnFile.Line(
                            citizen: ID(rawValue: try row.text(2)),
                            key: try row.text(3),
                            isResult: try row.int(4) == 1,
                            isValid: try row.int(5) == 1,
                            at: Instant(milliseconds: try row.int(6))
                        )
                }
                return lines
            },
            into: PapersOnFile.Lines()
        ) { lines, events, tx in try PapersOnFile.add(events, into: &lines, in: tx) }
        let differing = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }
        return differing.sorted { $0.rawValue < $1.rawValue }.prefix(limit).map {
            "papers on file of dossier \($0.rawValue) are not what the log says"
        }
    }
}
