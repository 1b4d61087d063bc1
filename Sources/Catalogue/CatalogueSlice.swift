package import Hummingbird
import Kernel
package import Persistence
package import Web

/// What can be applied for: procedures with their papers, terms and fees, found by everyday words.
package struct CatalogueSlice: Slice {
    package let book: CatalogueBook
    private let office: Office

    package init(book: CatalogueBook, office: Office) { (self.book, self.office) = (book, office) }

    package static var migrations: [Migration] { CatalogueBook.migrations }

    package var menu: Menu {
        Menu(publicLinks: [(10, Site.Link(Words("Thủ tục", "Procedures"), CatalogueLinks.search))])
    }

    package func export(to links: inout Links) {
        links.procedures = ProcedureLinks(atLevel: CatalogueLinks.procedures(atLevel:))
    }

    package var chores: [Chore] {
        // Another process may have imported procedures.
        [.everyProcess("catalogue") { try await book.refresh() }]
    }

    package func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours) {
        CatalogueRoutes(book: book, office: office, neighbours: neighbours).addPublic(to: router)
    }
}

/// The addresses of procedures, for everybody who builds on them.
package enum CatalogueLinks {
    /// Where procedures are looked for.
    package static let search = "/thu-tuc"

    package static func procedure(_ code: ProcedureCode) -> String { procedure(code: code.rawValue) }

    /// The same for a code as dossiers keep it.
    package static func procedure(code: String) -> String { "/thu-tuc/\(code)" }

    /// The list of a field's procedures, known by its key.
    package static func procedures(ofField key: String) -> String { "/thu-tuc?linh-vuc=\(key)" }

    /// The list of what agencies of a level decide; nil for a level that decides nothing.
    package static func procedures(atLevel level: String) -> String? {
        Procedure.Level(rawValue: level).map { "/thu-tuc?cap=\($0.rawValue)" }
    }
}
