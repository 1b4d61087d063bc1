package import Hummingbird
package import Kernel
package import Persistence
package import Web

/// The agencies that procedures are filed with: what they are called, where they are, and which of them decides.
package struct Agencies: Sendable {
    package let book: AgencyBook
    package let units: AdminUnitBook
    private let routes: AgencyRoutes

    /// `procedures` is the address of the page that lists what may be filed with an agency.
    package init(
        database: any Database,
        office: Office = Office(),
        procedures: @escaping @Sendable (ID<Agency>) -> String?
    ) {
        book = AgencyBook(database: database, office: office)
        units = AdminUnitBook(database: database)
        routes = AgencyRoutes(book: book, office: office, procedures: procedures)
    }

    package static let migrations = AgencyBook.migrations + [AdminUnitBook.migration]

    package func addPublic(to router: some RouterMethods<AppContext>) { routes.addPublic(to: router) }
}
