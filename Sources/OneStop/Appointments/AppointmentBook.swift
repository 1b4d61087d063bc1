import Agencies
package import Kernel
package import Persistence
package import Web

/// Keeps appointments: performs commands, writes the rows, tells people, and answers what is still free.
package struct AppointmentBook: Sendable {
    let database: any Database
    let events: EventStore
    let openings: OpeningBook
    /// Begins the addresses that people are sent.
    let site: String
    /// Whether a code can prove a telephone here.
    let reach: NoticeReach

    package init(database: any Database, site: String, reach: NoticeReach = .nobody, openings: OpeningBook) {
        self.database = database
        self.site = site
        self.reach = reach
        self.openings = openings
        events = EventStore(database: database)
    }

    /// What somebody asks for.
    package struct Wish: Sendable {
        package var office: ID<Agency>
        package var day: LocalDate
        /// Nil for the waiting list.
        package var minute: Int?
        package var field: String
        package var procedure: String?
        package var name: PersonName
        package var phone: PhoneNumber
        package var reason: PriorityReason?
        package var language = Language.vi
        /// A digest of the browser that asks; nil where it is not known.
        package var browser: String?
    }

    package enum Refusal: Error, Equatable {
        case hasOne, wrongCode(left: Int), tooManyWrongCodes, notFound
        /// Nothing can be sent from here, so no code can confirm anything.
        case nobodyReached
        /// The code has not gone out, so whoever knows it has not read it on that telephone.
        case codeNotSent
    }

    // MARK: - Asking and confirming

    /// Keeps a place, or one on the waiting list, and has the code told that confirms it.
    package func ask(_ wish: Wish, _ circumstances: Circumstances) async throws -> ID<Appointment> {
        guard reach.canProve else { throw Refusal.nobodyReached }
        let now = circumstances.at
        let id = ID<Appointment>.fresh(at: now)
        let code = padded(Int.random(in: 0...999_999), 6)
        let until = now + AppointmentDay.holdLength
        return try await events.transaction { tx in
            if let held = try held(wish, at: now, in: tx) {
                // Whoever goes back does it to mend what they have typed.
                try tx.execute("UPDATE appointment SET name = \(wish.name) WHERE id = \(held)")
                return held
            }
            try insert(
                wish,
                as: id,
                state: wish.minute == nil ? .asked : .held,
                code: code,
                until: until,
                circumstances,
                in: tx
            )
            if let minute = wish.minute {
                try requireOpen(wish.office, wish.day, minute, wish.field, wish.procedure, in: tx)
                let plan = try openPlan(wish.office, wish.day, at: now, in: tx)
                let isPriority = wish.reason != nil
                try perform(
                    .hold(id, minute: minute, field: wish.field, isPriority: isPriority, plan, at: now),
                    wish.office,
                    wish.day,
                    circumstances,
                    in: tx
                )
            }
            try Notice(
                to: .telephone(wish.phone),
                in: wish.language,
                about: id.subject,
                AppointmentNotice.code,
                ["code": .code(code), "minutes": .minutes(AppointmentDay.holdLength.milliseconds / 60_000)],
                until: until
            ).say(at: now, in: tx)
            return id
        }
    }

    /// The place that this browser holds already for the same wish: pressing again leads there, and keeps no second one.
    private func held(_ wish: Wish, at now: Instant, in tx: borrowing Transaction) throws -> ID<Appointment>? {
        guard let browser = wish.browser else { return nil }
        // Of two that are pressed at once, the second looks when the first has its place.
        if tx.dialect == .postgres {
            _ = try tx.fetch("SELECT pg_advisory_xact_lock(hashtextextended(\("hold \(browser)"), 0))")
        }
        let time: SQL = wish.minute.map { "minute = \($0)" } ?? "minute IS NULL"
        let procedure: SQL = wish.procedure.map { "procedure_code = \($0)" } ?? "procedure_code IS NULL"
        let reason: SQL = wish.reason.map { "reason = \($0)" } ?? "reason IS NULL"
        return try tx.fetch(
            """
            SELECT id FROM appointment
            WHERE office = \(wish.office) AND day = \(wish.day) AND \(time) AND field = \(wish.field)
                AND \(procedure) AND \(reason) AND phone = \(wish.phone) AND browser = \(browser)
                AND state IN ('held', 'asked') AND until > \(now)
            """
        ).first.map { ID(rawValue: try $0.text(0)) }
    }

    /// For somebody who is signed in: no code is needed.
    package func book(_ wish: Wish, _ circumstances: Circumstances) async throws -> ID<Appointment> {
        let now = circumstances.at
        let id = ID<Appointment>.fresh(at: now)
        try await events.transaction { tx in
            try requireOpen(wish.office, wish.day, wish.minute, wish.field, wish.procedure, in: tx)
            let plan = try openPlan(wish.office, wish.day, at: now, in: tx)
            try insert(wish, as: id, state: .booked, code: nil, until: closing(wish.day), circumstances, in: tx)
            let command: AppointmentDay.Command =
                if let minute = wish.minute {
                    .book(id, minute: minute, field: wish.field, isPriority: wish.reason != nil, plan, at: now)
                } else {
                    .wait(id, field: wish.field, plan, at: now)
                }
            try perform(command, wish.office, wish.day, circumstances, in: tx)
        }
        return id
    }

    private func insert(
        _ wish: Wish,
        as id: ID<Appointment>,
        state: Appointment.State,
        code: String?,
        until: Instant,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws {
        let now = circumstances.at
        let person = person(wish, circumstances)
        // A telephone that is not proven yet keeps nobody from booking: the place for it is claimed with the code.
        if code == nil { try claim(id, person, wish.field, until: until, at: now, in: tx) }
        var generator = SystemRandomNumberGenerator()
        let secret = base32(generator.next(), digits: 12)
        let heldUntil = state == .booked ? nil : until
        // Which browser it was is of use only until the code has come back.
        let browser = code == nil ? nil : wish.browser
        try tx.execute(
            """
            INSERT INTO appointment (id, secret, office, day, minute, field, procedure_code, person, name, phone, reason,
                state, code, attempts, until, reminded, created, language, browser)
            VALUES (\(id), \(secret), \(wish.office), \(wish.day), \(wish.minute), \(wish.field), \(wish.procedure),
                \(person), \(wish.name), \(wish.phone), \(wish.reason), \(state), \(code), 0, \(heldUntil),
                \(isSoon(wish.day, now)), \(now), \(wish.language), \(browser))
            """
        )
    }

    /// Whom the one appointment per field is counted for. An account's telephone is not proven, so it counts for the
    /// account alone.
    private func person(_ wish: Wish, _ circumstances: Circumstances) -> String {
        if let id = circumstances.actor.citizen {
            "\(AppointmentTables.account)\(id.rawValue)"
        } else {
            wish.phone.rawValue
        }
    }

    private func claim(
        _ id: ID<Appointment>,
        _ person: String,
        _ field: String,
        until: Instant,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        guard try AppointmentTables.claim(id, person: person, field: field, until: until, at: now, in: tx) else {
            throw Refusal.hasOne
        }
    }

    /// How often a code may be typed wrongly before the place is given up.
    static let attempts = 5

    package func confirm(_ id: ID<Appointment>, code: String, _ circumstances: Circumstances) async throws {
        let now = circumstances.at
        // A wrong code is counted even though the rest is refused, so it is told apart from what throws.
        let wrong: Int? = try await events.transaction { tx in
            guard let appointment = try AppointmentTables.appointment(id, in: tx) else { throw Refusal.notFound }
            guard let expected = appointment.code else {
                guard appointment.state.isOpen else { throw AppointmentDay.Refusal.holdHasLapsed }
                return nil
            }
            let sent = try NoticeBook.latest([AppointmentNotice.code], about: [id.subject], in: tx)[id.subject]
            guard reach.proves(sent?.state) else { throw Refusal.codeNotSent }
            guard appointment.attempts < AppointmentBook.attempts else { return 0 }
            guard code == expected else {
                try tx.execute("UPDATE appointment SET attempts = attempts + 1 WHERE id = \(id)")
                return AppointmentBook.attempts - appointment.attempts - 1
            }
            try claim(
                id,
                appointment.phone,
                appointment.field,
                until: closing(appointment.day),
                at: now,
                in: tx
            )
            if appointment.state == .asked {
                guard let until = appointment.until, now < until else { throw AppointmentDay.Refusal.holdHasLapsed }
                let plan = try plan(appointment.office, appointment.day, in: tx)
                try perform(
                    .wait(id, field: appointment.field, plan, at: now),
                    appointment.office,
                    appointment.day,
                    circumstances,
                    in: tx
                )
            } else {
                try perform(.confirm(id, at: now), appointment.office, appointment.day, circumstances, in: tx)
            }
            try tx.execute("UPDATE appointment SET code = NULL, browser = NULL WHERE id = \(id)")
            return nil
        }
        if let wrong { throw wrong == 0 ? Refusal.tooManyWrongCodes : Refusal.wrongCode(left: wrong) }
    }

    // MARK: - Everything after

    package func cancel(_ appointment: Appointment, _ circumstances: Circumstances) async throws {
        try await events.transaction { tx in
            let plan = try plan(appointment.office, appointment.day, in: tx)
            try perform(
                .cancel(appointment.id, plan, at: circumstances.at),
                appointment.office,
                appointment.day,
                circumstances,
                in: tx
            )
        }
    }

    package func accept(_ appointment: Appointment, _ circumstances: Circumstances) async throws {
        try await events.transaction { tx in
            try perform(
                .accept(appointment.id, at: circumstances.at),
                appointment.office,
                appointment.day,
                circumstances,
                in: tx
            )
        }
    }

    /// Changes the time, the day or the office; the old place rests only when the new one is sure.
    package func reschedule(
        _ appointment: Appointment,
        to office: ID<Agency>,
        _ day: LocalDate,
        minute: Int,
        _ circumstances: Circumstances
    ) async throws {
        let now = circumstances.at
        let id = appointment.id
        try await events.transaction { tx in
            try requireOpen(office, day, minute, appointment.field, appointment.procedure, in: tx)
            let there = try openPlan(office, day, at: now, in: tx)
            if office == appointment.office, day == appointment.day {
                try perform(.move(id, minute: minute, there, at: now), office, day, circumstances, in: tx)
                return
            }
            let here = try plan(appointment.office, appointment.day, in: tx)
            try perform(.leave(id, here, at: now), appointment.office, appointment.day, circumstances, in: tx)
            let isPriority = appointment.reason != nil
            try revise(id, in: tx)
            try tx.execute(
                "UPDATE appointment SET office = \(office), day = \(day), minute = \(minute), reminded = \(isSoon(day, now)) WHERE id = \(id)"
            )
            try perform(
                .book(id, minute: minute, field: appointment.field, isPriority: isPriority, there, at: now),
                office,
                day,
                circumstances,
                in: tx
            )
            try AppointmentTables.extendClaim(id, until: closing(day), in: tx)
        }
    }

    // MARK: - One transaction

    /// Nobody books for a time at which an order closes the counter to what they come for, nor waits for a day that has no
    /// other.
    private func requireOpen(
        _ office: ID<Agency>,
        _ day: LocalDate,
        _ minute: Int?,
        _ field: String,
        _ procedure: String?,
        in tx: borrowing Transaction
    ) throws {
        let days = try openings.days(of: office, in: tx)
        let times =
            minute.map { [Instant(LocalMinute(date: day, minuteOfDay: $0))] }
            ?? days.slots(on: day).map { Instant($0.start) }
        guard let first = times.first, times.allSatisfy({ days.ordered.isClosed(at: $0, for: field, procedure) }) else {
            return
        }
        let closed = try openings.orders.closure(
            of: .counter,
            at: office,
            field: field,
            procedure: procedure,
            open: nil,
            on: first,
            in: tx
        )
        if let closed { throw closed }
    }

    /// The same for somebody who books now: nothing beyond the days that are open to booking.
    private func openPlan(_ office: ID<Agency>, _ day: LocalDate, at now: Instant, in tx: borrowing Transaction) throws
        -> DayPlan
    {
        let days = try openings.days(of: office, in: tx)
        return try plan(days, office, day, until: now.localDate.adding(days: days.office.rules.daysAhead), in: tx)
    }

    /// Whoever books for tomorrow need not be reminded of it.
    private func isSoon(_ day: LocalDate, _ now: Instant) -> Bool { day <= now.localDate.adding(days: 1) }

    /// The last moment at which an appointment of a day is still one.
    private func closing(_ day: LocalDate) -> Instant {
        Instant(LocalMinute(date: day.adding(days: 1), minuteOfDay: 0))
    }

    func perform(
        _ command: AppointmentDay.Command,
        _ office: ID<Agency>,
        _ day: LocalDate,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws {
        let plan: DayPlan? = if case .replan(let plan, _) = command { plan } else { nil }
        _ = try events.perform(command, on: ID<AppointmentDay>(office, day), circumstances, in: tx) {
            (change: Change<AppointmentDay>, tx) in
            let displaced = Set(change.events.compactMap(\.event.displaced))
            for recorded in change.events {
                try project(recorded.event, office, day, in: tx)
                // Whose offer ends because the day is lost to them hears of the day.
                if case .offerWithdrawn(let id) = recorded.event, displaced.contains(id) { continue }
                let entry = change.state.entries.first { $0.appointment == recorded.event.displaced }
                try tell(recorded.event, losing: plan.flatMap { $0.loss(of: entry) }, at: circumstances.at, in: tx)
            }
        }
    }

    private func project(
        _ event: AppointmentDay.Event,
        _ office: ID<Agency>,
        _ day: LocalDate,
        in tx: borrowing Transaction
    )
        throws
    {
        switch event {
        case .held: break
        case .booked(let id, _, _, _, _), .confirmed(let id, _), .accepted(let id): try set(id, .booked, in: tx)
        case .restored(let id):
            try revise(id, in: tx)
            try set(id, .booked, in: tx)
        case .moved(let id, let minute, let until):
            try rest(id, until, in: tx)
            try revise(id, in: tx)
            try tx.execute("UPDATE appointment SET minute = \(minute) WHERE id = \(id)")
            try set(id, .booked, in: tx)
        case .left(let id, let until): try rest(id, until, in: tx)
        case .cancelled(let id, let until):
            try rest(id, until, in: tx)
            try revise(id, in: tx)
            try set(id, .cancelled, in: tx)
            try AppointmentTables.giveUpClaim(id, in: tx)
        case .joined(let id, _, _): try set(id, .waiting, in: tx)
        case .offered(let id, let minute, let until):
            try tx.execute(
                "UPDATE appointment SET state = 'offered', minute = \(minute), until = \(until) WHERE id = \(id)"
            )
        case .offerWithdrawn(let id), .waitResumed(let id):
            try tx.execute("UPDATE appointment SET state = 'waiting', minute = NULL, until = NULL WHERE id = \(id)")
        case .offerLapsed(let id):
            try tx.execute("UPDATE appointment SET state = 'lapsed', minute = NULL WHERE id = \(id)")
            try AppointmentTables.giveUpClaim(id, in: tx)
        case .holdLost(let id):
            try tx.execute(
                """
                UPDATE appointment SET state = 'lapsed', minute = NULL, code = NULL, browser = NULL WHERE id = \(id)
                """
            )
            try AppointmentTables.giveUpClaim(id, in: tx)
        case .displaced(let id):
            try revise(id, in: tx)
            try set(id, .displaced, in: tx)
        }
    }

    private func set(_ id: ID<Appointment>, _ state: Appointment.State, in tx: borrowing Transaction) throws {
        try tx.execute("UPDATE appointment SET state = \(state), until = NULL WHERE id = \(id)")
    }

    /// What calendars have of it is out of date. They have nothing of a place that was only held, waited for or offered.
    private func revise(_ id: ID<Appointment>, in tx: borrowing Transaction) throws {
        try tx.execute(
            "UPDATE appointment SET revision = revision + 1 WHERE id = \(id) AND state IN ('booked', 'displaced')"
        )
    }

    /// Who was displaced has no place any more that could rest.
    private func rest(_ id: ID<Appointment>, _ until: Instant, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            INSERT INTO resting_place (office, day, minute, field, until)
            SELECT office, day, minute, field, \(until) FROM appointment
            WHERE id = \(id) AND minute IS NOT NULL AND state IN ('held', 'booked', 'offered')
            """
        )
    }

    /// What has happened to somebody without their own doing is told to them.
    private func tell(
        _ event: AppointmentDay.Event,
        losing loss: NoticeKind?,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        let news: (id: ID<Appointment>, kind: NoticeKind)? =
            switch event {
            case .offered(let id, _, _): (id, AppointmentNotice.offered)
            case .offerLapsed(let id): (id, AppointmentNotice.offerLapsed)
            case .offerWithdrawn(let id): (id, AppointmentNotice.offerWithdrawn)
            case .displaced(let id): (id, loss ?? AppointmentNotice.displaced)
            case .waitResumed(let id): (id, AppointmentNotice.waitResumed)
            case .restored(let id): (id, AppointmentNotice.restored)
            case .held, .booked, .confirmed, .moved, .left, .cancelled, .joined, .accepted, .holdLost: nil
            }
        guard let news, let appointment = try AppointmentTables.appointment(news.id, in: tx),
            let recipient = appointment.recipient
        else { return }
        try Notice(
            to: recipient,
            in: appointment.language,
            about: news.id.subject,
            news.kind,
            appointment.facts(for: news.kind, site: site),
            until: news.kind == AppointmentNotice.offered ? appointment.until : closing(appointment.day)
        ).say(at: now, in: tx)
    }
}

extension ID where Entity == AppointmentDay {
    init(_ office: ID<Agency>, _ day: LocalDate) { self.init(rawValue: "\(office.rawValue).\(day.rawValue)") }
}
