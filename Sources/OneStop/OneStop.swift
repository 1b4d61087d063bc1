package import Agencies
package import Catalogue
package import Hummingbird
import Kernel
package import Persistence
package import Web

/// The one-stop office: how many people it can receive when, who has booked, who waits and who is called.
package struct OneStop: Sendable {
    package let offices: OfficeBook
    private let officeRoutes: OfficeRoutes

    package init(
        database: any Database,
        agencies: AgencyBook,
        catalogue: CatalogueBook,
        office: Office = Office()
    ) {
        offices = OfficeBook(database: database) { plan, distance in
            // A plan that cannot be read gives no number; it was read before it was stored.
            try? HallPlan(json: Array(plan.utf8)).capacity(percent: nil, distance: Double(distance) / 100).byDistance
        }
        officeRoutes = OfficeRoutes(offices: offices, agencies: agencies, catalogue: catalogue, office: office)
    }

    package static let migrations: [Migration] = OfficeBook.migrations

    package func addOfficers(to router: some RouterMethods<OfficerContext>) {
        officeRoutes.add(to: router)
    }
}
