package import Hummingbird
package import Kernel
package import Markup
package import Persistence
package import Web

/// The agencies that procedures are filed with: what they are called, where they are, and which of them decides.
package struct Agencies: Sendable {
    package let book: AgencyBook
    package let units: AdminUnitBook
    package let calendars: CalendarBook
    package let orders: OrderBook
    private let matters: MatterNames
    private let routes: AgencyRoutes

    /// `nation` are the days that hold for the whole country; `procedures` is the address of the page that lists what
    /// may be filed with an agency, `booking` the one at which a visit to an office can be booked, `matters` what fields
    /// and procedures are called that orders name.
    package init(
        database: any Database,
        office: Office = Office(),
        nation: CalendarDays = CalendarDays(),
        matters: MatterNames = MatterNames(),
        procedures: @escaping @Sendable (ID<Agency>) -> String?,
        booking: @escaping @Sendable (ID<Agency>) async throws -> String? = { _ in nil }
    ) {
        book = AgencyBook(database: database, office: office)
        units = AdminUnitBook(database: database)
        calendars = CalendarBook(database: database, agencies: book, nation: nation, office: office)
        orders = OrderBook(database: database, agencies: book, office: office)
        self.matters = matters
        routes = AgencyRoutes(
            book: book,
            orders: orders,
            matters: matters,
            office: office,
            procedures: procedures,
            booking: booking
        )
    }

    package static let migrations =
        AgencyBook.migrations + [AdminUnitBook.migration, CalendarBook.migration, OrderBook.migration]

    /// The pages on which authorities keep their calendars and give their orders; `names` tells what officers are
    /// called, `effect` what a decision has done to due dates.
    package func addOffice(
        to work: some RouterMethods<OfficerContext>,
        office: Office,
        names: @escaping @Sendable (Set<ID<Officer>>) async throws -> [ID<Officer>: String],
        effect: @escaping @Sendable (ID<CalendarEntry>, Language) async throws -> HTML?
    ) {
        CalendarRoutes(book: calendars, office: office, names: names, effect: effect).add(to: work)
        OrderRoutes(book: orders, office: office, matters: matters, names: names).add(to: work)
    }

    package func addPublic(to router: some RouterMethods<AppContext>) { routes.addPublic(to: router) }
}
