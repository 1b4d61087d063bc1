import DossierCore
import Hummingbird
import Web

/// What the pages of an agency's own books share.
struct StaffRoutes: Sendable {
    let books: StaffBooks
    let desk: FilingDesk
    let directory: any Directory

    func add(to router: some RouterMethods<OfficerContext>) {
        let work = router.group("work")
        addAbsences(to: work)
        addAssignment(to: work)
        addHeld(to: work)
        addNumbering(to: work)
    }
}
