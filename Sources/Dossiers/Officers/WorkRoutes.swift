import Agencies
import Catalogue
package import Hummingbird
package import Kernel
import Persistence
package import Web

/// An officer with whom dossiers can be shared.
package struct Colleague: Hashable, Sendable {
    package let id: ID<Officer>
    package let name: String
    package let roles: Set<Role>

    package init(id: ID<Officer>, name: String, roles: Set<Role>) {
        self.id = id
        self.name = name
        self.roles = roles
    }
}

/// The officers' workspace.
package struct WorkRoutes: Sendable {
    let desk: FilingDesk
    let uploads: Uploads
    let papers: DossierPapers
    let colleagues: @Sendable (ID<Agency>) async throws -> [Colleague]
    /// The agencies in which somebody holds a role.
    let staffed: @Sendable (Role) async throws -> Set<ID<Agency>>

    package init(
        desk: FilingDesk,
        uploads: Uploads,
        papers: DossierPapers,
        colleagues: @escaping @Sendable (ID<Agency>) async throws -> [Colleague],
        staffed: @escaping @Sendable (Role) async throws -> Set<ID<Agency>>
    ) {
        self.desk = desk
        self.uploads = uploads
        self.papers = papers
        self.colleagues = colleagues
        self.staffed = staffed
    }

    package func add(to router: some RouterMethods<OfficerContext>) {
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
        dossier.post("result", use: prepareResult)
        dossier.post("pass-back", use: passBack)
        dossier.get("digitise", use: showDigitising)
        dossier.post("digitise", use: digitise)
        dossier.get("act/:act", use: ask)
        dossier.post("act/:act", use: perform)
        addPapers(to: work)
        addBulk(to: work)
        addAbsences(to: work)
        addAssignment(to: work)
        addHeld(to: work)
        addNumbering(to: work)
    }

    // MARK: - Lists

    func home(_ request: Request, _ context: OfficerContext) async throws -> Response {
        // Who only keeps accounts has no business with dossiers.
        guard context.officer.roles != [.admin] else { return .redirect(to: "/work/staff") }
        let roles = try await acting(context).allRoles
        return .redirect(to: "/work/inbox/\(Inbox.lists(for: roles).first?.slug ?? Inbox.all.slug)")
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
        let colleagues = try await colleagues(context.officer.agency)
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
        let rows = try await desk.book.search(typed, agency: context.officer.agency)
        return SearchPage(typed: typed, rows: rows, now: desk.office.now).show(context)
    }

    // MARK: - One dossier

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await dossierPage(
            try await details(context),
            context,
            isJustTaken: request.uri.queryParameters["taken"] != nil
        )
    }

    func clock(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await details(context)
        let say = context.language
        return ClockPage(counted: try await desk.counted(details), details: details).show(
            context,
            crumbs: [
                Crumb(say("Bàn làm việc", "Workspace"), "/work"),
                Crumb(details.row.code.rawValue, "/work/dossiers/\(details.row.id.rawValue)"),
            ]
        )
    }

    private func dossierPage(
        _ details: DossierBook.Details,
        _ context: OfficerContext,
        typed: FormData = FormData(),
        _ problem: Problem? = nil,
        isJustTaken: Bool = false
    ) async throws -> Response {
        let officer = try await acting(context)
        let absent = officer.standIns.map(\.absent)
        return WorkDossierPage(
            details: details,
            rules: try desk.rules(of: details.filing),
            officer: officer,
            names: try await papers.names(details.officers.union(absent)),
            agencies: try await desk.names(of: details.agencies),
            now: desk.office.now,
            calendar: try await desk.calendars.calendar(of: details.row.agency),
            isJustTaken: isJustTaken,
            typed: typed,
            problem: problem
        ).show(context)
    }

    func download(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await details(context)
        let id = ID<Attachment>(rawValue: try context.parameters.require("attachment"))
        guard let file = details.handedIn.first(where: { $0.id == id }) else { throw Problem.noSuchFile }
        return try await uploads.send(file, context)
    }

    // MARK: - Acts

    /// The page that asks for what an act needs: a reason, a colleague, the missing papers.
    func ask(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await details(context)
        let act = try act(context)
        var typed = FormData()
        if let opinion = request.uri.queryParameters["opinion"] { typed.append("opinion", String(opinion)) }
        return try await actPage(act, details, context, typed: typed)
    }

    func actPage(
        _ act: Act,
        _ details: DossierBook.Details,
        _ context: OfficerContext,
        typed: FormData,
        _ problem: Problem? = nil
    ) async throws -> Response {
        ActPage(
            act: act,
            details: details,
            rules: try desk.rules(of: details.filing),
            officer: try await acting(context),
            colleagues: try await colleagues(context.officer.agency),
            receivers: act.needs.contains(.agency) ? try await receivers(details) : [],
            typed: typed,
            now: desk.office.now,
            calendar: try await desk.calendars.calendar(of: details.row.agency),
            problem: problem
        ).show(context)
    }

    func perform(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        let details = try await details(context)
        return try await told {
            let errors = try await act(form, on: details, context, once: form.filled("once"))
            guard errors.isEmpty else { throw Problem.invalid(errors) }
            return .redirect(to: "/work/dossiers/\(details.row.id.rawValue)")
        } again: { problem in
            // A button that was merely pressed leaves nothing to keep.
            guard !problem.errors.isEmpty || form.filled("text") != nil else { throw problem }
            return try await actPage(try act(context), try await self.details(context), context, typed: form, problem)
        }
    }

    /// Performs the act that the path names with what `form` says; answers what is wrong with the form, if anything.
    func act(_ form: FormData, on details: DossierBook.Details, _ context: OfficerContext, once key: String?)
        async throws -> [FieldError]
    {
        let act = try act(context)
        let now = desk.office.now
        let rules = try desk.rules(of: details.filing)
        let officer = try await acting(context)
        let calendar = try await desk.calendars.calendar(of: details.row.agency)
        let checked = try await act.check(form, rules: rules, calendar: calendar) {
            try await colleague($0, context) != nil
        }
        let order = act.needs.contains(.items) ? desk.order(form, on: details.dossier, rules, calendar, now: now) : nil
        let answers = act.needs.contains(.answers) ? answers(form, on: details, rules, now: now) : nil
        let passage =
            act.needs.contains(.agency)
            ? PassageOrder(form, receivers: try await receivers(details), calendar: calendar, now: now) : nil
        let opinions =
            act.needs.isDisjoint(with: [.opinions, .opinion])
            ? nil
            : OpinionOrder(
                act,
                form,
                on: details.dossier,
                by: officer,
                colleagues: try await colleagues(context.officer.agency),
                calendar: calendar,
                now: now
            )
        let errors =
            checked + (order?.errors ?? []) + (answers?.errors ?? []) + (passage?.errors ?? [])
            + (opinions?.errors ?? [])
        guard errors.isEmpty else {
            // Who may not do it is told so before anything about the form.
            try act.require(on: details.dossier, by: officer)
            return errors
        }
        let text = form.filled("text").map { DossierTexts.Draft(String($0.prefix(4000)), .remark, at: now) }
        let due = try await due(after: act, form, details, rules, calendar, now: now)
        let command = Order(
            by: officer,
            circumstances(context, at: now),
            assigner: [.handOver, .completeStep, .sendBack].contains(act) ? try await assigner(context) : nil
        ) { officer in
            act.command(
                by: officer,
                on: details,
                form: form,
                text: text?.sealed,
                order: order,
                answers: answers,
                passage: passage,
                opinions: opinions,
                at: now,
                due: due
            )
        }
        try await desk.book.perform(
            command,
            on: details.row.id,
            texts: (text.map { [$0] } ?? []) + (order?.texts ?? []) + (answers?.texts ?? []),
            expecting: form["version"].flatMap { Int($0) },
            once: try key.map { key in
                try idempotencyKey(
                    key,
                    scope: "work/\(context.officer.id.rawValue)",
                    "\(act.rawValue) \(details.row.id.rawValue) \(form.fingerprint)"
                )
            }
        )
        return []
    }

    private func due(
        after act: Act,
        _ form: FormData,
        _ details: DossierBook.Details,
        _ rules: FilingRules,
        _ calendar: WorkingCalendar,
        now: Instant
    ) async throws -> Instant? {
        switch act {
        case .accept, .openCorrection:
            try await desk.due(rules, at: details.row.agency, channel: details.row.channel, received: now)
        case .extend: form.filled("date").flatMap(LocalDate.init(vietnamese:)).map(calendar.closing)
        case .receiveSupplement, .confirmPayment:
            try await desk.dueAfterWaiting(details.dossier, details.history, now: now)
        case .refuse, .supplement, .handOver, .take, .assign, .completeStep, .sendBack, .returnResult,
            .confirmWithdrawal, .declineWithdrawal, .stop, .requirePayment, .pass, .passBack, .recall,
            .askOpinions, .giveOpinion, .withdrawOpinion:
            nil
        }
    }

    func prepareResult(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await details(context)
        let (fields, problem) = try await saveResult(request, details, context, once: nil)
        guard let problem else { return .redirect(to: "/work/dossiers/\(details.row.id.rawValue)") }
        // What was typed is still there, below the reason why it was not taken.
        var response = try await dossierPage(try await self.details(context), context, typed: fields, problem)
        response.status = problem.status
        return response
    }

    /// Keeps the result that a case officer has prepared: its outcome, its files, and the reasons of a denial.
    /// Answers the fields that were sent, and what is wrong with them or stands against it.
    func saveResult(
        _ request: Request,
        _ details: DossierBook.Details,
        _ context: OfficerContext,
        once key: String?
    ) async throws -> (fields: FormData, problem: Problem?) {
        // Asked before anything is read: a file of somebody who may not prepare the result is not even stored.
        let acting = try await acting(context)
        try details.dossier.mayPrepareResult(by: acting)
        let rules = try desk.rules(of: details.filing)
        let collected = Collected()
        let (fields, refused) = try await uploads.receive(
            request,
            context,
            components: rules.revision.results.map(\.key)
        ) { await collected.add($0) }
        let files = await collected.files
        let now = desk.office.now
        let outcome = fields.filled("outcome").flatMap(Outcome.init(rawValue:))
        var errors = refused
        if outcome == nil {
            errors.append(
                FieldError("outcome", "Chưa chọn kết luận. Hãy chọn một mục.", "Please choose the outcome.")
            )
        }
        if outcome == .granted, files.isEmpty, refused.isEmpty {
            errors.append(
                FieldError(
                    "paper-\(rules.revision.results.first?.key ?? "result")",
                    "Chưa có tệp kết quả. Hãy đính kèm bản đã ký.",
                    "The result's file is missing. Please attach the signed one."
                )
            )
        }
        if outcome == .denied, fields.filled("text") == nil {
            errors.append(
                FieldError(
                    "text",
                    "Chưa nêu lý do không chấp thuận. Hãy viết lý do và căn cứ.",
                    "Please give the reasons and the legal basis of the denial."
                )
            )
        }
        guard let outcome, errors.isEmpty else { return (fields, Problem.invalid(errors)) }
        let text = fields.filled("text").map { DossierTexts.Draft(String($0.prefix(4000)), .remark, at: now) }
        let order = Order(by: acting, circumstances(context, at: now)) { officer in
            .prepareResult(
                by: officer,
                outcome: outcome,
                files: files.map { ResultFile(result: $0.component, file: $0.reference) },
                explanation: text?.sealed
            )
        }
        let problem = try await perform(
            order,
            "result",
            on: details,
            text: text,
            files: files,
            fields: fields,
            context,
            once: key
        )
        return (fields, problem)
    }

    /// Performs what a form with files asks; answers what stands against it.
    func perform(
        _ order: Order,
        _ what: String,
        on details: DossierBook.Details,
        text: DossierTexts.Draft?,
        files: [AttachedFile],
        fields: FormData,
        _ context: OfficerContext,
        once key: String?
    ) async throws -> Problem? {
        do {
            try await desk.book.perform(
                order,
                on: details.row.id,
                texts: text.map { [$0] } ?? [],
                files: files,
                expecting: fields["version"].flatMap { Int($0) },
                once: try key.map { key in
                    try idempotencyKey(
                        key,
                        scope: "work/\(context.officer.id.rawValue)",
                        "\(what) \(details.row.id.rawValue) \(fields.fingerprint) \(files.map(\.content))"
                    )
                }
            )
            return nil
        } catch let refusal as any ProblemConvertible {
            return refusal.problem
        }
    }

    // MARK: - What the routes share

    private func act(_ context: OfficerContext) throws -> Act {
        guard let act = Act(rawValue: try context.parameters.require("act")) else { throw Problem.notFound }
        return act
    }

    func colleague(_ id: String?, _ context: OfficerContext) async throws -> Colleague? {
        guard let id else { return nil }
        return try await colleagues(context.officer.agency).first { $0.id.rawValue == id }
    }

    /// A dossier of the officer's own agency, or one that is with it for a part of the work. Administrators of accounts
    /// have no business with dossiers.
    func details(_ context: OfficerContext) async throws -> DossierBook.Details {
        try await details(ID<Dossier>(rawValue: try context.parameters.require("dossier")), context)
    }

    func details(_ id: ID<Dossier>, _ context: OfficerContext) async throws -> DossierBook.Details {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns, .auditor)
        guard let details = try await desk.book.details(id), details.dossier.isVisible(to: context.officer.agency)
        else {
            throw Problem.noSuchDossier
        }
        return details
    }

    func circumstances(_ context: OfficerContext, at now: Instant? = nil) -> Circumstances {
        Circumstances(at: now ?? desk.office.now, actor: .officer(id: context.officer.id), request: context.requestID)
    }
}

/// Files that arrived with one request; an actor because they arrive one after the other from a stream.
actor Collected {
    private(set) var files: [AttachedFile] = []
    func add(_ file: AttachedFile) { files.append(file) }
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
        lists += [.late, .dueSoon, .waiting]
        // Those who may end what nobody answers.
        if !roles.isDisjoint(with: [.reception, .leader, .caseOfficer, .auditor]) { lists.append(.unanswered) }
        return lists + [.closed, .all]
    }
}
