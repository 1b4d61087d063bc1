package import Agencies
package import Catalogue
package import Hummingbird
package import Kernel
package import Persistence
package import Web

/// The one-stop office: how many people it can receive when, who has booked, who waits and who is called.
package struct OneStop: Sendable {
    package let offices: OfficeBook
    private let openings: OpeningBook
    package let queues: Queues
    package let appointments: AppointmentBook
    package let forecasts: OfficeForecasts
    private let officeRoutes: OfficeRoutes
    private let desk: AppointmentDesk
    private let forecastRoutes: ForecastRoutes
    let office: Office

    /// `matters` is what fields and procedures are called that orders name; `site` begins the links that are sent to
    /// people and the codes on tickets; `known` is what an account says of a citizen.
    package init(
        database: any Database,
        agencies: AgencyBook,
        catalogue: CatalogueBook,
        calendars: CalendarBook,
        orders: OrderBook,
        matters: MatterNames = MatterNames(),
        office: Office = Office(),
        site: String = "",
        streams: Places = Places(.init(total: 2000, each: 200)),
        known: @escaping @Sendable (ID<Citizen>) async throws -> KnownVisitor? = { _ in nil }
    ) {
        self.office = office
        offices = OfficeBook(database: database)
        openings = OpeningBook(offices: offices, calendars: calendars, orders: orders)
        appointments = AppointmentBook(database: database, site: site, openings: openings)
        queues = Queues(
            database: database,
            openings: openings,
            agencies: agencies,
            catalogue: catalogue,
            office: office,
            site: site,
            streams: streams,
            placesToday: { [appointments] in try await appointments.placesLeft(of: $0, at: $1) }
        )
        forecasts = OfficeForecasts(days: openings.days(of:), arrivals: queues.book.arrivals(at:from:to:))
        forecastRoutes = ForecastRoutes(forecasts: forecasts, agencies: agencies, office: office)
        officeRoutes = OfficeRoutes(
            openings: openings,
            agencies: agencies,
            catalogue: catalogue,
            matters: matters,
            measured: queues.book.measurements(of:until:),
            office: office
        )
        desk = AppointmentDesk(
            book: appointments,
            offices: offices,
            tickets: queues.book,
            forecasts: forecasts,
            agencies: agencies,
            catalogue: catalogue,
            matters: matters,
            office: office,
            // Short messages have a stand-in only.
            showsCodes: true,
            known: known
        )
    }

    package static let migrations: [Migration] =
        OfficeBook.migrations + AppointmentBook.migrations + Queues.migrations

    /// Keeps appointments within what an office can take in.
    package var follower: Replanning { Replanning(book: appointments, office: office) }

    /// `key` signs what the doors of offices show and what the machines in their halls are known by.
    package func addPublic(to router: some RouterMethods<AppContext>, key: ServerKey) {
        AppointmentRoutes(desk: desk).add(to: router)
        OpenLinkRoutes(tickets: queues.book, appointments: appointments, office: office).add(to: router)
        queues.addPublic(to: router, key: key, forecasts: forecasts)
        forecastRoutes.addPublic(to: router)
    }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, key: ServerKey) {
        officeRoutes.add(to: router)
        OfficeAppointmentRoutes(desk: desk).add(to: router)
        queues.addOfficers(to: router, key: key)
    }
}
