import Agencies
package import Kernel
package import Persistence
package import Web

/// When an office can take in fewer people, by its own doing or by order, or nobody on a day that was declared off, those
/// who booked last are asked to choose anew; when it can take in more again, they get their places back and those who wait are offered what is free.
package struct Replanning: Follower {
    package let name = "one-stop-replanning"
    /// Days are planned with what holds now: whoever has a place after all the decisions of the past is not moved.
    package let beginning = FollowerBeginning.atTheStart
    package let categories: Set<String> = [OneStopOffice.category, AgencyCalendar.category, AgencyOrders.category]
    private let book: AppointmentBook
    private let office: Office

    package init(book: AppointmentBook, office: Office) { (self.book, self.office) = (book, office) }

    package func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        let today = office.now.localDate
        // However many changes an office has seen, its days are planned once, with what holds now.
        var changed: [ID<Agency>: Set<LocalDate>] = [:]
        var measured = Set<ID<Agency>>()
        for event in events {
            if let (stream, recorded) = try event.read(OneStopOffice.self) {
                let agency = ID<Agency>(rawValue: stream.rawValue)
                // Nobody loses a place because counters were found to be slower: only what somebody decides moves people.
                if case .serviceTimeMeasured = recorded.event {
                    measured.insert(agency)
                } else {
                    changed[agency] = Set(try days(of: agency, from: today, in: tx))
                }
            } else if let (stream, recorded) = try event.read(AgencyCalendar.self) {
                let affected = try days(of: recorded.event, in: ID(rawValue: stream.rawValue), from: today, in: tx)
                for (agency, day) in affected { changed[agency, default: []].insert(day) }
            } else if let (stream, _) = try event.read(AgencyOrders.self) {
                // However soon the order begins or ends, each slot is counted by what holds when it begins.
                let affected = try days(below: ID(rawValue: stream.rawValue), from: today, in: tx)
                for (agency, day) in affected { changed[agency, default: []].insert(day) }
            }
        }
        for (agency, days) in changed.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try book.replan(agency, days.sorted(), at: office.now, in: tx)
        }
        for agency in measured.sorted(by: { $0.rawValue < $1.rawValue }) {
            let rest = Set(try days(of: agency, from: today, in: tx)).subtracting(changed[agency] ?? [])
            try book.replan(agency, rest.sorted(), keepingPlaces: true, at: office.now, in: tx)
        }
    }

    private func days(of agency: ID<Agency>, from first: LocalDate, in tx: borrowing Transaction) throws
        -> [LocalDate]
    {
        try tx.fetch(
            """
            SELECT DISTINCT day FROM appointment WHERE office = \(agency) AND day >= \(first)
                AND state IN \(list: AppointmentBook.replanned)
            """
        ).compactMap { LocalDate(rawValue: try $0.text(0)) }
    }

    /// Days with appointments, of which a decision speaks, at the authority that has taken it and at those below.
    private func days(
        of event: AgencyCalendar.Event,
        in authority: ID<Agency>,
        from today: LocalDate,
        in tx: borrowing Transaction
    ) throws -> [(ID<Agency>, LocalDate)] {
        guard let decision = try event.decision ?? CalendarBook.entry(event.entry, in: tx)?.decision else { return [] }
        return try days(below: authority, from: max(today, decision.first), to: decision.last, in: tx)
    }

    /// Days with appointments at an authority and at those below it.
    private func days(
        below authority: ID<Agency>,
        from first: LocalDate,
        to last: LocalDate? = nil,
        in tx: borrowing Transaction
    ) throws -> [(ID<Agency>, LocalDate)] {
        let offices = try book.openings.calendars.calendars(in: tx).tree.subtree(of: authority).map(\.id)
        let last = last ?? first.adding(days: 366)
        return try tx.fetch(
            """
            SELECT DISTINCT office, day FROM appointment
            WHERE office IN \(list: offices) AND day >= \(first) AND day <= \(last)
                AND state IN \(list: AppointmentBook.replanned)
            """
        ).compactMap { row in
            try LocalDate(rawValue: try row.text(1)).map { (ID(rawValue: try row.text(0)), $0) }
        }
    }
}

extension AppointmentBook {
    /// Whom a change of the day may concern.
    fileprivate static let replanned: [Appointment.State] = [.held, .booked, .waiting, .offered, .displaced]

    /// Plans days again on which nobody is received any more. Followers do so at once when an office or an authority has
    /// decided; the list of the country's days comes with the program and tells nobody that it has changed.
    package func replanClosedDays(at now: Instant) async throws {
        let booked = try await database.read { tx in
            try tx.fetch(
                """
                SELECT DISTINCT office, day FROM appointment
                WHERE day >= \(now.localDate) AND state IN ('booked', 'waiting', 'offered')
                """
            ).compactMap { row -> (office: ID<Agency>, day: LocalDate)? in
                try LocalDate(rawValue: try row.text(1)).map { (ID(rawValue: try row.text(0)), $0) }
            }
        }
        for (office, days) in Dictionary(grouping: booked, by: \.office) {
            let open = try await openings.days(of: office)
            let closed = days.map(\.day).filter { !open.on($0).isOpen }.sorted()
            guard !closed.isEmpty else { continue }
            try await events.transaction { tx in
                try replan(office, closed, at: now, in: tx)
            }
        }
    }

    /// Offers what is free; first, unless `keepingPlaces`, moves whoever has no place any more.
    fileprivate func replan(
        _ office: ID<Agency>,
        _ days: [LocalDate],
        keepingPlaces: Bool = false,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        let open = try openings.days(of: office, in: tx)
        let circumstances = Circumstances(at: now, actor: .system(name: .replanning))
        for day in days {
            let plan = try plan(open, office, day, in: tx)
            if !keepingPlaces { try perform(.replan(plan, at: now), office, day, circumstances, in: tx) }
            try perform(.tend(plan, at: now), office, day, circumstances, in: tx)
        }
    }
}
