import Persistence

/// The rows that dossiers are listed, found and opened by, and the books that agencies keep beside. `dossier` and
/// `dossier_word` follow from the log and `dossier_text`; `motcua verify` computes them again and compares.
enum DossierTables {
    static let migrations = [
        Migration(
            "dossiers-0.2",
            // `desk` is the agency where it lies, which is not always its own.
            """
            CREATE TABLE dossier (
                id \(SQL.key) PRIMARY KEY, code \(SQL.key) NOT NULL UNIQUE, version BIGINT NOT NULL,
                procedure_code TEXT NOT NULL, procedure_name TEXT NOT NULL, agency \(SQL.key) NOT NULL,
                channel TEXT NOT NULL, return_by TEXT NOT NULL, applicant \(SQL.key), applicant_name TEXT NOT NULL,
                applicant_phone TEXT, applicant_address TEXT, stage TEXT NOT NULL, box \(SQL.key) NOT NULL,
                role TEXT NOT NULL, holder \(SQL.key), desk \(SQL.key) NOT NULL DEFAULT '',
                step BIGINT NOT NULL DEFAULT 0, asked_again BIGINT NOT NULL DEFAULT 0,
                withdrawal_asked BIGINT NOT NULL, filed_at BIGINT NOT NULL, first_answer_due BIGINT,
                received_at BIGINT, due_at BIGINT, open_due BIGINT, held_since BIGINT, answer_ends BIGINT,
                part_due BIGINT, updated_at BIGINT NOT NULL, finished_at BIGINT, result_number TEXT,
                returned_at BIGINT, returned_by TEXT
            )
            """,
            // One index per question that a list asks; the ID breaks ties, so that a page can go on where one ended.
            "CREATE INDEX dossier_by_box ON dossier (agency, box, filed_at, id)",
            "CREATE INDEX dossier_by_turn ON dossier (desk, role, filed_at, id) WHERE box = 'processing' AND holder IS NULL",
            "CREATE INDEX dossier_by_holder ON dossier (desk, holder, box, filed_at, id)",
            "CREATE INDEX dossier_by_due ON dossier (agency, open_due, id)",
            "CREATE INDEX dossier_by_applicant ON dossier (applicant, filed_at, id)",
            "CREATE INDEX dossier_by_age ON dossier (agency, filed_at, id)",
            "CREATE INDEX dossier_by_answer ON dossier (agency, answer_ends, id) WHERE answer_ends IS NOT NULL",
            "CREATE INDEX dossier_by_wait ON dossier (agency, held_since, id) WHERE box = 'waiting'",
            "CREATE INDEX dossier_passed ON dossier (agency, part_due, id) WHERE part_due IS NOT NULL",
            "CREATE INDEX dossier_received ON dossier (desk, part_due, id) WHERE part_due IS NOT NULL",
            """
            CREATE INDEX dossier_by_first_answer ON dossier (agency, first_answer_due, id)
            WHERE first_answer_due IS NOT NULL
            """,
            // In the order in which dossiers were filed, which nothing that happens to them changes.
            """
            CREATE INDEX dossier_running ON dossier (agency, id)
            WHERE open_due IS NOT NULL OR first_answer_due IS NOT NULL
            """,
            // One range for each day by which the register is asked for.
            "CREATE INDEX dossier_by_receipt ON dossier (agency, received_at, id) WHERE received_at IS NOT NULL",
            "CREATE INDEX dossier_by_due_day ON dossier (agency, due_at, id) WHERE due_at IS NOT NULL",
            "CREATE INDEX dossier_by_return ON dossier (agency, returned_at, id) WHERE returned_at IS NOT NULL",
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
            // The origin is where a file that is used again comes from; `unsent_by` says in whose sums it is.
            """
            CREATE TABLE attachment (
                id \(SQL.key) PRIMARY KEY, draft \(SQL.key), dossier \(SQL.key), component TEXT NOT NULL,
                name TEXT NOT NULL, kind TEXT NOT NULL, pages BIGINT, bytes BIGINT NOT NULL,
                digest \(SQL.key) NOT NULL, created_at BIGINT NOT NULL,
                origin_dossier \(SQL.key), origin_result TEXT, unsent_by \(SQL.key)
            )
            """,
            "CREATE INDEX attachment_of_draft ON attachment (draft, id)",
            "CREATE INDEX attachment_of_dossier ON attachment (dossier, id)",
            "CREATE INDEX attachment_by_digest ON attachment (digest)",
            "CREATE INDEX attachment_unsent ON attachment (dossier) WHERE unsent_by IS NOT NULL",
            """
            CREATE TABLE draft (
                id \(SQL.key) PRIMARY KEY, citizen \(SQL.key) NOT NULL, procedure_code TEXT NOT NULL,
                revision BIGINT NOT NULL, situation TEXT, agency TEXT NOT NULL, return_by TEXT NOT NULL,
                answers TEXT NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
                dossier \(SQL.key)
            )
            """,
            "CREATE INDEX draft_by_citizen ON draft (citizen, updated_at, id)",
            // What citizens have uploaded and not handed in yet, and what they have handed in today: running sums.
            """
            CREATE TABLE unsent (
                citizen \(SQL.key) PRIMARY KEY, files BIGINT NOT NULL, bytes BIGINT NOT NULL,
                day \(SQL.key) NOT NULL, hand_ins BIGINT NOT NULL, handed_in_bytes BIGINT NOT NULL
            )
            """,
            // Follows from the log: the daily numbers.
            """
            CREATE TABLE dossier_tally (
                day \(SQL.key) NOT NULL, agency \(SQL.key) NOT NULL, what \(SQL.key) NOT NULL, count BIGINT NOT NULL,
                PRIMARY KEY (day, agency, what)
            )
            """,
            // Changes of calendars, and how far due dates have been counted anew.
            """
            CREATE TABLE recount (
                id \(SQL.key) PRIMARY KEY, agency \(SQL.key) NOT NULL, entry \(SQL.key) NOT NULL, first_day TEXT NOT NULL,
                ground TEXT NOT NULL, begun_at BIGINT NOT NULL, expected BIGINT NOT NULL, seen BIGINT NOT NULL,
                moved BIGINT NOT NULL, last_agency \(SQL.key), last_dossier \(SQL.key), finished_at BIGINT
            )
            """,
            "CREATE INDEX recount_open ON recount (begun_at, id) WHERE finished_at IS NULL",
            "CREATE INDEX recount_of ON recount (entry, begun_at, id)",
            """
            CREATE TABLE absence (
                id \(SQL.key) PRIMARY KEY, agency \(SQL.key) NOT NULL, officer \(SQL.key) NOT NULL, deputy \(SQL.key),
                roles TEXT NOT NULL, document TEXT, from_day \(SQL.key) NOT NULL, until_day \(SQL.key) NOT NULL,
                author TEXT NOT NULL, recorded_at BIGINT NOT NULL, ended_at BIGINT
            )
            """,
            "CREATE INDEX absence_by_deputy ON absence (agency, deputy, until_day)",
            "CREATE INDEX absence_by_end ON absence (agency, until_day, id)",
            """
            CREATE TABLE assignment_rule (
                agency \(SQL.key) NOT NULL, role \(SQL.key) NOT NULL, scope \(SQL.key) NOT NULL, way TEXT NOT NULL,
                PRIMARY KEY (agency, role, scope)
            )
            """,
            // When somebody was last given a dossier: among equals it is the turn of who has waited longest.
            """
            CREATE TABLE officer_turn (
                agency \(SQL.key) NOT NULL, officer \(SQL.key) NOT NULL, given_at BIGINT NOT NULL,
                PRIMARY KEY (agency, officer)
            )
            """,
            // Piles of paper on their way from the scanner into dossiers.
            """
            CREATE TABLE scan_batch (
                id \(SQL.key) PRIMARY KEY, agency \(SQL.key) NOT NULL, officer \(SQL.key) NOT NULL, name TEXT NOT NULL,
                digest \(SQL.key) NOT NULL, bytes BIGINT NOT NULL, pages BIGINT, pages_read BIGINT NOT NULL,
                state \(SQL.key) NOT NULL, fault TEXT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX scan_batch_by_agency ON scan_batch (agency, created_at, id)",
            "CREATE INDEX scan_batch_by_age ON scan_batch (state, updated_at)",
            "CREATE INDEX scan_batch_by_digest ON scan_batch (digest)",
            """
            CREATE TABLE scan_part (
                batch \(SQL.key) NOT NULL, number BIGINT NOT NULL, first_page BIGINT NOT NULL, pages BIGINT NOT NULL,
                code TEXT NOT NULL, component TEXT NOT NULL, is_dropped BIGINT NOT NULL, digest \(SQL.key),
                bytes BIGINT NOT NULL, filed_at BIGINT, PRIMARY KEY (batch, number)
            )
            """,
            "CREATE INDEX scan_part_by_digest ON scan_part (digest)",
            // The piles of each agency that nobody has filed or thrown away yet: running sums.
            "CREATE TABLE pile_use (agency \(SQL.key) PRIMARY KEY, piles BIGINT NOT NULL, bytes BIGINT NOT NULL)",
            // Follows from the log: the papers that an authority holds of a person.
            """
            CREATE TABLE paper_on_file (
                attachment \(SQL.key) PRIMARY KEY, dossier \(SQL.key) NOT NULL, citizen \(SQL.key) NOT NULL,
                key \(SQL.key) NOT NULL, is_result BIGINT NOT NULL, is_valid BIGINT NOT NULL, at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX paper_on_file_of ON paper_on_file (citizen, key, at)",
            "CREATE INDEX paper_on_file_in ON paper_on_file (dossier)",
            // Procedure '' stands for all that have no pattern of their own.
            """
            CREATE TABLE number_pattern (
                agency \(SQL.key) NOT NULL, procedure_code \(SQL.key) NOT NULL, pattern TEXT NOT NULL,
                PRIMARY KEY (agency, procedure_code)
            )
            """,
            """
            CREATE TABLE issue_series (
                agency \(SQL.key) NOT NULL, year BIGINT NOT NULL, pattern \(SQL.key) NOT NULL, last BIGINT NOT NULL,
                PRIMARY KEY (agency, year, pattern)
            )
            """,
            """
            CREATE TABLE issued_result (
                agency \(SQL.key) NOT NULL, year BIGINT NOT NULL, pattern \(SQL.key) NOT NULL, number BIGINT NOT NULL,
                dossier \(SQL.key) NOT NULL, PRIMARY KEY (agency, year, pattern, number)
            )
            """,
            "CREATE INDEX issued_result_of ON issued_result (dossier)",
            // The opinions that are waited for.
            """
            CREATE TABLE dossier_opinion (
                opinion \(SQL.key) PRIMARY KEY, dossier \(SQL.key) NOT NULL, agency \(SQL.key) NOT NULL,
                officer \(SQL.key) NOT NULL, asker \(SQL.key) NOT NULL, asked_at BIGINT NOT NULL,
                answer_ends BIGINT NOT NULL
            )
            """,
            "CREATE INDEX dossier_opinion_by_day ON dossier_opinion (agency, officer, answer_ends, opinion)",
            "CREATE INDEX dossier_opinion_of ON dossier_opinion (dossier)"
        ),
        Migration(
            "dossiers-0.3-results",
            // What is proposed or decided, for the lists of those who sign and return it.
            "ALTER TABLE dossier ADD COLUMN outcome TEXT",
            "ALTER TABLE dossier ADD COLUMN result_files TEXT",
            PreparedResult.backfill
        ),
        Migration(
            "dossiers-0.3-draft-parts",
            // Goes with the draft when it is filed or thrown away.
            """
            CREATE TABLE draft_part (
                draft \(SQL.key) NOT NULL, part \(SQL.key) NOT NULL, PRIMARY KEY (draft, part)
            )
            """
        ),
        Migration(
            "dossiers-0.3-cancelled",
            // What was taken in by mistake used to stand among what was stopped.
            """
            UPDATE dossier SET stage = 'cancelled' WHERE stage = 'stopped' AND EXISTS (
                SELECT 1 FROM event e WHERE e.stream = 'dossier/' || dossier.id
                    AND e.payload LIKE '{"correction":{"intakeCancelled"%'
            )
            """
        ),
        DossierIdentities.migration,
    ]
}
