import Kernel
import Persistence

extension TicketBook {
    /// Computes the rows of every day again from the log, and names those that differ, until there are `limit`.
    ///
    /// Secrets and the salt of a day that is not over are not in the log, so they are not compared; telephones are erased
    /// during the day and not compared either.
    package func verify(limit: Int = 20) async throws -> [String] {
        var differences: [String] = []
        var days: Set<String> = []
        var last: ID<OfficeDay>?
        while differences.count < limit {
            let (ids, found) = try await database.read { [last] tx in
                let ids = try events.streams(of: OfficeDay.self, after: last, limit: 100, in: tx)
                return (ids, try ids.flatMap { try compare($0, in: tx) })
            }
            differences += found
            days.formUnion(ids.map(\.rawValue))
            guard let end = ids.last else { break }
            last = end
        }
        if differences.count < limit { differences += try await strays(beside: days) }
        return Array(differences.prefix(limit))
    }

    private func compare(_ id: ID<OfficeDay>, in tx: borrowing Transaction) throws -> [String] {
        // `office/2026-11-23`
        let office = ID<Agency>(rawValue: String(id.rawValue.dropLast(11)))
        let history: [Recorded<OfficeDay.Event>] = try events.history(of: id, in: tx)
        let state = OfficeDay(replaying: history.map(\.event))
        guard let last = history.last, let setting = state.setting else { return [] }
        let day = setting.date
        let place = "queue of \(office.rawValue) on \(day.rawValue)"
        var differences: [String] = []
        if let what = try difference(ofDay: state, setting, last, office, in: tx) {
            differences.append("\(place): \(what)")
        }
        differences += try difference(ofTickets: state.tickets, office, day, in: tx).map { "\(place): ticket \($0)" }
        if try arrivals(in: history) != arrivals(office, day, in: tx) {
            differences.append("\(place): its arrivals are others")
        }
        let served = try services(office, day, in: tx)
        if served != (state.isClosed ? state.visits.ofFields : [:]) {
            differences.append("\(place): its service times are others")
        }
        return differences
    }

    private func difference(
        ofDay state: OfficeDay,
        _ setting: DaySetting,
        _ last: Recorded<OfficeDay.Event>,
        _ office: ID<Agency>,
        in tx: borrowing Transaction
    ) throws -> String? {
        let row = try tx.fetch(
            """
            SELECT version, capacity, open_until, summary, board, salt FROM office_day
            WHERE day = \(setting.date) AND office = \(office)
            """
        ).first
        guard let row else { return "its row is missing" }
        guard try row.int(0) == last.version else { return "version is \(try row.int(0)), should be \(last.version)" }
        guard try row.int(1) == state.capacity else {
            return "capacity is \(try row.int(1)), should be \(state.capacity)"
        }
        let openUntil = state.isClosed ? nil : setting.closes.map { $0 + .hours(1) }
        guard try row.optionalInt(2) == openUntil?.milliseconds else { return "it is open until another time" }
        let board = DayBoard(state, setting, at: last.circumstances.at)
        guard try StoredForm.value(DayBoard.self, from: try row.text(4)) == board else { return "its board is another" }
        guard try StoredForm.value(DayBoard.Summary.self, from: try row.text(3)) == board.summary else {
            return "its summary is another"
        }
        let salt = try row.text(5)
        return state.isClosed && !salt.isEmpty ? "its salt should be gone" : nil
    }

    private func difference(
        ofTickets expected: [TicketNumber: Ticket],
        _ office: ID<Agency>,
        _ day: LocalDate,
        in tx: borrowing Transaction
    ) throws -> [String] {
        let rows = try tx.fetch("SELECT number, state FROM ticket WHERE office = \(office) AND day = \(day)")
        let stored = Dictionary(
            try rows.map { row in
                // A state that cannot be read is another one too.
                (TicketNumber(rawValue: try row.text(0)), try? StoredForm.value(Ticket.self, from: try row.text(1)))
            },
            uniquingKeysWith: { first, _ in first }
        )
        let missing = expected.keys.filter { stored[$0] == nil }.sorted().map { "\($0.rawValue) is missing" }
        let others = stored.keys.sorted().compactMap { number -> String? in
            guard let right = expected[number] else { return "\(number.rawValue) was never given" }
            return stored[number] == .some(right) ? nil : "\(number.rawValue) is in another state"
        }
        return missing + others
    }

    // MARK: - Counts

    /// How many came, by half hour and line.
    private struct Arrival: Hashable {
        let halfHour: Int
        let line: String
    }

    private func arrivals(in history: [Recorded<OfficeDay.Event>]) -> [Arrival: Int] {
        history.reduce(into: [:]) { counts, recorded in
            guard case .taken(_, let line, _, _, _, let at) = recorded.event else { return }
            counts[Arrival(halfHour: Self.halfHour(of: at), line: line.rawValue), default: 0] += 1
        }
    }

    private func arrivals(_ office: ID<Agency>, _ day: LocalDate, in tx: borrowing Transaction) throws -> [Arrival: Int]
    {
        let start = Instant(LocalMinute(date: day, minuteOfDay: 0))
        let rows = try tx.fetch(
            """
            SELECT half_hour, line, arrivals FROM office_arrival
            WHERE office = \(office) AND half_hour >= \(start) AND half_hour < \(start + .days(1))
            """
        )
        return Dictionary(
            try rows.map { (Arrival(halfHour: try $0.int(0), line: try $0.text(1)), try $0.int(2)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func services(_ office: ID<Agency>, _ day: LocalDate, in tx: borrowing Transaction) throws -> [String:
        [Int]]
    {
        let rows = try tx.fetch("SELECT field, seconds FROM office_service WHERE office = \(office) AND day = \(day)")
        return Dictionary(
            try rows.map { (try $0.text(0), try StoredForm.value([Int].self, from: try $0.text(1))) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    // MARK: - Rows that no history tells of

    /// Rows put in by another hand for days that never were.
    private func strays(beside days: Set<String>) async throws -> [String] {
        let named = try await database.read { tx in
            let tables: [(String, SQL)] = [
                ("queue", "SELECT DISTINCT office, day FROM office_day ORDER BY office, day"),
                ("ticket", "SELECT DISTINCT office, day FROM ticket ORDER BY office, day"),
                ("service times", "SELECT DISTINCT office, day FROM office_service ORDER BY office, day"),
            ]
            return try tables.flatMap { name, sql in
                try tx.fetch(sql).map { row in (name, try row.text(0), try row.text(1)) }
            }
        }
        let arrived = try await database.read { tx in
            try tx.fetch("SELECT DISTINCT office, half_hour FROM office_arrival ORDER BY office, half_hour").map {
                row in
                ("arrivals", try row.text(0), Instant(milliseconds: try row.int(1)).localDate.rawValue)
            }
        }
        return (named + arrived).filter { !days.contains("\($0.1)/\($0.2)") }.map { name, office, day in
            "\(name) of \(office) on \(day): the log knows nothing of it"
        }
    }
}
