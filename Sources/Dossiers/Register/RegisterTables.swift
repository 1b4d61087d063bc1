import Persistence

/// What the register adds to the rows of dossiers.
enum RegisterTables {
    static let migrations = [
        Migration(
            "register-1",
            "ALTER TABLE dossier ADD COLUMN applicant_phone TEXT",
            "ALTER TABLE dossier ADD COLUMN applicant_address TEXT",
            "ALTER TABLE dossier ADD COLUMN received_at BIGINT",
            "ALTER TABLE dossier ADD COLUMN returned_at BIGINT",
            "ALTER TABLE dossier ADD COLUMN returned_by TEXT",
            // Dossiers that are there already: from their events and from the answers with which they were filed.
            """
            UPDATE dossier SET
                received_at = (SELECT MAX(e.at) FROM event e
                    WHERE e.stream = 'dossier/' || dossier.id AND e.payload LIKE '{"accepted":%'),
                returned_at = (SELECT MAX(e.at) FROM event e
                    WHERE e.stream = 'dossier/' || dossier.id AND e.payload LIKE '{"returned":%'),
                returned_by = (SELECT MAX(CASE WHEN e.payload LIKE '%"online"%' THEN 'online'
                        WHEN e.payload LIKE '%"post"%' THEN 'post' ELSE 'counter' END) FROM event e
                    WHERE e.stream = 'dossier/' || dossier.id AND e.payload LIKE '{"returned":%')
            """,
            """
            UPDATE dossier SET
                applicant_phone = (SELECT \(phone) FROM dossier_text t WHERE t.dossier = dossier.id
                    AND t.kind = 'answers' ORDER BY t.created_at, t.id LIMIT 1),
                applicant_address = (SELECT \(address) FROM dossier_text t WHERE t.dossier = dossier.id
                    AND t.kind = 'answers' ORDER BY t.created_at, t.id LIMIT 1)
            """,
            // One range for each day by which the register is asked for; filing has its own since the beginning.
            "CREATE INDEX dossier_by_receipt ON dossier (agency, received_at, id) WHERE received_at IS NOT NULL",
            "CREATE INDEX dossier_by_due_day ON dossier (agency, due_at, id) WHERE due_at IS NOT NULL",
            "CREATE INDEX dossier_by_return ON dossier (agency, returned_at, id) WHERE returned_at IS NOT NULL"
        )
    ]

    private static let phone: SQL = """
        \(sqlite: "json_extract(t.body, '$.applicant.phone')", postgres: "t.body::json #>> '{applicant,phone}'")
        """
    private static let address: SQL = """
        \(sqlite: "json_extract(t.body, '$.applicant.address')", postgres: "t.body::json #>> '{applicant,address}'")
        """
}
