package import DossierCore
package import Logging
package import Persistence
package import ServiceLifecycle
package import Web

/// Due dates follow the calendar: when it changes they are counted anew.
package struct DueDates: Slice {
    private let desk: FilingDesk

    package init(desk: FilingDesk) { self.desk = desk }

    package var followers: [any Follower] { [Recounts()] }

    package func services(_ logger: Logger) -> [any Service] {
        [Recounting(recounter: Recounter(desk: desk), logger: logger)]
    }

    package var panels: [any PanelOfSlice] { [desk.book.recountPanel] }
}
