package import DossierCore
package import Hummingbird
package import Persistence
package import Web

/// What authorities count and look over: the register, the board of time limits and the daily numbers.
package struct Registers: Slice {
    private let desk: FilingDesk

    package init(desk: FilingDesk) { self.desk = desk }

    package var followers: [any Follower] { [Tally()] }

    package var menu: Menu {
        Menu(
            officeLinks: [
                (
                    60,
                    Site.Link(
                        Words("Sổ theo dõi", "Register"),
                        "/work/register",
                        roles: [.reception, .returns, .leader, .clerk, .auditor],
                        key: "s"
                    )
                ),
                (
                    100,
                    Site.Link(Words("Thời hạn", "Time limits"), "/work/board", roles: [.leader, .auditor], key: "w")
                ),
            ]
        )
    }

    package var panels: [any PanelOfSlice] { [desk.book.todayPanel(desk.office)] }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        RegisterRoutes(desk: desk).add(to: router)
        BoardRoutes(desk: desk, directory: neighbours.directory).add(to: router)
    }

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await desk.book.verifyTally())
    }
}
