import Catalogue
import Kernel
import Persistence

/// The numbers of identity papers that stand in the answers of a dossier, of its applicant and of everybody else.
enum DossierIdentities {
    static let migration = Migration(
        "dossiers-0.4-search",
        // A row goes with the text it was read from, so that erasing the answers erases what is found by them.
        """
        CREATE TABLE dossier_identity (
            agency \(SQL.key) NOT NULL, number \(SQL.key) NOT NULL, dossier \(SQL.key) NOT NULL,
            text \(SQL.key) NOT NULL REFERENCES dossier_text (id) ON DELETE CASCADE,
            PRIMARY KEY (agency, number, dossier)
        )
        """,
        "CREATE INDEX dossier_identity_of ON dossier_identity (dossier)",
        "CREATE INDEX dossier_identity_in ON dossier_identity (text)",
        "CREATE INDEX dossier_by_procedure ON dossier (agency, procedure_code, filed_at, id)",
        // What dossiers say that there are already; of corrected answers the last.
        """
        INSERT INTO dossier_identity (agency, number, dossier, text)
        SELECT DISTINCT d.agency, v.number, d.id, t.id FROM dossier d JOIN dossier_text t ON t.id = (
            SELECT x.id FROM dossier_text x WHERE x.dossier = d.id AND x.kind = 'answers'
            ORDER BY x.created_at DESC, x.id DESC LIMIT 1
        ) \(sqlite: """
            JOIN (SELECT s.id AS source, j.value AS number FROM dossier_text s, json_tree(s.body) j
                WHERE s.kind = 'answers' AND j.type = 'text') v ON v.source = t.id
            WHERE (length(v.number) IN (9, 12) AND v.number NOT GLOB '*[^0-9]*')
                OR (length(v.number) BETWEEN 7 AND 9 AND v.number GLOB '[A-Z][0-9]*' AND substr(v.number, 2) NOT GLOB '*[^0-9]*')
                OR (length(v.number) BETWEEN 8 AND 10 AND v.number GLOB '[A-Z][A-Z][0-9]*'
                    AND substr(v.number, 3) NOT GLOB '*[^0-9]*')
            """, postgres: """
            CROSS JOIN LATERAL (SELECT j #>> '{}' AS number FROM jsonb_path_query(t.body::jsonb, '$.**') j
                WHERE jsonb_typeof(j) = 'string') v
            WHERE v.number ~ '^([0-9]{9}|[0-9]{12}|[A-Z]{1,2}[0-9]{6,8})$'
            """)
        """,
        """
        INSERT INTO dossier_word (agency, word, dossier)
        SELECT d.agency, '#' || \(sqlite: "substr(d.code, -4)", postgres: "right(d.code, 4)"), d.id FROM dossier d
        WHERE \(sqlite: "substr(d.code, -4) GLOB '[0-9][0-9][0-9][0-9]'", postgres: "d.code ~ '[0-9]{4}$'")
        UNION
        SELECT d.agency, '#' || \(sqlite: "substr(d.applicant_phone, -4)", postgres: "right(d.applicant_phone, 4)"), d.id
        FROM dossier d WHERE length(d.applicant_phone) >= 6
            AND \(sqlite: "substr(d.applicant_phone, -4) GLOB '[0-9][0-9][0-9][0-9]'", postgres: "d.applicant_phone ~ '[0-9]{4}$'")
        """
    )

    /// Cards have twelve digits, older ones nine, passports one or two letters and six to eight digits. A text of that
    /// form is indexed whatever its field is called: forms name them in many ways.
    static func number(_ typed: String) -> String? {
        let kept = typed.plainCode.uppercased().filter { !" .-/".contains($0) }.utf8
        let letters = kept.prefix { (65...90).contains($0) }.count
        guard kept.dropFirst(letters).allSatisfy({ (48...57).contains($0) }) else { return nil }
        let digits = kept.count - letters
        let isNumber = letters == 0 ? [9, 12].contains(digits) : letters <= 2 && (6...8).contains(digits)
        return isNumber ? String(kept) : nil
    }

    /// Those in stored answers; none in what does not read as answers.
    static func numbers(in answers: String) -> Set<String> {
        guard let answers = try? Answers(stored: answers) else { return [] }  // Of an older form: nothing is indexed.
        // Only what is stored as a number is written: the index says no more than the answers.
        return Set(answers.texts.filter { number($0) == $0 })
    }

    static func insert(
        _ read: (answers: String, text: ID<DossierText>),
        of id: ID<Dossier>,
        agency: ID<Agency>,
        in tx: borrowing Transaction
    ) throws {
        let numbers = numbers(in: read.answers).sorted()
        guard !numbers.isEmpty else { return }
        var values: SQL = ""
        for (index, number) in numbers.enumerated() {
            let row: SQL = "(\(agency), \(number), \(id), \(read.text))"
            values = index == 0 ? row : "\(values), \(row)"
        }
        try tx.execute("INSERT INTO dossier_identity (agency, number, dossier, text) VALUES \(values)")
    }

    /// What is wrong with the rows of a dossier; after its answers were erased there may be none.
    static func difference(
        of id: ID<Dossier>,
        agency: ID<Agency>,
        answers: String?,
        in tx: borrowing Transaction
    ) throws -> String? {
        let stored = try tx.fetch("SELECT number, agency FROM dossier_identity WHERE dossier = \(id)")
        let found = Set(try stored.map { try $0.text(0) })
        let isOwn = try stored.allSatisfy { try $0.text(1) == agency.rawValue }
        let isRight = isOwn && found == answers.map(numbers) ?? []
        return isRight ? nil : "it would be found by other identity numbers"
    }
}
