package import Agencies
package import Kernel

/// A stretch of a session that is booked as a whole.
package struct Slot: Hashable, Sendable {
    package let start: LocalMinute
    /// In minutes.
    package let length: Int
    package let session: ReceptionSession

    package var end: LocalMinute { LocalMinute(date: start.date, minuteOfDay: start.minuteOfDay + length) }
}

/// How much an office can take in during one slot.
package struct SlotCapacity: Hashable, Sendable {
    /// For people of one field.
    package struct Field: Hashable, Sendable {
        /// How many the counters can serve.
        package let served: Int
        /// How many of them may book.
        package let bookable: Int
        /// How many more of a priority group may book.
        package let priority: Int
        /// What one of them takes.
        package let minutes: Int
    }

    /// People the hall may hold at once.
    package let hall: Int
    /// How many of them may have booked.
    package let bookableHall: Int
    /// Minutes of all counters together, as far as they may be booked.
    package let bookableMinutes: Int
    /// Minutes of all counters together.
    package let minutes: Int
    private let fields: [String: Field]

    package subscript(_ field: String) -> Field {
        fields[field] ?? Field(served: 0, bookable: 0, priority: 0, minutes: OfficeModel.usualMinutes)
    }

    init(hall: Int, bookableHall: Int, bookableMinutes: Int, minutes: Int, fields: [String: Field]) {
        self.hall = hall
        self.bookableHall = bookableHall
        self.bookableMinutes = bookableMinutes
        self.minutes = minutes
        self.fields = fields
    }
}

/// An office as it is set up, and what is ordered of it: from both follows what it can take in.
package struct OrderedOffice: Hashable, Sendable {
    package let model: OfficeModel
    package let orders: BindingOrders
    /// How many people the hall holds at each distance that is ordered, where its plan tells.
    private let seatsApart: [Int: Int]

    package init(_ model: OfficeModel, under orders: BindingOrders = BindingOrders(), seatsApart: [Int: Int] = [:]) {
        self.model = model
        self.orders = orders
        self.seatsApart = seatsApart
    }

    /// How many people may wait in the hall at an instant: the strictest of the seats there are, the percentage of
    /// them and the distance between them; none while the counter is closed.
    package func hallCapacity(at instant: Instant) -> Int {
        let ordered = orders.inForce(at: instant)
        guard ordered.closure(of: .counter) == nil else { return 0 }
        let seats = model.hall.seats
        var capacity = seats
        // Rounded down: half of 25 seats are 12.
        if let percent = ordered.percent { capacity = min(capacity, seats * percent / 100) }
        if let apart = ordered.distance.flatMap({ seatsApart[$0] }) { capacity = min(capacity, apart) }
        return capacity
    }

    /// Whether the counter is closed by order at an instant, for a field or a procedure or, where none is named, for
    /// everybody.
    package func isClosed(at instant: Instant, for field: String? = nil, _ procedure: String? = nil) -> Bool {
        orders.inForce(at: instant).closure(of: .counter, field: field, procedure: procedure) != nil
    }

    /// Counters that can receive for a field during a session, no more than are staffed.
    package func openCounters(for field: String, in session: ReceptionSession) -> Int {
        guard session.receives(field) else { return 0 }
        let able = model.counters.count { $0.receives && $0.serves(field) }
        return min(able, session.staff ?? able)
    }

    /// How many of these fields' people an office can take in, and how many may book: the lesser of what the hall
    /// holds and the counters serve, less the share that is kept for those who just come.
    package func capacity(of slot: Slot, fields: some Collection<String>) -> SlotCapacity {
        let hall = hallCapacity(at: Instant(slot.start))
        let (rules, ordered) = (model.rules, orders.inForce(at: Instant(slot.start)))
        let receiving = model.counters.count(where: \.receives)
        let open = hall == 0 ? 0 : min(receiving, slot.session.staff ?? receiving)
        let share = 100 - rules.walkInPercent
        let bookableHall = hall * share / 100
        let served = fields.map { field -> (String, SlotCapacity.Field) in
            let minutes = model.minutes(of: field)
            let isClosed = hall == 0 || ordered.closure(of: .counter, field: field) != nil
            let counterMinutes = isClosed ? 0 : openCounters(for: field, in: slot.session) * slot.length
            let served = min(counterMinutes / minutes, hall)
            let bookable = min(counterMinutes * share / 100 / minutes, bookableHall)
            return (
                field,
                SlotCapacity.Field(
                    served: served,
                    bookable: bookable,
                    priority: min(rules.priorityPlaces, served - bookable),
                    minutes: minutes
                )
            )
        }
        return SlotCapacity(
            hall: hall,
            bookableHall: bookableHall,
            bookableMinutes: open * slot.length * share / 100,
            minutes: open * slot.length,
            fields: Dictionary(served, uniquingKeysWith: { first, _ in first })
        )
    }
}
