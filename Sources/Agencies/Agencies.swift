package import Hummingbird
package import Kernel
package import Persistence
package import Web

/// The agencies that procedures are filed with: what they are called, where they are, and which of them decides.
package struct Agencies: Slice {
    package let book: AgencyBook
    package let units: AdminUnitBook
    package let calendars: CalendarBook
    private let office: Office

    /// `nation` are the days that hold for the whole country.
    package init(database: any Database, office: Office = Office(), nation: CalendarDays = CalendarDays()) {
        self.office = office
        book = AgencyBook(database: database, office: office)
        units = AdminUnitBook(database: database)
        calendars = CalendarBook(database: database, agencies: book, nation: nation, office: office)
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
                )
            ]
        )
    }

    package func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours) {
        AgencyRoutes(book: book, office: office, links: neighbours.links).addPublic(to: router)
    }

    /// The pages on which authorities keep their calendars.
    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        CalendarRoutes(book: calendars, office: office, neighbours: neighbours).add(to: router.group("work"))
    }

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await calendars.verify())
    }
}

/// The addresses of agencies, for everybody who builds on them.
package enum AgencyLinks {
    package static let list = "/co-quan"

    package static func page(of agency: ID<Agency>) -> String { "/co-quan/\(agency.rawValue)" }
}
