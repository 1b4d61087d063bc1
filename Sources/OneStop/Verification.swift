import Kernel
import Persistence
import Web

extension OneStop {
    /// Computes the rows of offices, appointments and queues again from the log, and answers those that differ, at most
    /// `limit`.
    func differences(limit: Int = 20) async throws -> [String] {
        let found =
            try await offices.verify() + appointments.verify(at: office.now)
            + queues.book.verify(limit: limit) + HallDeviceBook(database: offices.database).verify()
        return Array(found.prefix(limit))
    }
}

extension OfficeBook {
    fileprivate func verify() async throws -> [String] {
        var differences: [String] = []
        for (agency, model) in try await all() {
            let told = try await history(of: agency).map(\.event)
            if OneStopOffice(replaying: told).model != model {
                differences.append("one-stop office \(agency.rawValue)")
            }
        }
        return differences
    }
}

extension AppointmentBook {
    func verify(at now: Instant) async throws -> [String] {
        let oldest = now.localDate.adding(days: -AppointmentBook.keptDays)
        var differences: [String] = []
        var last: ID<AppointmentDay>?
        while true {
            let after = last
            let (ids, found) = try await database.read { tx in
                let ids = try events.streams(of: AppointmentDay.self, after: after, limit: 200, in: tx)
                return (ids, try compare(ids, since: oldest, in: tx))
            }
            differences += found
            guard let end = ids.last else { return differences }
            last = end
        }
    }

    private func compare(_ ids: [ID<AppointmentDay>], since oldest: LocalDate, in tx: borrowing Transaction) throws
        -> [String]
    {
        var differences: [String] = []
        for id in ids { differences += try compare(id, since: oldest, in: tx) }
        return differences
    }

    private func compare(_ id: ID<AppointmentDay>, since oldest: LocalDate, in tx: borrowing Transaction) throws
        -> [String]
    {
        // `office.2026-11-23`
        let office = ID<Agency>(rawValue: String(id.rawValue.dropLast(11)))
        guard let day = LocalDate(rawValue: String(id.rawValue.suffix(10))), oldest <= day else { return [] }
        let state = AppointmentDay(replaying: try events.history(of: id, in: tx).map(\.event))
        let expected = state.entries.compactMap { entry in
            entry.stored.map { "\(entry.appointment.rawValue) \($0.rawValue) \(entry.minute ?? -1)" }
        }
        let rows = try tx.fetch(
            """
            SELECT id, state, minute FROM appointment WHERE office = \(office) AND day = \(day)
                AND state IN ('booked', 'waiting', 'offered', 'displaced')
            """
        ).map { "\(try $0.text(0)) \(try $0.text(1)) \(try $0.optionalInt(2) ?? -1)" }
        return Set(expected).symmetricDifference(rows).sorted().map { "appointment \($0)" }
    }
}

extension AppointmentDay.Entry {
    /// As a row says it; a hold ends by the clock alone.
    fileprivate var stored: Appointment.State? {
        switch standing {
        case .held: nil
        case .booked: .booked
        case .waiting: .waiting
        case .offered: .offered
        case .displaced: .displaced
        }
    }
}
