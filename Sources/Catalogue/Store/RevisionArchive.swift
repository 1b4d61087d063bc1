import Kernel
import Persistence
import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Gives every revision its number when it is first seen, and keeps it for ever.
///
/// The number stands for a content, not for a place in a file: a revision that is corrected after dossiers were received
/// under it gets a new number, and theirs still means what it meant.
struct RevisionArchive {
    private var numbers: [ProcedureCode: [String: Int]] = [:]

    init(in tx: borrowing Transaction) throws {
        for row in try tx.fetch("SELECT code, digest, number FROM procedure_revision") {
            guard let code = ProcedureCode(rawValue: try row.text(0)) else { continue }
            numbers[code, default: [:]][try row.text(1)] = try row.int(2)
        }
    }

    /// `procedure` with the numbers of its revisions; those not seen before are stored.
    mutating func numbered(_ procedure: Procedure, in tx: borrowing Transaction) throws -> Procedure {
        var procedure = procedure
        for index in procedure.revisions.indices {
            let digest = RevisionArchive.digest(of: procedure.revisions[index], procedure.name)
            if let number = numbers[procedure.code]?[digest] {
                procedure.revisions[index].number = number
            } else {
                let number = (numbers[procedure.code]?.values.max() ?? 0) + 1
                procedure.revisions[index].number = number
                numbers[procedure.code, default: [:]][digest] = number
                var kept = procedure
                kept.revisions = [procedure.revisions[index]]
                try tx.execute(
                    """
                    INSERT INTO procedure_revision (code, number, digest, payload)
                    VALUES (\(procedure.code), \(number), \(digest), \(CatalogueJSON.text(kept)))
                    """
                )
            }
        }
        return procedure
    }

    /// Without its number, and without its last day, which is only known once it has been replaced.
    static func digest(of revision: Revision, _ name: Words) -> String {
        struct Content: Encodable { let name: Words, revision: Revision }
        return entityTag(of: CatalogueJSON.text(Content(name: name, revision: revision.numbered(0, until: nil))).utf8)
    }
}

extension Revision {
    /// The same rules under another number and with another period.
    func numbered(_ number: Int, from: LocalDate? = nil, until: LocalDate?) -> Revision {
        Revision(
            number: number,
            from: from ?? self.from,
            until: until,
            decision: decision,
            online: online,
            presence: presence,
            post: post,
            summary: summary,
            requirements: requirements,
            channels: channels,
            cases: cases,
            components: components,
            results: results,
            steps: steps,
            legal: legal,
            form: form,
            clock: clock
        )
    }
}

/// How procedures are stored. What is stored is read for decades: new properties must be optional.
enum CatalogueJSON {
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Values of the catalogue hold nothing that JSON lacks.
        return String(decoding: try! encoder.encode(value), as: UTF8.self)
    }

    static func procedure(_ text: String) throws -> Procedure {
        try JSONDecoder().decode(Procedure.self, from: Data(text.utf8))
    }
}
