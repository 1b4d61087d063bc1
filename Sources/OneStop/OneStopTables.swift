import Persistence

/// What offices can take in, who has booked when, and what follows from the logs of the queues: what is asked often, and what
/// the logs must not hold, the salt, the secrets and the telephones.
enum OneStopTables {
    static let migrations = [
        Migration(
            "one-stop-0.2",
            """
            CREATE TABLE one_stop_office (
                agency \(SQL.key) PRIMARY KEY, version BIGINT NOT NULL, model TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE appointment (
                id \(SQL.key) PRIMARY KEY, secret TEXT NOT NULL, office \(SQL.key) NOT NULL, day \(SQL.key) NOT NULL,
                minute BIGINT, field TEXT NOT NULL, procedure_code TEXT, person \(SQL.key) NOT NULL, name TEXT NOT NULL,
                phone TEXT NOT NULL, reason TEXT, state \(SQL.key) NOT NULL, code TEXT, attempts BIGINT NOT NULL,
                until BIGINT, reminded BIGINT NOT NULL, created BIGINT NOT NULL, language TEXT NOT NULL
            )
            """,
            "CREATE INDEX appointment_by_day ON appointment (office, day, state)",
            "CREATE INDEX appointment_by_state ON appointment (office, state, day)",
            "CREATE INDEX appointment_by_end ON appointment (state, until)",
            "CREATE INDEX appointment_to_remind ON appointment (day, id) WHERE state = 'booked' AND reminded = 0",
            "CREATE INDEX appointment_by_age ON appointment (day)",
            // What rests of places that were given up.
            """
            CREATE TABLE resting_place (
                office \(SQL.key) NOT NULL, day \(SQL.key) NOT NULL, minute BIGINT NOT NULL, field TEXT NOT NULL,
                until BIGINT NOT NULL
            )
            """,
            "CREATE INDEX resting_place_by_day ON resting_place (office, day)",
            "CREATE INDEX resting_place_on_day ON resting_place (day)",
            "CREATE INDEX resting_place_by_end ON resting_place (until)",
            // One open appointment per person and field, in whatever office.
            """
            CREATE TABLE appointment_claim (
                person \(SQL.key) NOT NULL, field \(SQL.key) NOT NULL, appointment \(SQL.key) NOT NULL UNIQUE,
                until BIGINT NOT NULL, PRIMARY KEY (person, field)
            )
            """,
            "CREATE INDEX appointment_claim_by_end ON appointment_claim (until)",
            // The salt keeps the log's digests of people from being guessed at; when the day is closed it goes, and then
            // nobody can be found. A day that is closed has no `open_until`.
            """
            CREATE TABLE office_day (
                office \(SQL.key) NOT NULL, day \(SQL.key) NOT NULL, version BIGINT NOT NULL, salt TEXT NOT NULL,
                capacity BIGINT NOT NULL, open_until BIGINT, summary TEXT NOT NULL, board TEXT NOT NULL,
                PRIMARY KEY (day, office)
            )
            """,
            "CREATE INDEX office_day_open ON office_day (open_until)",
            """
            CREATE TABLE ticket (
                secret \(SQL.key) PRIMARY KEY, office \(SQL.key) NOT NULL, day \(SQL.key) NOT NULL,
                number \(SQL.key) NOT NULL, state TEXT NOT NULL, UNIQUE (office, day, number)
            )
            """,
            // Who came when, counted as they come: what a forecast of waits is made from.
            """
            CREATE TABLE office_arrival (
                office \(SQL.key) NOT NULL, half_hour BIGINT NOT NULL, line \(SQL.key) NOT NULL,
                arrivals BIGINT NOT NULL, PRIMARY KEY (office, half_hour, line)
            )
            """,
            // How long visitors have taken, a list of seconds per day and field.
            """
            CREATE TABLE office_service (
                office \(SQL.key) NOT NULL, day \(SQL.key) NOT NULL, field \(SQL.key) NOT NULL, seconds TEXT NOT NULL,
                PRIMARY KEY (office, day, field)
            )
            """,
            // Whom to tell today; nobody stands here any more when they were served, or told, or the day is over.
            """
            CREATE TABLE ticket_contact (
                office \(SQL.key) NOT NULL, day \(SQL.key) NOT NULL, number \(SQL.key) NOT NULL, phone TEXT NOT NULL,
                secret TEXT NOT NULL, remind_at BIGINT, back_at BIGINT, language TEXT NOT NULL,
                PRIMARY KEY (office, day, number)
            )
            """,
            "CREATE INDEX ticket_contact_to_remind ON ticket_contact (remind_at)",
            // Wishes from afar, until the code that was sent to the telephone has come back.
            """
            CREATE TABLE ticket_proof (
                id \(SQL.key) PRIMARY KEY, office \(SQL.key) NOT NULL, line \(SQL.key) NOT NULL, phone TEXT NOT NULL,
                priority TEXT, health BIGINT NOT NULL, code TEXT NOT NULL, attempts BIGINT NOT NULL, until BIGINT NOT NULL,
                language TEXT NOT NULL
            )
            """,
            "CREATE INDEX ticket_proof_by_end ON ticket_proof (until)"
        ),
        Migration(
            "one-stop-0.3-revisions",
            // How often an appointment has changed, for the calendars that have taken it over; and, until the code has come
            // back, a digest of the browser that holds a place, so that pressing again finds it.
            "ALTER TABLE appointment ADD COLUMN revision BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE appointment ADD COLUMN browser TEXT"
        ),
        Migration(
            "one-stop-0.3-devices",
            """
            CREATE TABLE hall_device (
                id \(SQL.key) PRIMARY KEY, office \(SQL.key) NOT NULL, kind TEXT NOT NULL, name TEXT,
                registered BIGINT NOT NULL, until BIGINT NOT NULL, revoked BIGINT, revoked_by TEXT, seen BIGINT
            )
            """,
            "CREATE INDEX hall_device_by_office ON hall_device (office, registered, id)"
        ),
    ]
}
