import Persistence

/// Who may come in, by which sessions, and what is kept for them.
enum AccountTables {
    static let migrations = [
        Migration(
            "accounts-0.2",
            """
            CREATE TABLE citizen_account (
                id \(SQL.key) PRIMARY KEY, name TEXT NOT NULL, phone \(SQL.key) UNIQUE, email \(SQL.key) UNIQUE,
                password TEXT NOT NULL, created BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE staff_account (
                id \(SQL.key) PRIMARY KEY, user_name \(SQL.key) NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT NOT NULL,
                one_time_until BIGINT, disabled BIGINT NOT NULL, created BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE staff_post (
                officer \(SQL.key) NOT NULL, agency \(SQL.key) NOT NULL, roles TEXT NOT NULL,
                PRIMARY KEY (officer, agency)
            )
            """,
            "CREATE INDEX staff_post_agency ON staff_post (agency)",
            // `ended`: somebody has ended it, which stays true when the clock is put back.
            """
            CREATE TABLE session (
                digest \(SQL.key) PRIMARY KEY, audience TEXT NOT NULL, person \(SQL.key) NOT NULL, agency \(SQL.key),
                device TEXT NOT NULL, remembered BIGINT NOT NULL,
                created BIGINT NOT NULL, seen BIGINT NOT NULL, expires BIGINT NOT NULL,
                ended BIGINT NOT NULL DEFAULT 0
            )
            """,
            "CREATE INDEX session_person ON session (person)",
            "CREATE INDEX session_expires ON session (expires)",
            "CREATE TABLE attempt (key \(SQL.key) PRIMARY KEY, count BIGINT NOT NULL, until BIGINT NOT NULL)",
            "CREATE INDEX attempt_until ON attempt (until)",
            // `person`, so that nobody has many.
            """
            CREATE TABLE kept_form (
                digest \(SQL.key) PRIMARY KEY, body TEXT NOT NULL, expires BIGINT NOT NULL, person \(SQL.key)
            )
            """,
            "CREATE INDEX kept_form_expires ON kept_form (expires)",
            "CREATE INDEX kept_form_person ON kept_form (person, expires)",
            """
            CREATE TABLE known_device (
                digest \(SQL.key) NOT NULL, person \(SQL.key) NOT NULL, seen BIGINT NOT NULL, PRIMARY KEY (digest, person)
            )
            """,
            "CREATE INDEX known_device_person ON known_device (person, seen)",
            """
            CREATE TABLE staff_proposal (
                id \(SQL.key) PRIMARY KEY, officer \(SQL.key) NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX staff_proposal_officer ON staff_proposal (officer)"
        )
    ]
}
