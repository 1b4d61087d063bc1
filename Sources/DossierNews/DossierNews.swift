package import DossierCore
package import Hummingbird
package import Persistence
package import Web

/// Tells applicants what happens to their dossiers. What it says is delivered by whoever delivers notices.
package struct DossierNews: Slice {
    private let desk: FilingDesk
    private let teller: Teller

    /// Every kind of notice that it may say.
    package static let notices = DossierNotice.all

    /// `site` begins the addresses that people are sent.
    package init(desk: FilingDesk, site: String) { (self.desk, teller) = (desk, Teller(site: site)) }

    package var followers: [any Follower] { [Telling(events: desk.book.events, teller: teller)] }

    /// In the morning, before offices open.
    package var chores: [Chore] {
        [
            Chore("supplement-reminders", atHour: 7, minute: 30) {
                try await SupplementReminders(book: desk.book, teller: teller, office: desk.office).remind()
            }
        ]
    }

    package var panels: [any PanelOfSlice] { [NoticeBook(database: desk.book.database).toldPanel] }

    package var menu: Menu {
        Menu(officeLinks: [
            (
                55,
                Site.Link(Words("Chưa báo được", "Not told"), "/work/untold", roles: UntoldRoutes.roles)
            )
        ])
    }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        UntoldRoutes(desk: desk, notices: NoticeBook(database: desk.book.database)).add(to: router)
    }

    /// Whom a notice is for that was said to whoever its subject names; nil for what is not about a dossier.
    package func addressee(of subject: Notice.Subject) async throws -> Addressee? {
        try await desk.book.addressee(of: subject)
    }
}
