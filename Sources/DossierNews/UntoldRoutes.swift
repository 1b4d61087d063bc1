import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// What no way could tell applicants, for the officers who call them instead.
struct UntoldRoutes: Sendable {
    let desk: FilingDesk
    let notices: NoticeBook

    static let roles: Set<Role> = [.reception, .caseOfficer, .leader, .clerk, .returns]
    private static let length = 50

    func add(to router: some RouterMethods<OfficerContext>) { router.get("work/untold", use: show) }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns)
        let place = try cursor(request)
        let found = try await notices.untold(
            for: context.officer.agency,
            after: place.map { (Instant(milliseconds: $0.key), ID(rawValue: $0.id)) },
            limit: Self.length + 1
        )
        let listing = Listing(found, limit: Self.length) { Cursor(key: $0.since.milliseconds, id: $0.id.rawValue) }
        let ids = Set(listing.items.compactMap { ID<Dossier>($0.about) })
        let dossiers = try await desk.book.rowsWithAnswers(Array(ids))
        let people = Dictionary(
            dossiers.map { ($0.row.id, UntoldPage.Person($0.row, $0.answers)) },
            uniquingKeysWith: { first, _ in first }
        )
        return UntoldPage(listing: listing, people: people).show(context)
    }
}

struct UntoldPage {
    let listing: Listing<UntoldNotice>
    let people: [ID<Dossier>: Person]

    struct Person {
        let row: DossierRow
        /// What the form gives, as it was written; it may be what no gateway takes.
        let phone: String?

        init(_ row: DossierRow, _ answers: String?) {
            self.row = row
            phone = answers.flatMap { try? Answers(stored: $0) }?.applicantPhone  // Of an older form: counts as erased.
        }
    }

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        return page(
            say("Chưa báo được", "Not told"),
            context,
            lead: say(
                "Tin mà không cách nào đến được người nộp, hoặc không rõ có đến hay không. Hãy gọi điện rồi ghi lại.",
                "News that no way has brought to the applicant, or of which nobody knows. Call, and write it down."
            ),
            width: .wide,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]
        ) {
            listing.items.isEmpty
                ? emptyState(
                    say("Không có ai cần gọi", "Nobody is to be called"),
                    say(
                        "Tin nào không đến được người nộp sẽ hiện ở đây.",
                        "News that does not reach an applicant appears here."
                    )
                )
                : "\(list(say))\(more(say))"
        }
    }

    private func list(_ say: Language) -> HTML {
        table(
            say("Cần gọi điện, cũ nhất trước", "To be called, the oldest first"),
            [
                Column(say("Hồ sơ", "Dossier")), Column(say("Người nộp", "Applicant")),
                Column(say("Điện thoại", "Telephone")), Column(say("Tin", "News")), Column(say("Vì sao", "Why")),
                Column(say("Việc", "To do")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: listing.items.compactMap { row($0, say) }
        )
    }

    private func row(_ notice: UntoldNotice, _ say: Language) -> [HTML]? {
        guard let id = ID<Dossier>(notice.about), let person = people[id] else { return nil }
        let code = person.row.code.rawValue
        return [
            "<a href=\"\(WorkLinks.dossier(id))\" class=\"code\">\(code)</a>",
            "\(person.row.applicantName)",
            person.phone.map { "<a href=\"tel:\($0)\">\($0)</a>" as HTML }
                ?? "\(say("Hồ sơ không có số điện thoại", "The dossier gives none"))",
            "\(DossierNotice.named(notice.kind).map { say($0.title) } ?? notice.kind)",
            notice.state.tag(say),
            linkButton(say("Ghi đã gọi điện", "Record a call"), WorkLinks.call(id), .plain),
        ]
    }

    private func more(_ say: Language) -> HTML? {
        listing.next.map { next in
            "<p>\(linkButton(say("Xem tiếp", "Show more"), "/work/untold?after=\(next.text)", .quiet))</p>"
        }
    }
}
