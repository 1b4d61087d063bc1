import Agencies
package import Kernel
import Persistence
import Web

/// What is free on one day.
struct FreeDay: Sendable {
    struct FreeSlot: Sendable {
        let slot: Slot
        let free: Int
        /// For somebody of a priority group.
        let freeForPriority: Int
    }

    let date: LocalDate
    /// Those that have not begun.
    let slots: [FreeSlot]

    var free: Int { slots.reduce(0) { $0 + $1.free } }
}

extension AppointmentBook {
    /// The days on which an office receives for a field, with what is still free, from today as far as may be booked.
    func freeDays(_ field: String, at office: ID<Agency>, now: Instant) async throws -> [FreeDay] {
        try await freeDays(field, at: [office: try await openings.offices.model(of: office)], now: now)[office] ?? []
    }

    /// The same for several offices: one question for all of them.
    func freeDays(_ field: String, at offices: [ID<Agency>: OfficeModel], now: Instant) async throws
        -> [ID<Agency>: [FreeDay]]
    {
        let open = try await openings.days(of: offices)
        let today = now.localDate
        let last = today.adding(days: offices.values.map(\.rules.daysAhead).max() ?? 0)
        let loads = try await database.read { tx in
            try AppointmentTables.loads(
                of: Array(offices.keys),
                from: today,
                to: last,
                coolDown: { .minutes(offices[$0]?.rules.coolDown ?? 0) },
                in: tx
            )
        }
        return open.reduce(into: [:]) { answer, office in
            answer[office.key] = freeDays(field, office.value, loads[office.key] ?? [:], now: now)
        }
    }

    private func freeDays(_ field: String, _ days: ReceptionDays, _ loads: [LocalDate: DayLoad], now: Instant)
        -> [FreeDay]
    {
        let model = days.office
        return (0...model.rules.daysAhead).compactMap { offset in
            let date = now.localDate.adding(days: offset)
            let load = loads[date] ?? DayLoad()
            let slots = days.slots(on: date)
                .filter { slot in
                    let start = Instant(slot.start)
                    return start > now && slot.session.receives(field) && !days.ordered.isClosed(at: start, for: field)
                }
                .map { slot in
                    FreeDay.FreeSlot(
                        slot: slot,
                        free: load.free(field, in: slot, of: days.ordered, at: now),
                        freeForPriority: load.free(field, in: slot, of: days.ordered, isPriority: true, at: now)
                    )
                }
            return slots.isEmpty ? nil : FreeDay(date: date, slots: slots)
        }
    }

    /// How many of today's places each of these offices still has for anybody, whatever they come for. One question for
    /// all of them: whoever looks at a city sees hundreds.
    func placesLeft(of offices: [ID<Agency>: OfficeModel], at now: Instant) async throws -> [ID<Agency>: Int] {
        let today = now.localDate
        let open = try await openings.days(of: offices.filter(\.value.isReady))
        let loads = try await database.read { tx in
            try AppointmentTables.loads(
                on: today,
                coolDown: { .minutes(offices[$0]?.rules.coolDown ?? 0) },
                in: tx
            )
        }
        return open.reduce(into: [:]) { left, office in
            let (id, ordered) = (office.key, office.value.ordered)
            let slots = office.value.slots(on: today)
            guard !slots.isEmpty else { return }
            let load = loads[id] ?? DayLoad()
            // A field of which nobody has said anything stands for all such fields.
            let fields = ordered.model.knownFields.union([""])
            left[id] = slots.reduce(0) { sum, slot in
                let free = fields.filter(slot.session.receives).map { load.free($0, in: slot, of: ordered, at: now) }
                return sum + (free.max() ?? 0)
            }
        }
    }

    package func appointment(_ id: ID<Appointment>) async throws -> Appointment? {
        try await database.read { tx in try AppointmentTables.appointment(id, in: tx) }
    }

    /// How far the code has come that confirms an appointment; nil when none was told.
    func codeDelivery(of id: ID<Appointment>) async throws -> NoticeDelivery? {
        try await NoticeBook(database: database).latest([AppointmentNotice.code], about: [id.subject])[id.subject]
    }

    /// How far the last news of each of these appointments has come.
    func deliveries(of appointments: [Appointment]) async throws -> [ID<Appointment>: NoticeDelivery] {
        let latest = try await NoticeBook(database: database)
            .latest(AppointmentNotice.news, about: appointments.map(\.id.subject))
        return appointments.reduce(into: [:]) { $0[$1.id] = latest[$1.id.subject] }
    }

    /// The appointments of an office on a day, by time.
    func list(of office: ID<Agency>, on day: LocalDate) async throws -> [Appointment] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(AppointmentTables.columns) FROM appointment
                WHERE office = \(office) AND day = \(day)
                    AND state IN ('booked', 'held', 'waiting', 'offered', 'displaced')
                """
            ).map(AppointmentTables.read).sorted {
                ($0.minute ?? 1440, $0.id.rawValue) < ($1.minute ?? 1440, $1.id.rawValue)
            }
        }
    }

    /// Those who have lost their place and have not chosen yet.
    func displaced(at office: ID<Agency>, from day: LocalDate) async throws -> [Appointment] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT \(AppointmentTables.columns) FROM appointment
                WHERE office = \(office) AND state = 'displaced' AND day >= \(day) ORDER BY day LIMIT 500
                """
            ).map(AppointmentTables.read)
        }
    }
}

// MARK: - How a day is taken in

extension AppointmentBook {
    func plan(_ office: ID<Agency>, _ day: LocalDate, in tx: borrowing Transaction) throws -> DayPlan {
        try plan(try openings.days(of: office, in: tx), office, day, in: tx)
    }

    func plan(
        _ days: ReceptionDays,
        _ office: ID<Agency>,
        _ day: LocalDate,
        until last: LocalDate? = nil,
        in tx: borrowing Transaction
    ) throws -> DayPlan {
        DayPlan(days, on: day, until: last, procedures: try procedures(days, office, day, in: tx))
    }

    /// What people come for on a day; asked for only where an order is about one procedure.
    private func procedures(
        _ days: ReceptionDays,
        _ office: ID<Agency>,
        _ day: LocalDate,
        in tx: borrowing Transaction
    ) throws -> [ID<Appointment>: String] {
        guard days.ordered.orders.nameProcedures else { return [:] }
        let rows = try tx.fetch(
            """
            SELECT id, procedure_code FROM appointment
            WHERE office = \(office) AND day = \(day) AND procedure_code IS NOT NULL
            """
        )
        return Dictionary(
            try rows.map { (ID(rawValue: try $0.text(0)), try $0.text(1)) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
