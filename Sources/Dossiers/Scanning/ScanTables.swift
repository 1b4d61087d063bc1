import Persistence

/// Piles of paper on their way from the scanner into dossiers. Rows and no events: until an officer has confirmed where
/// the pages belong nothing has happened to any dossier.
enum ScanTables {
    static let migrations: [Migration] = [
        Migration(
            "scans-1",
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
            "CREATE INDEX scan_part_by_digest ON scan_part (digest)"
        )
    ]
}
