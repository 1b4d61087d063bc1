package import Agencies
package import Kernel
package import Persistence

/// Answers on which days offices receive people and how many: from how they are set up, from the calendars of their
/// agencies and from what is ordered of them.
package struct OpeningBook: Sendable {
    package let offices: OfficeBook
    let calendars: CalendarBook
    let orders: OrderBook

    package init(offices: OfficeBook, calendars: CalendarBook, orders: OrderBook) {
        (self.offices, self.calendars, self.orders) = (offices, calendars, orders)
    }

    package func days(of office: ID<Agency>) async throws -> ReceptionDays {
        try await days(of: office, try await offices.model(of: office))
    }

    /// As a larger transaction sees it, so that nobody books on a day that was closed a moment ago.
    package func days(of office: ID<Agency>, in tx: borrowing Transaction) throws -> ReceptionDays {
        let orders = try orders.binding(office, in: tx)
        let model = try OfficeBook.model(of: office, in: tx)
        let seats = offices.hallSpacing.seatsNow(of: model.hall.plan, apart: orders.distances)
        return ReceptionDays(
            OrderedOffice(model, under: orders, seatsApart: seats),
            try calendars.calendar(of: office, in: tx)
        )
    }

    /// The same for offices whose models are known.
    package func days(of models: [ID<Agency>: OfficeModel]) async throws -> [ID<Agency>: ReceptionDays] {
        var days: [ID<Agency>: ReceptionDays] = [:]
        for (office, model) in models { days[office] = try await self.days(of: office, model) }
        return days
    }

    private func days(of office: ID<Agency>, _ model: OfficeModel) async throws -> ReceptionDays {
        let orders = try await orders.binding(office)
        let seats = try await offices.hallSpacing.seats(of: model.hall.plan, apart: orders.distances)
        return ReceptionDays(
            OrderedOffice(model, under: orders, seatsApart: seats),
            try await calendars.calendar(of: office)
        )
    }
}
