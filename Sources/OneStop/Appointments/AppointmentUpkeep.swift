package import Kernel
package import Persistence
package import Web

extension AppointmentBook {
    /// Lets offers lapse and makes new ones, reminds people of tomorrow, forgets what has rested.
    package func tend(at now: Instant) async throws {
        for (office, day) in try await daysWithLapses(at: now) {
            try await events.transaction { tx in
                try tend(office, day, at: now, in: tx)
                try tx.execute(
                    """
                    UPDATE appointment SET state = 'lapsed', code = NULL
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
        let circumstances = Circumstances(at: now, actor: .system(name: "appointments"))
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
                guard let start = appointment.start else { continue }
                try ShortMessage(
                    to: appointment.phone,
                    text: "Nhac lich hen: \(start.vietnamese). Doi hoac huy: \(site)\(appointment.path)"
                ).post(about: appointment.id, in: tx)
            }
            try tx.execute("UPDATE appointment SET reminded = 1 WHERE id IN \(list: appointments.map(\.id))")
        }
    }
}

/// When an office can take in fewer people, those who booked last are asked to choose anew; when it can take in more
/// again, they get their places back and those who wait are offered what is free.
package struct Replanning: Follower {
    package let name = "one-stop-replanning"
    private let book: AppointmentBook
    private let office: Office

    package init(book: AppointmentBook, office: Office) { (self.book, self.office) = (book, office) }

    package func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        let now = office.now
        // However many changes an office has seen, its days are planned once, with what holds now.
        // Nobody loses a place because the counters were found to be slower: only what somebody decides moves people.
        var offices: [ID<Agency>: Bool] = [:]
        for case let (id, recorded)? in try events.map({ try $0.read(OneStopOffice.self) }) {
            let isDecided = if case .serviceTimeMeasured = recorded.event { false } else { true }
            offices[ID(rawValue: id.rawValue), default: false] = isDecided || offices[ID(rawValue: id.rawValue)] == true
        }
        for (agency, isDecided) in offices.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let days = try tx.fetch(
                """
                SELECT DISTINCT day FROM appointment
                WHERE office = \(agency) AND day >= \(now.localDate)
                    AND state IN ('held', 'booked', 'waiting', 'offered', 'displaced')
                """
            ).compactMap { LocalDate(rawValue: try $0.text(0)) }.sorted()
            for day in days {
                let plan = try book.plan(agency, day, in: tx)
                let circumstances = Circumstances(at: now, actor: .system(name: name))
                if isDecided { try book.perform(.replan(plan, at: now), agency, day, circumstances, in: tx) }
                try book.perform(.tend(plan, at: now), agency, day, circumstances, in: tx)
            }
        }
    }
}
