package import Kernel
package import Persistence

/// Files that an applicant uploads for a supplement before sending it.
extension DossierBook {
    /// Keeps a file that the applicant uploads before sending a supplement.
    package func stage(
        _ file: AttachedFile,
        on id: ID<Dossier>,
        at now: Instant,
        once key: IdempotencyKey? = nil
    ) async throws {
        try await events.once(key) { tx in
            guard try Attachments.of(dossier: id, in: tx).count < 3 * Drafts.mostFiles else {
                throw Drafts.Refusal.tooManyFiles
            }
            let applicant = try Self.applicant(of: id, in: tx)
            if let applicant { try Unsent.add(file, of: applicant, quotas, in: tx) }
            try Attachments.insert([file], dossier: id, unsentBy: applicant, at: now, in: tx)
            return file
        }
    }

    /// Throws away files that no event has taken up, while a supplement is awaited; `other` takes their place.
    package func unstage(
        _ files: [ID<Attachment>],
        from id: ID<Dossier>,
        for other: AttachedFile? = nil,
        at now: Instant
    ) async throws {
        let removed = try await database.transaction { tx -> [BlobDigest] in
            // Locked, so that a supplement sent at this moment either has the files or comes before their removal.
            let stage = try tx.fetch(
                "SELECT stage FROM dossier WHERE id = \(id) \(sqlite: "", postgres: "FOR UPDATE")"
            ).first?.text(0)
            guard stage == Stage.awaitingSupplement.rawValue else { throw Dossier.Refusal.nothingRequested }
            if other != nil {
                let there = try tx.fetch("SELECT id FROM attachment WHERE id IN \(list: files) AND dossier = \(id)")
                    .count
                // The button was pressed twice.
                guard there == files.count else { return [] }
            }
            let removed = try Attachments.remove(where: "id IN \(list: files) AND dossier = \(id)", in: tx)
            if let other {
                let applicant = try Self.applicant(of: id, in: tx)
                if let applicant { try Unsent.add(other, of: applicant, quotas, in: tx) }
                try Attachments.insert([other], dossier: id, unsentBy: applicant, at: now, in: tx)
            }
            return removed
        }
        blobs?.release(removed)
    }

    private static func applicant(of id: ID<Dossier>, in tx: borrowing Transaction) throws -> ID<Citizen>? {
        try tx.fetch("SELECT applicant FROM dossier WHERE id = \(id)").first?.optionalText(0).map(ID.init(rawValue:))
    }

    /// Throws away what was uploaded for a supplement and never sent, once the office no longer waits for it.
    package func forgetUnsent() async throws {
        let removed = try await database.transaction { tx in
            try Attachments.remove(
                where: """
                    id IN (
                        SELECT a.id FROM attachment a JOIN dossier d ON d.id = a.dossier
                        WHERE a.unsent_by IS NOT NULL AND d.stage <> \(Stage.awaitingSupplement) LIMIT 1000
                    )
                    """,
                in: tx
            )
        }
        blobs?.release(removed)
    }
}
