import Persistence

/// The tree of agencies, the administrative units, the calendars and the standing orders.
enum AgencyTables {
    static let migrations = [
        Migration(
            "agencies-0.2",
            """
            CREATE TABLE agency (
                id \(SQL.key) NOT NULL PRIMARY KEY, parent \(SQL.key) REFERENCES agency (id), path \(SQL.key) NOT NULL,
                level TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, folded \(SQL.key) NOT NULL,
                profile TEXT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX agency_path ON agency (path)",
            """
            CREATE TABLE known_code (
                code \(SQL.key) NOT NULL PRIMARY KEY, name TEXT NOT NULL, entry TEXT NOT NULL
            )
            """,
            // One row, whose number tells whether a tree in memory is still the newest.
            "CREATE TABLE agency_revision (revision BIGINT NOT NULL)",
            "INSERT INTO agency_revision VALUES (0)",
            """
            CREATE TABLE admin_unit (
                edition \(SQL.key) NOT NULL, code \(SQL.key) NOT NULL, level TEXT NOT NULL, parent \(SQL.key),
                type TEXT NOT NULL, name TEXT NOT NULL, full_name TEXT NOT NULL, name_en TEXT NOT NULL,
                folded \(SQL.key) NOT NULL, valid_from TEXT, valid_until TEXT, PRIMARY KEY (edition, code)
            )
            """,
            "CREATE INDEX admin_unit_parent ON admin_unit (parent, edition)",
            "CREATE INDEX admin_unit_folded ON admin_unit (folded)",
            """
            CREATE TABLE calendar_entry (
                id \(SQL.key) NOT NULL PRIMARY KEY, agency \(SQL.key) NOT NULL, first_day \(SQL.key) NOT NULL,
                decision TEXT NOT NULL, decided_at BIGINT NOT NULL, decided_by \(SQL.key), withdrawn_at BIGINT,
                withdrawn_by \(SQL.key), withdrawn_reason TEXT
            )
            """,
            "CREATE INDEX calendar_entry_of ON calendar_entry (agency, first_day, id)",
            // One row, whose number tells whether calendars in memory are still the newest.
            "CREATE TABLE calendar_revision (revision BIGINT NOT NULL)",
            "INSERT INTO calendar_revision VALUES (0)",
            """
            CREATE TABLE standing_order (
                id \(SQL.key) NOT NULL PRIMARY KEY, agency \(SQL.key) NOT NULL, ordered_by \(SQL.key) NOT NULL,
                ends BIGINT, standing TEXT NOT NULL, imposed_at BIGINT NOT NULL, imposed_by \(SQL.key), lifted_at BIGINT,
                lifted_by \(SQL.key), lifted_for \(SQL.key), lifted_reason TEXT
            )
            """,
            "CREATE INDEX standing_order_of ON standing_order (agency, ends)",
            // One row, whose number tells whether orders in memory are still the newest.
            "CREATE TABLE order_revision (revision BIGINT NOT NULL)",
            "INSERT INTO order_revision VALUES (0)"
        )
    ]
}
