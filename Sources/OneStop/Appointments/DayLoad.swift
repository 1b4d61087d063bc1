package import Kernel

/// What counts when it is asked whether somebody still fits in: one office on one day.
package struct DayLoad: Sendable {
    /// A person's place in a slot, or the rest of one that was given up.
    package struct Place: Sendable, Hashable {
        /// Minutes since midnight at which the slot begins.
        let minute: Int
        let field: String
        /// From then on it counts no more: the end of a hold, of an offer or of a rest.
        let until: Instant?

        package init(minute: Int, field: String, until: Instant?) {
            (self.minute, self.field, self.until) = (minute, field, until)
        }
    }

    package var places: [Place]

    package init(_ places: [Place] = []) { self.places = places }

    /// How many more of a field may book a slot. Priority groups may also have what is kept for walk-ins, as far as
    /// the office gives it to them.
    package func free(
        _ field: String,
        in slot: Slot,
        of office: OrderedOffice,
        isPriority: Bool = false,
        at now: Instant
    )
        -> Int
    {
        guard Instant(slot.start) > now else { return 0 }
        let taken = places.filter { place in
            place.minute == slot.start.minuteOfDay && place.until.map { now < $0 } ?? true
        }
        let capacity = office.capacity(of: slot, fields: Set(taken.map(\.field)).union([field]))
        let own = taken.count { $0.field == field }
        let minutes = taken.reduce(0) { $0 + capacity[$1.field].minutes }
        let limit = capacity[field]
        func left(_ bookable: Int, _ hall: Int, _ counterMinutes: Int) -> Int {
            max(0, min(bookable - own, hall - taken.count, (counterMinutes - minutes) / limit.minutes))
        }
        let open = left(limit.bookable, capacity.bookableHall, capacity.bookableMinutes)
        guard isPriority else { return open }
        return max(open, left(limit.bookable + limit.priority, capacity.hall, capacity.minutes))
    }
}

/// An office as it is set up, on one day.
package struct DayPlan: Sendable {
    package let ordered: OrderedOffice
    package let date: LocalDate
    /// None on a day on which nobody is received.
    package let slots: [Slot]
    /// What those who have an appointment for one procedure come for, as far as an order is about one.
    private let procedures: [ID<Appointment>: String]

    /// Beyond `last` nobody may book yet.
    package init(
        _ days: ReceptionDays,
        on date: LocalDate,
        until last: LocalDate? = nil,
        procedures: [ID<Appointment>: String] = [:]
    ) {
        self.procedures = procedures
        ordered = days.ordered
        self.date = date
        slots = last.map { $0 < date } ?? false ? [] : days.slots(on: date)
    }

    package var office: OfficeModel { ordered.model }

    /// Whether the counter is open, at a slot, to what somebody comes for.
    func receives(_ appointment: ID<Appointment>, _ field: String, in slot: Slot) -> Bool {
        !ordered.isClosed(at: Instant(slot.start), for: field, procedures[appointment])
    }

    package func slot(_ minute: Int) -> Slot? { slots.first { $0.start.minuteOfDay == minute } }

    /// When a time of the day comes, whether or not there is a slot at it.
    func instant(_ minute: Int) -> Instant { Instant(LocalMinute(date: date, minuteOfDay: minute)) }
}
