package import Hummingbird
package import Kernel
package import Persistence
package import Web

/// The agencies that procedures are filed with: what they are called, where they are, and which of them decides.
package struct Agencies: Slice {
    package let book: AgencyBook
    package let units: AdminUnitBook
    package let calendars: CalendarBook
    package let orders: OrderBook
    private let matters: MatterNames
    private let office: Office

    /// `nation` are the days that hold for the whole country, `matters` what fields and procedures are called that orders
    /// name.
    package init(
        database: any Database,
        office: Office = Office(),
        nation: CalendarDays = CalendarDays(),
        matters: MatterNames = MatterNames()
    ) {
        (self.office, self.matters) = (office, matters)
        book = AgencyBook(database: database, office: office)
        units = AdminUnitBook(database: database)
        calendars = CalendarBook(database: database, agencies: book, nation: nation, office: office)
        orders = OrderBook(database: database, agencies: book, office: office)
    }

    package static let migrations = AgencyTables.migrations

    package var menu: Menu {
        Menu(
            publicLinks: [(50, Site.Link(Words("Cơ quan", "Agencies"), AgencyLinks.list))],
            officeLinks: [
                (
                    90,
                    Site.Link(
                        Words("Lịch làm việc", "Calendar"),
                        "/work/calendar",
                        roles: [.admin, .leader, .reception]
                    )
                ),
                (95, Site.Link(Words("Mệnh lệnh", "Orders"), "/work/orders", roles: [.leader, .admin, .reception])),
            ]
        )
    }

    package func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours) {
        AgencyRoutes(book: book, orders: orders, matters: matters, office: office, neighbours: neighbours)
            .addPublic(to: router)
    }

    package var panels: [any PanelOfSlice] { [orders.homePanel(office, matters)] }

    /// The pages on which authorities keep their calendars and give their orders.
    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        let work = router.group("work")
        CalendarRoutes(book: calendars, office: office, neighbours: neighbours).add(to: work)
        OrderRoutes(book: orders, office: office, matters: matters, directory: neighbours.directory).add(to: work)
    }

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await calendars.verify() + orders.verify())
    }
}

/// The addresses of agencies, for everybody who builds on them.
package enum AgencyLinks {
    package static let list = "/co-quan"
    /// Where officers read and give standing orders.
    package static let orders = "/work/orders"

    package static func page(of agency: ID<Agency>) -> String { "/co-quan/\(agency.rawValue)" }
}
