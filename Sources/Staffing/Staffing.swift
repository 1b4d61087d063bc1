package import DossierCore
package import Hummingbird
import Persistence
package import Web

/// Who does an agency's work: absences and stand-ins, rules of assignment, dossiers that change hands, and the series of
/// numbers under which results are issued.
package struct Staffing: Slice {
    package let books: StaffBooks
    private let desk: FilingDesk

    package init(books: StaffBooks, desk: FilingDesk) {
        self.books = books
        self.desk = desk
    }

    package var menu: Menu {
        Menu(
            officeLinks: [
                (
                    110,
                    Site.Link(
                        Words("Vắng mặt", "Absences"),
                        "/work/absences",
                        roles: [.reception, .caseOfficer, .leader, .clerk, .returns, .admin]
                    )
                ),
                (120, Site.Link(Words("Phân công", "Assignment"), "/work/assignment", roles: [.leader, .admin])),
                (130, Site.Link(Words("Số văn bản", "Numbers"), "/work/numbering", roles: [.clerk])),
            ]
        )
    }

    package var panels: [any PanelOfSlice] { [desk.book.heldPanel] }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        StaffRoutes(books: books, desk: desk, directory: neighbours.directory).add(to: router)
    }

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await books.verify())
    }
}
