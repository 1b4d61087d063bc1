import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
import PrintedPapers
import Web

/// The officers' workspace.
struct WorkRoutes: Sendable {
    let desk: FilingDesk
    let uploads: Uploads
    let papers: DossierPapers
    let neighbours: Neighbours

    var directory: any Directory { neighbours.directory }

    func add(to router: some RouterMethods<OfficerContext>) {
        let work = router.group("work")
        work.get(use: home)
        work.get("inbox/:inbox", use: inbox)
        work.get("search", use: search)
        work.get("intake", use: chooseProcedure)
        work.get("intake/:code", use: showIntake)
        work.post("intake/:code", use: takeIn)
        let dossier = work.group("dossiers/:dossier")
        dossier.get(use: show)
        dossier.get("clock", use: clock)
        dossier.get("files/:attachment", use: download)
        addActs(to: dossier)
        addPapers(to: work)
        addBulk(to: work)
    }

    // MARK: - Lists

    func home(_ request: Request, _ context: OfficerContext) async throws -> Response {
        // Who only keeps accounts has no business with dossiers.
        if context.officer.roles == [.admin], let staff = neighbours.links.staff { return .redirect(to: staff.list) }
        let officer = try await acting(context)
        let lists = Inbox.lists(for: officer.allRoles)
        // What one holds already comes before what waits for anybody.
        let held = lists.contains(.mine) ? try await desk.book.badges([.mine], for: officer, now: desk.office.now) : [:]
        let first = held[.mine, default: 0] > 0 ? .mine : lists.first ?? .all
        return .redirect(to: "/work/inbox/\(first.slug)")
    }

    func inbox(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns, .auditor)
        guard let inbox = Inbox(slug: try context.parameters.require("inbox")) else { throw Problem.notFound }
        let officer = try await acting(context)
        let now = desk.office.now
        let cursor = try cursor(request)
        let lists = Inbox.lists(for: officer.allRoles)
        let soon = try await desk.answersSoon(at: officer.agency)
        async let badges = desk.book.badges(lists, for: officer, now: now, answersSoon: soon)
        async let listing = desk.book.list(inbox, for: officer, now: now, answersSoon: soon, after: cursor)
        let colleagues = try await directory.colleagues(in: context.officer.agency)
        return InboxPage(
            inbox: inbox,
            lists: lists,
            badges: try await badges,
            listing: try await listing,
            now: now,
            officer: officer,
            colleagues: colleagues,
            agencies: try await desk.names(of: Set(try await listing.items.flatMap(\.agencies)))
        ).show(context)
    }

    func search(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns, .auditor)
        let typed = String((try request.query["q"] ?? "").prefix(100))
        let rows = try await desk.search(typed, agency: context.officer.agency)
        return SearchPage(typed: typed, rows: rows, now: desk.office.now).show(context)
    }

    // MARK: - One dossier

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        return try await dossierPage(
            details,
            context,
            isJustTaken: request.uri.queryParameters["taken"] != nil && details.row.stage == .accepted,
            since: request.uri.queryParameters["since"].flatMap { StreamVersion(typed: $0)?.number }
        )
    }

    func clock(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        let say = context.language
        return ClockPage(counted: try await desk.counted(details), details: details).show(
            context,
            crumbs: [
                Crumb(say("Bàn làm việc", "Workspace"), "/work"),
                Crumb(details.row.code.rawValue, "/work/dossiers/\(details.row.id.rawValue)"),
            ]
        )
    }

    func dossierPage(
        _ details: DossierBook.Details,
        _ context: OfficerContext,
        typed: FormData = FormData(),
        _ problem: Problem? = nil,
        isJustTaken: Bool = false,
        since: Int? = nil
    ) async throws -> Response {
        let scene = try await scene(of: details, context)
        let absent = scene.officer.standIns.map(\.absent)
        return WorkDossierPage(
            scene: scene,
            names: try await directory.names(of: details.officers.union(absent)),
            agencies: try await desk.names(of: details.agencies),
            unlistedDays: try await desk.unlistedDays(details),
            told: try await neighbours.panels(about: DossierOnPage(details.row.id), context.language),
            isJustTaken: isJustTaken,
            since: since,
            typed: typed,
            problem: problem
        ).show(context)
    }

    func download(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await desk.details(context)
        let id = ID<Attachment>(rawValue: try context.parameters.require("attachment"))
        guard let file = details.handedIn.first(where: { $0.id == id }) else { throw Problem.noSuchFile }
        return try await uploads.send(file, context)
    }

    // MARK: - What the routes share

    func colleague(_ id: String?, _ context: OfficerContext) async throws -> Colleague? {
        guard let id else { return nil }
        return try await directory.colleagues(in: context.officer.agency).first { $0.id.rawValue == id }
    }

}

extension Inbox {
    /// The lists that matter to somebody with these roles, the most urgent first.
    static func lists(for roles: Set<Role>) -> [Inbox] {
        var lists: [Inbox] = []
        if roles.contains(.reception) { lists += [.new, .answerLate, .answerSoon, .accepted] }
        for role in [Role.caseOfficer, .leader, .clerk] where roles.contains(role) { lists.append(.turn(role)) }
        if !roles.isDisjoint(with: [.caseOfficer, .leader, .clerk]) { lists.append(.mine) }
        if roles.contains(.returns) { lists.append(.finished) }
        if !roles.isSubset(of: [.admin, .auditor]) { lists.append(.opinions) }
        if !roles.isDisjoint(with: [.caseOfficer, .leader]) { lists += [.received, .passed] }
        // Those who answer for the agency see what reception has left unanswered.
        if !roles.contains(.reception), !roles.isDisjoint(with: [.leader, .auditor]) { lists.append(.answerLate) }
        lists += [.late, .dueSoon, .waiting]
        // Those who may end what nobody answers.
        if !roles.isDisjoint(with: [.reception, .leader, .caseOfficer, .auditor]) { lists.append(.unanswered) }
        return lists + [.closed, .all]
    }
}
