import Kernel
import Persistence
import Web

/// The rows of appointments: whose they are, what state they are in, and what counts when it is asked who still fits.
enum AppointmentTables {
    /// Begins `person` where an account has booked.
    static let account = "citizen "

    static let columns: SQL = """
        id, secret, office, day, minute, field, procedure_code, name, phone, reason, state, code, attempts, until,
        person, language, revision
        """

    static func read(_ row: Row) throws -> Appointment {
        guard let day = LocalDate(rawValue: try row.text(3)),
            let state = Appointment.State(rawValue: try row.text(10))
        else { throw UnreadableAppointment() }
        return Appointment(
            id: ID(rawValue: try row.text(0)),
            secret: try row.text(1),
            office: ID(rawValue: try row.text(2)),
            day: day,
            minute: try row.optionalInt(4),
            field: try row.text(5),
            procedure: try row.optionalText(6),
            name: try row.text(7),
            phone: try row.text(8),
            reason: try row.optionalText(9).flatMap(PriorityReason.init(rawValue:)),
            state: state,
            code: try row.optionalText(11),
            attempts: try row.int(12),
            until: try row.optionalInt(13).map(Instant.init(rawValue:)),
            citizen: citizen(try row.text(14)),
            language: Language(rawValue: try row.text(15)) ?? .vi,
            revision: try row.int(16)
        )
    }

    private static func citizen(_ person: String) -> ID<Citizen>? {
        person.hasPrefix(account) ? ID(rawValue: String(person.dropFirst(account.count))) : nil
    }

    struct UnreadableAppointment: Error {}

    static func appointment(_ id: ID<Appointment>, in tx: borrowing Transaction) throws -> Appointment? {
        try tx.fetch("SELECT \(columns) FROM appointment WHERE id = \(id)").first.map(read)
    }

    /// Takes the one place in a field that a person may have; false when they have another that is still open.
    static func claim(
        _ id: ID<Appointment>,
        person: String,
        field: String,
        until: Instant,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO appointment_claim (person, field, appointment, until)
            VALUES (\(person), \(field), \(id), \(until))
            ON CONFLICT (person, field) DO UPDATE SET appointment = excluded.appointment, until = excluded.until
            WHERE appointment_claim.until <= \(now)
            """
        ) == 1
    }

    static func extendClaim(_ id: ID<Appointment>, until: Instant, in tx: borrowing Transaction) throws {
        try tx.execute("UPDATE appointment_claim SET until = \(until) WHERE appointment = \(id)")
    }

    static func giveUpClaim(_ id: ID<Appointment>, in tx: borrowing Transaction) throws {
        try tx.execute("DELETE FROM appointment_claim WHERE appointment = \(id)")
    }

    /// What is taken in some offices from one day to another.
    static func loads(
        of offices: [ID<Agency>],
        from first: LocalDate,
        to last: LocalDate,
        coolDown: (ID<Agency>) -> Span,
        in tx: borrowing Transaction
    ) throws -> [ID<Agency>: [LocalDate: DayLoad]] {
        var loads: [ID<Agency>: [LocalDate: DayLoad]] = [:]
        let range: SQL = "office IN \(list: offices) AND day >= \(first) AND day <= \(last)"
        for row in try tx.fetch(taken(range)) {
            guard let day = LocalDate(rawValue: try row.text(0)) else { continue }
            let office = ID<Agency>(rawValue: try row.text(5))
            loads[office, default: [:]][day, default: DayLoad()].places.append(try place(row, coolDown(office)))
        }
        return loads
    }

    /// What is taken in every office on one day.
    static func loads(
        on day: LocalDate,
        coolDown: (ID<Agency>) -> Span,
        in tx: borrowing Transaction
    ) throws -> [ID<Agency>: DayLoad] {
        var loads: [ID<Agency>: DayLoad] = [:]
        for row in try tx.fetch(taken("day = \(day)")) {
            let office = ID<Agency>(rawValue: try row.text(5))
            loads[office, default: DayLoad()].places.append(try place(row, coolDown(office)))
        }
        return loads
    }

    private static func taken(_ range: SQL) -> SQL {
        """
        SELECT day, minute, field, until, 0 AS resting, office FROM appointment
        WHERE \(range) AND minute IS NOT NULL AND state = 'booked'
        UNION ALL
        SELECT day, minute, field, until, 1 AS resting, office FROM appointment
        WHERE \(range) AND minute IS NOT NULL AND state IN ('held', 'offered', 'lapsed')
        UNION ALL
        SELECT day, minute, field, until, 0 AS resting, office FROM resting_place WHERE \(range)
        """
    }

    private static func place(_ row: Row, _ coolDown: Span) throws -> DayLoad.Place {
        let end = try row.optionalInt(3).map(Instant.init(rawValue:))
        return DayLoad.Place(
            minute: try row.int(1),
            field: try row.text(2),
            until: try row.bool(4) ? end.map { $0 + coolDown } : end
        )
    }
}
