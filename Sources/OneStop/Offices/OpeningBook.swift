package import Agencies
package import Kernel
package import Persistence

/// Answers on which days offices receive people, from how they are set up and from the calendars of their agencies.
package struct OpeningBook: Sendable {
    package let offices: OfficeBook
    let calendars: CalendarBook

    package init(offices: OfficeBook, calendars: CalendarBook) {
        (self.offices, self.calendars) = (offices, calendars)
    }

    package func days(of office: ID<Agency>) async throws -> ReceptionDays {
        ReceptionDays(try await offices.model(of: office), try await calendars.calendar(of: office))
    }

    /// As a larger transaction sees it, so that nobody books on a day that was closed a moment ago.
    package func days(of office: ID<Agency>, in tx: borrowing Transaction) throws -> ReceptionDays {
        ReceptionDays(try OfficeBook.model(of: office, in: tx), try calendars.calendar(of: office, in: tx))
    }

    /// The same for offices whose models are known.
    package func days(of models: [ID<Agency>: OfficeModel]) async throws -> [ID<Agency>: ReceptionDays] {
        var days: [ID<Agency>: ReceptionDays] = [:]
        for (office, model) in models { days[office] = ReceptionDays(model, try await calendars.calendar(of: office)) }
        return days
    }
}
