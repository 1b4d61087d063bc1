package import Kernel
import Persistence

/// Which parts of a draft its writer has opened and saved: where nothing is required, the answers do not tell.
extension Drafts {
    package func note(saved part: String, of id: ID<Draft>, by citizen: ID<Citizen>) async throws {
        try await change(id, of: citizen) { _, tx in
            try tx.execute("INSERT INTO draft_part (draft, part) VALUES (\(id), \(part)) ON CONFLICT DO NOTHING")
        }
    }

    package func savedParts(of id: ID<Draft>) async throws -> Set<String> {
        try await database.read { tx in
            Set(try tx.fetch("SELECT part FROM draft_part WHERE draft = \(id)").map { try $0.text(0) })
        }
    }
}
