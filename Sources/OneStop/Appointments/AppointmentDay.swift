package import Kernel
package import Persistence

/// The appointments of one office on one day, in the order in which they were asked for.
///
/// All fields of the day are one stream, because they share the hall and the counters: whoever books a place takes it
/// from all of them.
package struct AppointmentDay: Aggregate {
    package static let category = "appointment-day/"

    package enum Command: Sendable {
        /// Keeps a place for ten minutes, until the person has confirmed it.
        case hold(ID<Appointment>, minute: Int, field: String, isPriority: Bool, DayPlan, at: Instant)
        /// For somebody who is known already.
        case book(ID<Appointment>, minute: Int, field: String, isPriority: Bool, DayPlan, at: Instant)
        case confirm(ID<Appointment>, at: Instant)
        case move(ID<Appointment>, minute: Int, DayPlan, at: Instant)
        /// The place on this day is given up for one on another day or in another office.
        case leave(ID<Appointment>, DayPlan, at: Instant)
        case cancel(ID<Appointment>, DayPlan, at: Instant)
        case wait(ID<Appointment>, field: String, DayPlan, at: Instant)
        case accept(ID<Appointment>, at: Instant)
        /// Lets offers lapse and makes new ones.
        case tend(DayPlan, at: Instant)
        /// The office can take in fewer people, or more again.
        case replan(DayPlan, at: Instant)
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case held(appointment: ID<Appointment>, minute: Int, field: String, isPriority: Bool, until: Instant)
        case booked(appointment: ID<Appointment>, minute: Int, field: String, isPriority: Bool, at: Instant)
        case confirmed(appointment: ID<Appointment>, at: Instant)
        case moved(appointment: ID<Appointment>, minute: Int, restsUntil: Instant)
        case left(appointment: ID<Appointment>, restsUntil: Instant)
        case cancelled(appointment: ID<Appointment>, restsUntil: Instant)
        case joined(appointment: ID<Appointment>, field: String, at: Instant)
        case offered(appointment: ID<Appointment>, minute: Int, until: Instant)
        case offerLapsed(appointment: ID<Appointment>)
        case offerWithdrawn(appointment: ID<Appointment>)
        case accepted(appointment: ID<Appointment>)
        case displaced(appointment: ID<Appointment>)
        case restored(appointment: ID<Appointment>)
        case holdLost(appointment: ID<Appointment>)
        /// The day is open again; whoever waited for a place on it before it was closed waits again.
        case waitResumed(appointment: ID<Appointment>)
    }

    package enum Refusal: Error, Equatable {
        case noSuchSlot, timeHasPassed, full, holdHasLapsed, placeIsLost, unknown, offerHasLapsed, notFull, notServed
        /// A ticket is given on the day of the appointment only.
        case notToday(LocalDate)
    }

    package enum Standing: Equatable, Sendable {
        case held(until: Instant)
        case booked
        case waiting
        case offered(until: Instant)
        /// Beyond what the office may take in since it was ordered to take in less; waits for another choice.
        case displaced
    }

    package struct Entry: Equatable, Sendable {
        package let appointment: ID<Appointment>
        package let field: String
        package let isPriority: Bool
        /// Nil while waiting.
        package fileprivate(set) var minute: Int?
        package fileprivate(set) var standing: Standing
        let since: Instant
    }

    /// The earliest first.
    package private(set) var entries: [Entry] = []
    private var resting: [DayLoad.Place] = []

    package init() {}

    package static let holdLength = Span.minutes(10)

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .hold(let id, let minute, let field, let isPriority, let plan, let now):
            try requirePlace(minute, field, isPriority, plan, now)
            let until = now + AppointmentDay.holdLength
            return [.held(appointment: id, minute: minute, field: field, isPriority: isPriority, until: until)]

        case .book(let id, let minute, let field, let isPriority, let plan, let now):
            try requirePlace(minute, field, isPriority, plan, now)
            return [.booked(appointment: id, minute: minute, field: field, isPriority: isPriority, at: now)]

        case .confirm(let id, let now):
            let entry = try entry(id)
            switch entry.standing {
            case .held(let until):
                guard now < until else { throw .holdHasLapsed }
                return [.confirmed(appointment: id, at: now)]
            case .booked: return []
            case .waiting, .offered, .displaced: throw .unknown
            }

        case .move(let id, let minute, let plan, let now):
            let entry = try entry(id)
            guard entry.standing == .booked || entry.standing == .displaced else { throw .unknown }
            guard entry.minute != minute || entry.standing == .displaced else { return [] }
            try requirePlace(minute, entry.field, entry.isPriority, plan, now)
            let place = DayLoad.Place(minute: minute, field: entry.field, until: nil)
            return [.moved(appointment: id, minute: minute, restsUntil: rest(plan, now))]
                + offers(plan, now, without: id, beside: [place])

        case .leave(let id, let plan, let now):
            guard try entry(id).standing != .waiting else { throw .unknown }
            return [.left(appointment: id, restsUntil: rest(plan, now))] + offers(plan, now, without: id)

        case .cancel(let id, let plan, let now):
            _ = try entry(id)
            return [.cancelled(appointment: id, restsUntil: rest(plan, now))] + offers(plan, now, without: id)

        case .wait(let id, let field, let plan, let now):
            guard plan.office.serves(field), plan.slots.contains(where: { Instant($0.start) > now }) else {
                throw .notServed
            }
            guard openPlaces(field, plan, now) == 0 else { throw .notFull }
            return [.joined(appointment: id, field: field, at: now)]

        case .accept(let id, let now):
            guard case .offered(let until) = try entry(id).standing, now < until else { throw .offerHasLapsed }
            return [.accepted(appointment: id)]

        case .tend(let plan, let now):
            let lapsed = entries.filter { if case .offered(let until) = $0.standing { until <= now } else { false } }
            return lapsed.map { .offerLapsed(appointment: $0.appointment) }
                + offers(plan, now, without: nil)

        case .replan(let plan, let now): return replanned(plan, now)
        }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .held(let id, let minute, let field, let isPriority, let until):
            entries.append(
                Entry(
                    appointment: id,
                    field: field,
                    isPriority: isPriority,
                    minute: minute,
                    standing: .held(until: until),
                    since: until
                )
            )
        case .booked(let id, let minute, let field, let isPriority, let now):
            entries.append(
                Entry(
                    appointment: id,
                    field: field,
                    isPriority: isPriority,
                    minute: minute,
                    standing: .booked,
                    since: now
                )
            )
        case .confirmed(let id, _), .accepted(let id), .restored(let id): change(id) { $0.standing = .booked }
        case .moved(let id, let minute, let until):
            letRest(id, until)
            change(id) { ($0.minute, $0.standing) = (minute, .booked) }
        case .left(let id, let until), .cancelled(let id, let until):
            letRest(id, until)
            entries.removeAll { $0.appointment == id }
        case .joined(let id, let field, let now):
            entries.append(
                Entry(
                    appointment: id,
                    field: field,
                    isPriority: false,
                    minute: nil,
                    standing: .waiting,
                    since: now
                )
            )
        case .offered(let id, let minute, let until):
            change(id) { ($0.minute, $0.standing) = (minute, .offered(until: until)) }
        case .offerWithdrawn(let id): change(id) { ($0.minute, $0.standing) = (nil, .waiting) }
        case .offerLapsed(let id), .holdLost(let id): entries.removeAll { $0.appointment == id }
        case .displaced(let id): change(id) { $0.standing = .displaced }
        case .waitResumed(let id): change(id) { ($0.minute, $0.standing) = (nil, .waiting) }
        }
    }

    // MARK: - What fits

    private func requirePlace(_ minute: Int, _ field: String, _ isPriority: Bool, _ plan: DayPlan, _ now: Instant)
        throws(Refusal)
    {
        guard let slot = plan.slot(minute) else { throw .noSuchSlot }
        guard Instant(slot.start) > now else { throw .timeHasPassed }
        let free = load(plan).free(field, in: slot, of: plan.ordered, isPriority: isPriority, at: now)
        guard free > 0 else { throw .full }
        // Whoever waits comes before whoever comes now.
        let ahead = entries.count { $0.standing == .waiting && $0.field == field }
        guard ahead == 0 || openPlaces(field, plan, now) > ahead else { throw .full }
    }

    /// Places anybody may book now.
    private func openPlaces(_ field: String, _ plan: DayPlan, _ now: Instant) -> Int {
        let load = load(plan)
        return plan.slots.reduce(0) { $0 + load.free(field, in: $1, of: plan.ordered, at: now) }
    }

    /// An abandoned hold rests like any other place that became free.
    private func load(_ plan: DayPlan) -> DayLoad {
        DayLoad(entries.compactMap { $0.place(rest: .minutes(plan.office.rules.coolDown)) } + resting)
    }

    private func rest(_ plan: DayPlan, _ now: Instant) -> Instant { now + .minutes(plan.office.rules.coolDown) }

    /// Offers for those who wait, first come first: what rests for the public is free for them.
    private func offers(
        _ plan: DayPlan,
        _ now: Instant,
        without gone: ID<Appointment>?,
        beside taken: [DayLoad.Place] = []
    ) -> [Event] {
        let staying = entries.filter { $0.appointment != gone && !$0.hasLapsed(at: now) }
        var load = DayLoad(staying.compactMap { $0.place(rest: .minutes(0)) } + taken)
        var events: [Event] = []
        for entry in staying where entry.standing == .waiting {
            for slot in plan.slots {
                // Half an hour is needed to come.
                let until = min(
                    now + .hours(plan.office.rules.offerHours),
                    Instant(slot.start) + .minutes(-30)
                )
                guard now < until, plan.receives(entry.appointment, entry.field, in: slot),
                    load.free(entry.field, in: slot, of: plan.ordered, at: now) > 0
                else { continue }
                let minute = slot.start.minuteOfDay
                load.places.append(DayLoad.Place(minute: minute, field: entry.field, until: nil))
                events.append(.offered(appointment: entry.appointment, minute: minute, until: until))
                break
            }
        }
        return events
    }

    /// The earliest booking keeps its place, and who was displaced comes back first when there is room again.
    private func replanned(_ plan: DayPlan, _ now: Instant) -> [Event] {
        var kept = DayLoad()
        var events: [Event] = []
        func fits(_ entry: Entry) -> Bool {
            guard let minute = entry.minute, let slot = plan.slot(minute),
                plan.receives(entry.appointment, entry.field, in: slot),
                kept.free(entry.field, in: slot, of: plan.ordered, isPriority: entry.isPriority, at: now) > 0
            else { return false }
            kept.places.append(DayLoad.Place(minute: minute, field: entry.field, until: nil))
            return true
        }
        func isOpen(_ entry: Entry) -> Bool {
            plan.slots.contains { plan.receives(entry.appointment, entry.field, in: $0) }
        }
        // Somebody who has come already is not sent away.
        let open = entries.filter { entry in entry.minute.map { plan.instant($0) > now } ?? false }
        for entry in open where entry.standing == .booked && !fits(entry) {
            events.append(.displaced(appointment: entry.appointment))
        }
        for entry in open where entry.standing == .displaced && fits(entry) {
            events.append(.restored(appointment: entry.appointment))
        }
        for entry in open {
            switch entry.standing {
            case .held(let until) where now < until && !fits(entry):
                events.append(.holdLost(appointment: entry.appointment))
            case .offered(let until) where now < until && isOpen(entry) && !fits(entry):
                events.append(.offerWithdrawn(appointment: entry.appointment))
            case .held, .offered, .booked, .displaced, .waiting: break
            }
        }
        return events + waiting(plan, now)
    }

    /// Nobody waits for a place on a day on which there will be none for them: they are asked to choose anew as well.
    private func waiting(_ plan: DayPlan, _ now: Instant) -> [Event] {
        entries.flatMap { entry -> [Event] in
            let id = entry.appointment
            let slots = plan.slots.filter { plan.receives(id, entry.field, in: $0) }
            switch entry.standing {
            case .waiting where slots.isEmpty: return [.displaced(appointment: id)]
            case .offered(let until) where slots.isEmpty && now < until:
                return [.offerWithdrawn(appointment: id), .displaced(appointment: id)]
            case .displaced where entry.minute == nil && slots.contains { Instant($0.start) > now }:
                return [.waitResumed(appointment: id)]
            case .held, .offered, .booked, .displaced, .waiting: return []
            }
        }
    }

    // MARK: - Entries

    private func entry(_ id: ID<Appointment>) throws(Refusal) -> Entry {
        guard let entry = entries.first(where: { $0.appointment == id }) else { throw .unknown }
        return entry
    }

    private mutating func change(_ id: ID<Appointment>, _ body: (inout Entry) -> Void) {
        guard let index = entries.firstIndex(where: { $0.appointment == id }) else { return }
        body(&entries[index])
    }

    private mutating func letRest(_ id: ID<Appointment>, _ until: Instant) {
        guard let entry = entries.first(where: { $0.appointment == id }), let minute = entry.minute,
            entry.standing != .displaced
        else { return }
        resting.append(DayLoad.Place(minute: minute, field: entry.field, until: until))
    }
}

extension AppointmentDay.Entry {
    fileprivate func hasLapsed(at now: Instant) -> Bool {
        switch standing {
        case .held(let until), .offered(let until): until <= now
        case .booked, .waiting, .displaced: false
        }
    }

    fileprivate func place(rest: Span) -> DayLoad.Place? {
        guard let minute else { return nil }
        switch standing {
        case .booked: return DayLoad.Place(minute: minute, field: field, until: nil)
        case .held(let until), .offered(let until):
            return DayLoad.Place(minute: minute, field: field, until: until + rest)
        case .waiting, .displaced: return nil
        }
    }
}

extension AppointmentDay.Command: GivenCommand {
    package var givers: Actor.Kinds {
        switch self {
        case .hold, .book, .confirm, .move, .leave, .cancel, .wait, .accept: [.citizen, .helper, .visitor, .officer]
        case .tend, .replan: .system
        }
    }
}
