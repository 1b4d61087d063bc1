package import Kernel
package import Persistence

/// What a citizen has typed and uploaded so far. Kept per person until it is filed or thrown away; it may be wrong
/// and incomplete, and is never lost.
package struct Draft: Equatable, Sendable {
    package let id: ID<Draft>
    package let citizen: ID<Citizen>
    package let procedure: String
    package let revision: Int
    package let situation: String?
    package let agency: ID<Agency>
    package let returnBy: ReturnMethod
    /// As typed, in the JSON shape of answers.
    package let answers: String
    package let version: Int
    package let updatedAt: Instant
    /// The dossier that it became.
    package let dossier: ID<Dossier>?
}

/// The rows of drafts. Drafts are not events: they change with every keystroke and concern nobody but their writer.
package struct Drafts: Sendable {
    let database: any Database
    package let quotas: Quotas
    private let blobs: BlobStore?

    /// What is removed from a draft is released in `blobs`.
    package init(database: any Database, quotas: Quotas = Quotas(), blobs: BlobStore? = nil) {
        (self.database, self.quotas, self.blobs) = (database, quotas, blobs)
    }

    private static let columns: SQL = """
        id, citizen, procedure_code, revision, situation, agency, return_by, answers, version, updated_at, dossier
        """

    package enum Refusal: Error { case notFound, alreadyFiled, tooManyFiles, changedElsewhere }

    /// A person may upload this many files to one draft.
    package static let mostFiles = 40

    package func begin(
        _ procedure: String,
        revision: Int,
        situation: String?,
        agency: ID<Agency>,
        returnBy: ReturnMethod,
        answers: String,
        by citizen: ID<Citizen>,
        at now: Instant,
        once key: IdempotencyKey? = nil
    ) async throws -> ID<Draft> {
        let id = ID<Draft>.fresh(at: now)
        return try await EventStore(database: database).once(key) { tx in
            let unfinished = try tx.fetch(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM draft WHERE citizen = \(citizen) AND dossier IS NULL
                    LIMIT \(quotas.drafts)) AS unfinished
                """
            ).first?.int(0)
            guard unfinished ?? 0 < quotas.drafts else { throw QuotaReached.drafts(quotas.drafts) }
            try tx.execute(
                """
                INSERT INTO draft (id, citizen, procedure_code, revision, situation, agency, return_by, answers,
                    version, created_at, updated_at, dossier)
                VALUES (\(id), \(citizen), \(procedure), \(revision), \(situation), \(agency), \(returnBy), \(answers),
                    1, \(now), \(now), NULL)
                """
            )
            return id
        }
    }

    /// The draft, if it is this citizen's.
    package func draft(_ id: ID<Draft>, of citizen: ID<Citizen>) async throws -> (draft: Draft, files: [AttachedFile])?
    {
        try await database.read { tx in
            guard let draft = try Self.find(id, of: citizen, in: tx) else { return nil }
            return (draft, try Attachments.of(draft: id, in: tx))
        }
    }

    /// The latest of a citizen's unfinished drafts, at most fifty.
    package func list(of citizen: ID<Citizen>) async throws -> [Draft] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(Self.columns) FROM draft WHERE citizen = \(citizen) AND dossier IS NULL
                ORDER BY updated_at DESC, id DESC LIMIT 50
                """
            ).map(Draft.init)
        }
    }

    /// The same with their files, read together.
    package func listWithFiles(of citizen: ID<Citizen>) async throws -> [(draft: Draft, files: [AttachedFile])] {
        let drafts = try await list(of: citizen)
        return try await database.read { tx in
            let files = try Attachments.of(drafts: drafts.map(\.id), in: tx)
            return drafts.map { ($0, files[$0.id] ?? []) }
        }
    }

    /// Merges what was typed into what is stored. `change` sees the latest answers, so that two windows on different
    /// parts of a form do not undo each other; `version`, where given, must be the one that was read. Returns the new
    /// version.
    @discardableResult
    package func save(
        _ id: ID<Draft>,
        of citizen: ID<Citizen>,
        expecting version: Int? = nil,
        at now: Instant,
        _ merge: @escaping @Sendable (_ earlier: String) throws -> String
    ) async throws -> Int {
        try await change(id, of: citizen) { draft, tx in
            if let version, version != draft.version { throw Refusal.changedElsewhere }
            return try Self.write(merge(draft.answers), to: draft, at: now, in: tx)
        }
    }

    /// The same, with what the merging found: it is told of the answers on which it was decided.
    package func save<Found: Sendable>(
        _ id: ID<Draft>,
        of citizen: ID<Citizen>,
        at now: Instant,
        finding merge: @escaping @Sendable (_ earlier: String) throws -> (answers: String, found: Found)
    ) async throws -> Found {
        try await change(id, of: citizen) { draft, tx in
            let (answers, found) = try merge(draft.answers)
            // What is the same already leaves everybody's version as it was.
            if answers != draft.answers { try Self.write(answers, to: draft, at: now, in: tx) }
            return found
        }
    }

    @discardableResult
    private static func write(
        _ answers: String,
        to draft: Draft,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> Int {
        try tx.execute(
            """
            UPDATE draft SET answers = \(answers), version = \(draft.version + 1), updated_at = \(now)
            WHERE id = \(draft.id)
            """
        )
        return draft.version + 1
    }

    /// What is chosen beside the form; `answers` hold the address for the post.
    package struct Choices: Sendable {
        package let situation: String?
        package let agency: ID<Agency>
        package let returnBy: ReturnMethod
        package let answers: String

        package init(situation: String?, agency: ID<Agency>, returnBy: ReturnMethod, answers: String) {
            (self.situation, self.agency, self.returnBy, self.answers) = (situation, agency, returnBy, answers)
        }
    }

    /// Merges what was chosen into what is stored, as it stands when it is written; nil leaves it.
    package func choose<Found: Sendable>(
        for id: ID<Draft>,
        of citizen: ID<Citizen>,
        at now: Instant,
        finding merge: @escaping @Sendable (_ earlier: Draft) throws -> (chosen: Choices?, found: Found)
    ) async throws -> Found {
        try await change(id, of: citizen) { draft, tx in
            let (chosen, found) = try merge(draft)
            guard let chosen else { return found }
            try tx.execute(
                """
                UPDATE draft SET situation = \(chosen.situation), agency = \(chosen.agency),
                    return_by = \(chosen.returnBy), answers = \(chosen.answers),
                    version = \(draft.version + 1), updated_at = \(now)
                WHERE id = \(id)
                """
            )
            return found
        }
    }

    /// Answers the file that the draft has now, which is an earlier one when the key comes again.
    @discardableResult
    package func attach(
        _ file: AttachedFile,
        to id: ID<Draft>,
        of citizen: ID<Citizen>,
        at now: Instant,
        once key: IdempotencyKey? = nil
    ) async throws -> AttachedFile {
        try await EventStore(database: database).once(key) { tx in
            try Self.requireOpen(id, of: citizen, in: tx)
            guard try Attachments.of(draft: id, in: tx).count < Self.mostFiles else { throw Refusal.tooManyFiles }
            try Unsent.add(file, of: citizen, quotas, in: tx)
            try Attachments.insert([file], draft: id, unsentBy: citizen, at: now, in: tx)
            try tx.execute("UPDATE draft SET version = version + 1, updated_at = \(now) WHERE id = \(id)")
            return file
        }
    }

    package func detach(_ file: ID<Attachment>, from id: ID<Draft>, of citizen: ID<Citizen>) async throws {
        let removed = try await change(id, of: citizen) { _, tx in
            try tx.execute("UPDATE draft SET version = version + 1 WHERE id = \(id)")
            return try Attachments.remove(
                where: "id = \(file) AND draft = \(id) AND dossier IS NULL",
                in: tx
            )
        }
        blobs?.release(removed)
    }

    /// One file takes the place of several; refused when one of them has gone meanwhile.
    package func replace(
        _ files: [AttachedFile],
        by file: AttachedFile,
        in id: ID<Draft>,
        of citizen: ID<Citizen>,
        at now: Instant
    ) async throws {
        let removed = try await change(id, of: citizen) { _, tx in
            let present = Set(try Attachments.of(draft: id, in: tx).map(\.id))
            guard files.allSatisfy({ present.contains($0.id) }) else { throw Refusal.changedElsewhere }
            let removed = try Attachments.remove(
                where: "id IN \(list: files.map(\.id)) AND draft = \(id) AND dossier IS NULL",
                in: tx
            )
            try Unsent.add(file, of: citizen, quotas, in: tx)
            try Attachments.insert([file], draft: id, unsentBy: citizen, at: now, in: tx)
            try tx.execute("UPDATE draft SET version = version + 1, updated_at = \(now) WHERE id = \(id)")
            return removed
        }
        blobs?.release(removed)
    }

    /// Throws the draft away, with the names of its files.
    package func discard(_ id: ID<Draft>, of citizen: ID<Citizen>) async throws {
        let removed = try await change(id, of: citizen) { _, tx in
            try tx.execute("DELETE FROM draft WHERE id = \(id)")
            try tx.execute("DELETE FROM draft_part WHERE draft = \(id)")
            return try Attachments.remove(where: "draft = \(id) AND dossier IS NULL", in: tx)
        }
        blobs?.release(removed)
    }

    /// How much room a citizen's drafts and supplements take that are not sent yet.
    package func use(of citizen: ID<Citizen>) async throws -> (files: Int, bytes: Int) {
        try await database.read { tx in try Unsent.use(of: citizen, in: tx) }
    }

    /// Ties the draft to the dossier it became and forgets the copy of the answers; refused when it already is one, or
    /// when it is no longer the version that was checked.
    static func close(
        _ id: ID<Draft>,
        version: Int,
        as dossier: ID<Dossier>,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        let closed = try tx.fetch(
            """
            UPDATE draft SET dossier = \(dossier), answers = '{}', updated_at = \(now)
            WHERE id = \(id) AND dossier IS NULL AND version = \(version) RETURNING id
            """
        )
        guard closed.isEmpty else {
            try tx.execute("DELETE FROM draft_part WHERE draft = \(id)")
            return
        }
        let isFiled = try tx.fetch("SELECT dossier FROM draft WHERE id = \(id)").first?.optionalText(0) != nil
        throw isFiled ? Refusal.alreadyFiled : Refusal.changedElsewhere
    }

    @discardableResult
    func change<T: Sendable>(
        _ id: ID<Draft>,
        of citizen: ID<Citizen>,
        _ body: @escaping @Sendable (Draft, borrowing Transaction) throws -> T
    ) async throws -> T {
        try await database.transaction { tx in try body(try Self.requireOpen(id, of: citizen, in: tx), tx) }
    }

    @discardableResult
    private static func requireOpen(_ id: ID<Draft>, of citizen: ID<Citizen>, in tx: borrowing Transaction) throws
        -> Draft
    {
        guard let draft = try find(id, of: citizen, locking: true, in: tx) else { throw Refusal.notFound }
        guard draft.dossier == nil else { throw Refusal.alreadyFiled }
        return draft
    }

    /// A row that will be changed is locked, so that what is decided by it is still true when it is written.
    private static func find(
        _ id: ID<Draft>,
        of citizen: ID<Citizen>,
        locking: Bool = false,
        in tx: borrowing Transaction
    ) throws -> Draft? {
        let lock: SQL = locking ? "\(sqlite: "", postgres: "FOR UPDATE")" : ""
        return try tx.fetch("SELECT \(columns) FROM draft WHERE id = \(id) AND citizen = \(citizen) \(lock)")
            .first.map(Draft.init)
    }
}

extension Draft {
    fileprivate init(_ row: Row) throws {
        id = ID(rawValue: try row.text(0))
        citizen = ID(rawValue: try row.text(1))
        procedure = try row.text(2)
        revision = try row.int(3)
        situation = try row.optionalText(4)
        agency = ID(rawValue: try row.text(5))
        returnBy = try row.value(6)
        answers = try row.text(7)
        version = try row.int(8)
        updatedAt = Instant(milliseconds: try row.int(9))
        dossier = try row.optionalText(10).map(ID.init(rawValue:))
    }
}
