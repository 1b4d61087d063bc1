import Persistence

/// The rows of the queues. All of them follow from the log but the salt, the secrets and the telephones.
enum TicketTables {
    static let migrations: [Migration] = [
        Migration(
            "tickets-1",
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
            """
        ),
        Migration(
            "tickets-2",
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
                secret TEXT NOT NULL, remind_at BIGINT, back_at BIGINT, PRIMARY KEY (office, day, number)
            )
            """,
            "CREATE INDEX ticket_contact_to_remind ON ticket_contact (remind_at)"
        ),
        Migration(
            "tickets-3",
            // Wishes from afar, until the code that was sent to the telephone has come back.
            """
            CREATE TABLE ticket_proof (
                id \(SQL.key) PRIMARY KEY, office \(SQL.key) NOT NULL, line \(SQL.key) NOT NULL, phone TEXT NOT NULL,
                priority TEXT, health BIGINT NOT NULL, code TEXT NOT NULL, attempts BIGINT NOT NULL, until BIGINT NOT NULL
            )
            """,
            "CREATE INDEX ticket_proof_by_end ON ticket_proof (until)"
        ),
        Migration(
            "tickets-4",
            // In which language somebody has taken the ticket, and is told the rest.
            "ALTER TABLE ticket_contact ADD COLUMN language TEXT NOT NULL DEFAULT 'vi'",
            "ALTER TABLE ticket_proof ADD COLUMN language TEXT NOT NULL DEFAULT 'vi'"
        ),
    ]
}
