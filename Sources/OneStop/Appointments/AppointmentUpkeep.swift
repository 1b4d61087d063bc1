package import Kernel
import Persistence
import Web

extension AppointmentBook {
    /// Lets offers lapse and makes new ones, reminds people of tomorrow, forgets what has rested.
    package func tend(at now: Instant) async throws {
        for (office, day) in try await daysWithLapses(at: now) {
            try await events.transaction { tx in
                try tend(office, day, at: now, in: tx)
                try tx.execute(
                    """
                    UPDATE appointment SET state = 'lapsed', code = NULL, browser = NULL
                    WHERE office = \(office) AND day = \(day) AND state IN ('held', 'asked') AND until <= \(now)
                    """
                )
            }
        }
        try await remind(at: now)
        try await database.transaction { tx in
            try tx.execute("DELETE FROM resting_place WHERE until <= \(now)")
            try tx.execute("DELETE FROM appointment_claim WHERE until <= \(now)")
            // Who came where and when is nobody's business afterwards (Law 91/2025/QH15); the log says no names.
            let oldest = now.localDate.adding(days: -AppointmentBook.keptDays)
            try tx.execute("DELETE FROM appointment WHERE day < \(oldest)")
        }
    }

    /// How long names and telephone numbers are kept after the day.
    static let keptDays = 30

    private func tend(_ office: ID<Agency>, _ day: LocalDate, at now: Instant, in tx: borrowing Transaction) throws {
        let circumstances = Circumstances(at: now, actor: .system(name: .appointments))
        try perform(.tend(try plan(office, day, in: tx), at: now), office, day, circumstances, in: tx)
    }

    private func daysWithLapses(at now: Instant) async throws -> [(ID<Agency>, LocalDate)] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT DISTINCT office, day FROM appointment
                WHERE state IN ('held', 'asked', 'offered') AND until <= \(now)
                """
            ).compactMap { row in
                try LocalDate(rawValue: try row.text(1)).map { (ID(rawValue: try row.text(0)), $0) }
            }
        }
    }

    /// The day before, once; from eight in the morning, when nobody is woken by it.
    private func remind(at now: Instant) async throws {
        guard now.localMinute.minuteOfDay >= 480 else { return }
        let tomorrow = now.localDate.adding(days: 1)
        try await database.transaction { tx in
            let rows = try tx.fetch(
                """
                SELECT \(AppointmentTables.columns) FROM appointment
                WHERE day = \(tomorrow) AND state = 'booked' AND reminded = 0 ORDER BY id LIMIT 500
                """
            )
            let appointments = try rows.map(AppointmentTables.read)
            for appointment in appointments {
                guard let start = appointment.start, let recipient = appointment.recipient else { continue }
                try Notice(
                    to: recipient,
                    in: appointment.language,
                    about: appointment.id.subject,
                    AppointmentNotice.reminder,
                    appointment.facts(for: AppointmentNotice.reminder, site: site),
                    until: Instant(start),
                    once: "appointment.reminder \(appointment.id.rawValue) \(start.rawValue)"
                ).say(at: now, in: tx)
            }
            try tx.execute("UPDATE appointment SET reminded = 1 WHERE id IN \(list: appointments.map(\.id))")
        }
    }
}
