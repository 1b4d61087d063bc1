package import Agencies
package import Catalogue
package import Hummingbird
import Kernel
package import Persistence
package import Web

/// The one-stop office: how many people it can receive when, who has booked, who waits and who is called.
package struct OneStop: Sendable {
    package let offices: OfficeBook
    package let queues: Queues
    private let officeRoutes: OfficeRoutes

    /// `site` is the public address, for the codes on tickets.
    package init(
        database: any Database,
        agencies: AgencyBook,
        catalogue: CatalogueBook,
        office: Office = Office(),
        site: String = ""
    ) {
        offices = OfficeBook(database: database) { plan, distance in
            // A plan that cannot be read gives no number; it was read before it was stored.
            try? HallPlan(json: Array(plan.utf8)).capacity(percent: nil, distance: Double(distance) / 100).byDistance
        }
        queues = Queues(
            database: database,
            offices: offices,
            agencies: agencies,
            catalogue: catalogue,
            office: office,
            site: site
        )
        officeRoutes = OfficeRoutes(offices: offices, agencies: agencies, catalogue: catalogue, office: office)
    }

    package static let migrations: [Migration] = OfficeBook.migrations + Queues.migrations

    package func addPublic(to router: some RouterMethods<AppContext>) { queues.addPublic(to: router) }

    package func addOfficers(to router: some RouterMethods<OfficerContext>) {
        officeRoutes.add(to: router)
        queues.addOfficers(to: router)
    }
}
