package import DossierCore
package import Kernel
package import Persistence
import Scans
import Web

/// The rows of scanned piles: taken in, read in the background, confirmed by an officer.
package struct ScanBook: Sendable {
    let database: any Database
    let quotas: Quotas
    private let blobs: BlobStore?

    /// Piles are renewed in `blobs` when they are named here, and released there when they are thrown away.
    package init(database: any Database, quotas: Quotas = Quotas(), blobs: BlobStore? = nil) {
        (self.database, self.quotas, self.blobs) = (database, quotas, blobs)
    }

    /// The outbox topic under which piles wait for their reader.
    static let topic = "scan"

    // MARK: - From the scanner

    /// Takes a pile in: when this returns the pile is durable, and so is the order to read it.
    func begin(
        _ pile: AttachedFile,
        agency: ID<Agency>,
        officer: ID<Officer>,
        at now: Instant,
        once key: IdempotencyKey?
    )
        async throws -> ID<ScanBatch>
    {
        let id = ID<ScanBatch>.fresh(at: now)
        try await blobs?.renew([pile.digest].compactMap(BlobDigest.init(rawValue:)))
        return try await EventStore(database: database).once(key) { tx in
            try tx.execute(
                """
                INSERT INTO scan_batch
                    (id, agency, officer, name, digest, bytes, pages, pages_read, state, fault, created_at, updated_at)
                VALUES (\(id), \(agency), \(officer), \(pile.name), \(pile.digest), \(pile.bytes), NULL, 0,
                    \(ScanBatch.State.queued), NULL, \(now), \(now))
                """
            )
            try PileUse.add(pile.bytes, of: agency, quotas, in: tx)
            try Outbox.post(topic: Self.topic, key: id.rawValue, payload: id.rawValue, in: tx)
            return id
        }
    }

    // MARK: - The reader's notes

    /// The pile, if it still waits to be read.
    func waiting(_ id: ID<ScanBatch>) async throws -> ScanBatch? {
        try await database.read { tx in
            try tx.fetch("SELECT \(ScanBatch.columns) FROM scan_batch WHERE id = \(id)").first.map(ScanBatch.init)
        }.flatMap { $0.state.isWaiting ? $0 : nil }
    }

    func note(_ read: Int, of pages: Int, in id: ID<ScanBatch>, at now: Instant) async throws {
        try await database.transaction { tx in
            try tx.execute(
                """
                UPDATE scan_batch SET state = \(ScanBatch.State.reading), pages = \(pages), pages_read = \(read),
                    updated_at = \(now)
                WHERE id = \(id) AND state IN \(list: [ScanBatch.State.queued, .reading].map(\.rawValue))
                """
            )
        }
    }

    func fail(_ id: ID<ScanBatch>, _ fault: PileFault, at now: Instant) async throws {
        try await database.transaction { tx in
            try PileUse.end(id, in: tx)
            try tx.execute(
                """
                UPDATE scan_batch SET state = \(ScanBatch.State.failed), fault = \(fault.rawValue), updated_at = \(now)
                WHERE id = \(id) AND state IN \(list: [ScanBatch.State.queued, .reading].map(\.rawValue))
                """
            )
        }
    }

    /// What the pile was taken apart into; nothing happens when somebody has thrown it away meanwhile.
    func finish(_ id: ID<ScanBatch>, _ parts: [(section: PileSection, blob: Blob?)], pages: Int, at now: Instant)
        async throws
    {
        try await blobs?.renew(parts.compactMap { $0.blob?.digest })
        try await database.transaction { tx in
            let updated = try tx.execute(
                """
                UPDATE scan_batch SET state = \(ScanBatch.State.ready), pages = \(pages), pages_read = \(pages),
                    updated_at = \(now)
                WHERE id = \(id) AND state IN \(list: [ScanBatch.State.queued, .reading].map(\.rawValue))
                """
            )
            guard updated == 1 else { return }
            for (index, part) in parts.enumerated() {
                let (section, mark) = (part.section, part.section.mark ?? .generic)
                try tx.execute(
                    """
                    INSERT INTO scan_part
                        (batch, number, first_page, pages, code, component, is_dropped, digest, bytes, filed_at)
                    VALUES (\(id), \(index + 1), \(section.first), \(section.count), \(mark.dossier), \(mark.component),
                        0, \(part.blob?.digest.rawValue), \(part.blob?.size ?? 0), NULL)
                    """
                )
            }
        }
    }

    // MARK: - For officers

    /// The agency's latest piles.
    func list(of agency: ID<Agency>) async throws -> [ScanBatch] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(ScanBatch.columns) FROM scan_batch WHERE agency = \(agency)
                ORDER BY created_at DESC, id DESC LIMIT 50
                """
            ).map(ScanBatch.init)
        }
    }

    func batch(_ id: ID<ScanBatch>, of agency: ID<Agency>) async throws -> (batch: ScanBatch, parts: [ScanBatch.Part])?
    {
        try await database.read { tx in
            let rows = try tx.fetch(
                "SELECT \(ScanBatch.columns) FROM scan_batch WHERE id = \(id) AND agency = \(agency)"
            )
            guard let batch = try rows.first.map(ScanBatch.init) else { return nil }
            let parts = try tx.fetch(
                "SELECT \(ScanBatch.Part.columns) FROM scan_part WHERE batch = \(id) ORDER BY number"
            )
            return (batch, try parts.map(ScanBatch.Part.init))
        }
    }

    /// Where the officer says a part belongs.
    struct Assignment: Sendable {
        let number: Int
        let code: String
        let component: String
        let isDropped: Bool
    }

    func assign(_ assignments: [Assignment], in id: ID<ScanBatch>, at now: Instant) async throws {
        try await database.transaction { tx in
            for part in assignments {
                try tx.execute(
                    """
                    UPDATE scan_part SET code = \(part.code), component = \(part.component),
                        is_dropped = \(part.isDropped ? 1 : 0)
                    WHERE batch = \(id) AND number = \(part.number) AND filed_at IS NULL
                    """
                )
            }
            try tx.execute("UPDATE scan_batch SET updated_at = \(now) WHERE id = \(id)")
        }
    }

    func noteFiled(_ numbers: [Int], in id: ID<ScanBatch>, at now: Instant) async throws {
        try await database.transaction { tx in
            try tx.execute(
                """
                UPDATE scan_part SET filed_at = \(now)
                WHERE batch = \(id) AND number IN \(list: numbers) AND filed_at IS NULL
                """
            )
        }
    }

    func close(_ id: ID<ScanBatch>, as state: ScanBatch.State, at now: Instant) async throws {
        let digests = try await database.transaction { tx in
            try PileUse.end(id, in: tx)
            try tx.execute("UPDATE scan_batch SET state = \(state), updated_at = \(now) WHERE id = \(id)")
            return try tx.fetch(
                """
                SELECT digest FROM scan_batch WHERE id = \(id)
                UNION SELECT digest FROM scan_part WHERE batch = \(id) AND digest IS NOT NULL
                """
            ).compactMap { BlobDigest(rawValue: try $0.text(0)) }
        }
        blobs?.release(digests)
    }

    /// Dossiers of the agency by their codes.
    func dossiers(_ codes: Set<String>, of agency: ID<Agency>) async throws -> [String: DossierRow] {
        guard !codes.isEmpty else { return [:] }
        let rows = try await database.read { tx in
            try tx.fetch("SELECT \(DossierRow.columns) FROM dossier d WHERE d.code IN \(list: codes.sorted())")
                .map(DossierRow.init)
        }
        return Dictionary(
            rows.filter { $0.agency == agency }.map { ($0.code.rawValue, $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Forgets piles with which nobody has anything to do any more: what was filed lies in the dossiers.
    package func forget(before instant: Instant) async throws {
        let closed = [ScanBatch.State.filed, .discarded, .failed].map(\.rawValue)
        try await database.transaction { tx in
            try tx.execute(
                """
                DELETE FROM scan_part WHERE batch IN
                    (SELECT id FROM scan_batch WHERE state IN \(list: closed) AND updated_at < \(instant))
                """
            )
            try tx.execute("DELETE FROM scan_batch WHERE state IN \(list: closed) AND updated_at < \(instant)")
        }
    }
}

extension ScanBook {
    /// Those of `digests` that a pile has that was not thrown away.
    package func used(_ digests: [BlobDigest]) async throws -> Set<BlobDigest> {
        try await database.read { tx in
            Set(
                try tx.fetch(
                    """
                    SELECT digest FROM scan_batch
                        WHERE digest IN \(list: digests) AND state <> \(ScanBatch.State.discarded)
                    UNION SELECT p.digest FROM scan_part p JOIN scan_batch b ON b.id = p.batch
                        WHERE p.digest IN \(list: digests) AND b.state <> \(ScanBatch.State.discarded)
                    """
                ).compactMap { BlobDigest(rawValue: try $0.text(0)) }
            )
        }
    }

    /// The next files, in order of their digests, that piles have and no dossier.
    package static func files(after last: String, limit: Int, in tx: borrowing Transaction) throws -> [BlobDigest] {
        try tx.fetch(
            """
            SELECT b.digest FROM scan_batch b
                WHERE b.digest > \(last) AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.digest = b.digest)
            UNION SELECT p.digest FROM scan_part p
                WHERE p.digest > \(last) AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.digest = p.digest)
            ORDER BY digest LIMIT \(limit)
            """
        ).compactMap { BlobDigest(rawValue: try $0.text(0)) }
    }

    /// Reads every file that piles have and no dossier, and compares its content with its digest.
    package func verifyFiles(in blobs: BlobStore) async throws -> (count: Int, faults: [String]) {
        try await blobs.verify { last in
            try await database.read { tx in try Self.files(after: last, limit: 500, in: tx) }
        }
    }

    /// Which agencies' running sums are not what their piles add up to.
    package func verify() async throws -> [String] { try await database.read { tx in try PileUse.differences(in: tx) } }
}
