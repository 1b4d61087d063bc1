package import Kernel
import Persistence

/// What was decided of a dossier, or is proposed, as lists show it to officers.
package struct PreparedResult: Equatable, Sendable {
    package let outcome: Outcome
    package let files: [ID<Attachment>]

    static let columns: SQL = "d.outcome, d.result_files"

    init?(_ dossier: Dossier) {
        guard let outcome = dossier.outcome else { return nil }
        self.outcome = outcome
        files = dossier.results.map(\.file.attachment)
    }

    init?(_ row: Row, from first: Int) throws {
        guard let outcome = try row.optionalText(first).flatMap(Outcome.init(rawValue:)) else { return nil }
        self.outcome = outcome
        files = try (row.optionalText(first + 1) ?? "").split(separator: " ").map { ID(rawValue: String($0)) }
    }

    /// For the row of a dossier that has changed.
    static func assignments(_ result: PreparedResult?) -> SQL {
        let files = result?.files.map(\.rawValue).joined(separator: " ")
        return "outcome = \(result?.outcome.rawValue), result_files = \(files)"
    }

    /// The same for every dossier that there was before rows said it: the last preparation counts, unless the result was
    /// taken up again since.
    static let backfill: SQL = """
        UPDATE dossier SET (outcome, result_files) = (
            SELECT \(sqlite: "json_extract(e.payload, '$.result.prepared.outcome')",
                postgres: "e.payload::jsonb #>> '{result,prepared,outcome}'"),
                (SELECT \(sqlite: "group_concat(json_extract(f.value, '$.file.attachment'), ' ')",
                    postgres: "string_agg(f #>> '{file,attachment}', ' ')")
                FROM \(sqlite: "json_each(e.payload, '$.result.prepared.files')",
                    postgres: "jsonb_array_elements(e.payload::jsonb #> '{result,prepared,files}')") f)
            FROM event e WHERE e.stream = 'dossier/' || dossier.id
                AND (e.payload LIKE '{"result":{"prepared"%' OR e.payload LIKE '{"result":{"correctionOpened"%')
            ORDER BY e.version DESC LIMIT 1
        )
        """
}
