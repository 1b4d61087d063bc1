import Persistence

/// The rows that dossiers are listed, found and opened by. `dossier` and `dossier_word` follow from the log and
/// `dossier_text`; `motcua verify` computes them again and compares.
enum DossierTables {
    static let migrations: [Migration] = [
        Migration(
            "dossiers-1",
            """
            CREATE TABLE dossier (
                id \(SQL.key) PRIMARY KEY, code \(SQL.key) NOT NULL UNIQUE, version BIGINT NOT NULL,
                procedure_code TEXT NOT NULL, procedure_name TEXT NOT NULL, agency \(SQL.key) NOT NULL,
                channel TEXT NOT NULL, return_by TEXT NOT NULL, applicant \(SQL.key), applicant_name TEXT NOT NULL,
                stage TEXT NOT NULL, box \(SQL.key) NOT NULL, role TEXT NOT NULL, holder \(SQL.key),
                withdrawal_asked BIGINT NOT NULL, filed_at BIGINT NOT NULL, due_at BIGINT, open_due BIGINT,
                updated_at BIGINT NOT NULL, finished_at BIGINT
            )
            """,
            // One index per question that a list asks; the ID breaks ties, so that a page can go on where one ended.
            "CREATE INDEX dossier_by_box ON dossier (agency, box, filed_at, id)",
            "CREATE INDEX dossier_by_turn ON dossier (agency, role, filed_at, id) WHERE box = 'processing' AND holder IS NULL",
            "CREATE INDEX dossier_by_holder ON dossier (agency, holder, box, filed_at, id)",
            "CREATE INDEX dossier_by_due ON dossier (agency, open_due, id)",
            "CREATE INDEX dossier_by_applicant ON dossier (applicant, filed_at, id)",
            "CREATE INDEX dossier_by_age ON dossier (agency, filed_at, id)",
            // Every word of the applicant's name with the words behind it, the digits of the code and the telephone:
            // a fragment is found by the range of texts that begin with it.
            """
            CREATE TABLE dossier_word (
                agency \(SQL.key) NOT NULL, word \(SQL.key) NOT NULL, dossier \(SQL.key) NOT NULL,
                PRIMARY KEY (agency, word, dossier)
            )
            """,
            "CREATE INDEX dossier_word_of ON dossier_word (dossier)",
            // What people typed. Events know it by ID and digest only, so a row may be erased by law.
            """
            CREATE TABLE dossier_text (
                id \(SQL.key) PRIMARY KEY, dossier \(SQL.key) NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
                salt TEXT NOT NULL, created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX dossier_text_of ON dossier_text (dossier, kind)",
            """
            CREATE TABLE attachment (
                id \(SQL.key) PRIMARY KEY, draft \(SQL.key), dossier \(SQL.key), component TEXT NOT NULL,
                name TEXT NOT NULL, kind TEXT NOT NULL, pages BIGINT, bytes BIGINT NOT NULL,
                digest \(SQL.key) NOT NULL, created_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX attachment_of_draft ON attachment (draft, id)",
            "CREATE INDEX attachment_of_dossier ON attachment (dossier, id)",
            "CREATE INDEX attachment_by_digest ON attachment (digest)",
            """
            CREATE TABLE draft (
                id \(SQL.key) PRIMARY KEY, citizen \(SQL.key) NOT NULL, procedure_code TEXT NOT NULL,
                revision BIGINT NOT NULL, situation TEXT, agency TEXT NOT NULL, return_by TEXT NOT NULL,
                answers TEXT NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
                dossier \(SQL.key)
            )
            """,
            "CREATE INDEX draft_by_citizen ON draft (citizen, updated_at, id)"
        )
    ]
}
