package import Agencies
package import Catalogue
package import Hummingbird
import Kernel
package import Logging
package import Persistence
package import ServiceLifecycle
package import Web

/// The one-stop office: how many people it can receive when, who has booked, who waits and who is called.
package struct OneStop: Slice {
    package let offices: OfficeBook
    private let openings: OpeningBook
    package let queues: Queues
    package let appointments: AppointmentBook
    package let forecasts: OfficeForecasts
    private let officeRoutes: OfficeRoutes
    private let desk: AppointmentDesk
    private let agencies: AgencyBook
    private let forecastRoutes: ForecastRoutes
    let office: Office

    /// `matters` is what fields and procedures are called that orders name; `site` begins the links that are sent to
    /// people and the codes on tickets; `reach` says whether anything is sent.
    package init(
        database: any Database,
        agencies: AgencyBook,
        catalogue: CatalogueBook,
        calendars: CalendarBook,
        orders: OrderBook,
        matters: MatterNames = MatterNames(),
        office: Office = Office(),
        site: String = "",
        reach: NoticeReach,
        streams: Places = Places(.init(total: 2000, each: 200))
    ) {
        self.office = office
        self.agencies = agencies
        offices = OfficeBook(database: database)
        openings = OpeningBook(offices: offices, calendars: calendars, orders: orders)
        appointments = AppointmentBook(database: database, site: site, reach: reach, openings: openings)
        queues = Queues(
            database: database,
            openings: openings,
            agencies: agencies,
            catalogue: catalogue,
            office: office,
            site: site,
            reach: reach,
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
            office: office
        )
    }

    package static let migrations = OneStopTables.migrations

    // MARK: - What it does by itself

    /// Keeps appointments within what an office can take in.
    package var followers: [any Follower] { [Replanning(book: appointments, office: office), limits] }

    /// Keeps the days that run within what the halls may hold.
    private var limits: HallLimits { HallLimits(book: queues.book, openings: openings, office: office) }

    /// Keeps the pages about queues up to date.
    package func services(_ logger: Logger) -> [any Service] { [QueueFeedService(feed: queues.feed)] }

    package var chores: [Chore] {
        [
            .everyProcess("calls") { try await queues.book.callBack(at: office.now) },
            .everyProcess("hall-limits") { try await limits.look() },
            .everyProcess("days") { try await queues.book.closeDays(at: office.now) },
            .everyProcess("appointments") { try await appointments.tend(at: office.now) },
            Chore("closed-days", every: .hours(1)) { try await appointments.replanClosedDays(at: office.now) },
        ]
    }

    // MARK: - What it shows

    package var menu: Menu {
        Menu(
            publicLinks: [
                (30, Site.Link(Words("Đặt lịch hẹn", "Appointments"), "/dat-lich")),
                (60, Site.Link(Words("Một cửa hôm nay", "Offices today"), "/mot-cua")),
            ],
            officeLinks: [
                (30, Site.Link(Words("Quầy", "Counter"), "/work/counter", roles: [.reception, .returns], key: "u")),
                (40, Site.Link(Words("Hướng dẫn", "Triage"), "/work/triage", roles: [.reception, .returns], key: "h")),
                (
                    70,
                    Site.Link(
                        Words("Lịch hẹn", "Appointments"),
                        "/work/appointments",
                        roles: [.reception, .returns, .leader, .auditor]
                    )
                ),
                (80, Site.Link(Words("Một cửa", "One-stop"), "/work/office", roles: [.leader, .admin])),
            ]
        )
    }

    /// When the counters of an agency receive people, on its own page.
    package var panels: [any PanelOfSlice] {
        [ReceptionPanel(openings: openings, agencies: agencies, forecasts: forecasts, office: office).panel]
    }

    package func export(to links: inout Links) {
        links.visits = VisitLinks(
            forProcedure: { "/dat-lich?thu-tuc=\($0)" },
            atAgency: { try await offices.model(of: $0).isReady ? "/dat-lich?co-quan=\($0.rawValue)" : nil }
        )
    }

    package func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours) {
        AppointmentRoutes(desk: desk, neighbours: neighbours).add(to: router)
        OpenLinkRoutes(tickets: queues.book, appointments: appointments, office: office).add(to: router)
        queues.addPublic(to: router, key: neighbours.key, forecasts: forecasts)
        forecastRoutes.addPublic(to: router)
    }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        officeRoutes.add(to: router)
        OfficeAppointmentRoutes(desk: desk).add(to: router)
        queues.addOfficers(to: router, key: neighbours.key, directory: neighbours.directory)
    }

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await differences())
    }
}
