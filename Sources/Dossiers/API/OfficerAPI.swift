import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
import PrintedPapers
import Web

/// The officers' work for programs.
struct OfficerAPI: Sendable {
    let work: WorkRoutes

    init(work: WorkRoutes) { self.work = work }

    private var desk: FilingDesk { work.desk }

    func add(to router: some RouterMethods<OfficerContext>) {
        let api = router.group("api/v1/work")
        api.get("inboxes", use: inboxes)
        api.get("inboxes/:inbox", use: inbox)
        api.get("search", use: search)
        api.post("intake", use: takeIn)
        api.get("dossiers/:dossier", use: show)
        api.get("dossiers/:dossier/clock", use: clock)
        api.get("dossiers/:dossier/receipt.pdf", use: work.receipt)
        api.get("dossiers/:dossier/papers/:paper", use: work.paper)
        api.get("papers/:sheet", use: work.sheet)
        api.get("dossiers/:dossier/files/:attachment", use: work.download)
        api.post("dossiers/:dossier/acts/:act", use: perform)
        api.post("dossiers/:dossier/result", use: prepareResult)
        api.post("dossiers/:dossier/pass-back", use: passBack)
        api.post("dossiers/:dossier/signed", use: addSigned)
    }

    // MARK: - Lists

    private struct InboxShape: Encodable {
        let name: String
        let title: Words
        /// Counted up to 100.
        let count: Int
    }

    func inboxes(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns, .auditor)
        let officer = try await work.acting(context)
        let lists = Inbox.lists(for: officer.allRoles)
        let badges = try await desk.book.badges(
            lists,
            for: officer,
            now: desk.office.now,
            answersSoon: try await desk.answersSoon(at: officer.agency)
        )
        return try json(
            ListShape(
                items: lists.map { InboxShape(name: $0.slug, title: $0.name, count: badges[$0] ?? 0) },
                next: nil
            ),
            context
        )
    }

    func inbox(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns, .auditor)
        guard let inbox = Inbox(slug: try context.parameters.require("inbox")) else { throw Problem.notFound }
        let listing = try await desk.book.list(
            inbox,
            for: try await work.acting(context),
            now: desk.office.now,
            answersSoon: try await desk.answersSoon(at: context.officer.agency),
            after: try cursor(request),
            limit: try limit(request)
        )
        return dossierList(listing.items, next: listing.next?.text, context)
    }

    func search(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .caseOfficer, .leader, .clerk, .returns, .auditor)
        let typed = String((try request.query["q"] ?? "").prefix(100))
        let rows = try await desk.search(typed, agency: context.officer.agency, limit: try limit(request))
        return dossierList(rows, next: nil, context)
    }

    // MARK: - One dossier

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await shape(try await work.desk.details(context), context)
    }

    func clock(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try json(ClockShape(try await desk.counted(try await work.desk.details(context))), context)
    }

    private func shape(_ details: DossierBook.Details, _ context: OfficerContext) async throws -> Response {
        try json(
            DetailsShape(
                details,
                rules: try desk.rules(of: details.filing),
                agencies: try await desk.names(of: details.agencies),
                for: try await work.acting(context),
                now: desk.office.now
            ),
            context
        )
    }

    func perform(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await perform(try work.act(context), request, context)
    }

    private func perform<Act: OfficerAct>(_ act: Act, _ request: Request, _ context: OfficerContext) async throws
        -> Response
    {
        let sent = try await request.json(Sent<Act.Said>.self, context, limit: 256 << 10)
        let details = try await work.desk.details(context)
        try await work.perform(act, sent, on: details, context, once: request.idempotencyKey)
        // Whoever has passed it back sees it no longer.
        guard let after = try await desk.book.details(details.row.id),
            after.dossier.isVisible(to: context.officer.agency)
        else { return Response(status: .noContent) }
        return try await shape(after, context)
    }

    func prepareResult(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await save(PrepareResult(), request, context)
        return try await shape(try await work.desk.details(details.row.id, context), context)
    }

    func addSigned(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let details = try await save(AddSigned(), request, context)
        return try await shape(try await work.desk.details(details.row.id, context), context)
    }

    func passBack(_ request: Request, _ context: OfficerContext) async throws -> Response {
        _ = try await save(PassBack(), request, context)
        return Response(status: .noContent)
    }

    private func save(_ act: some ActWithFiles, _ request: Request, _ context: OfficerContext) async throws
        -> DossierBook.Details
    {
        let details = try await work.desk.details(context)
        if let problem = try await work.save(act, request, on: details, context, once: request.idempotencyKey).problem {
            throw problem
        }
        return details
    }

    // MARK: - Counter

    private struct Visit: Decodable {
        struct Paper: Decodable {
            let component: String
            let originals: Quantity?
            let copies: Quantity?
        }
        /// What was paid at the counter, in đồng, and the number of the receipt.
        struct Fee: Decodable {
            let amount: Amount
            let receipt: String?
            let way: Given<PaymentWay>?
            /// It is right although it differs from what is due.
            let differs: Bool?
        }
        let procedure: String
        let situation: String?
        /// `counter` or `post`; counter when left out.
        let channel: Channel?
        let returnBy: ReturnMethod
        let deliveryAddress: String?
        let answers: JSONTree
        let papers: [Paper]?
        let feePaid: Fee?
    }

    func takeIn(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception)
        let visit = try await request.json(Visit.self, context, limit: largestJSON)
        let rules = try desk.rules(for: visit.procedure, through: .counter)
        var (answers, wrong) = rules.revision.form.answers(in: visit.answers)
        answers = answers.delivered(to: rules.givenAddress(visit.deliveryAddress, &wrong))
        let channel = visit.channel ?? .counter
        let papers = (visit.papers ?? []).map {
            FiledPaper(component: $0.component, originals: $0.originals?.number ?? 0, copies: $0.copies?.number ?? 0)
        }
        var errors = wrong
        if channel == .online {
            errors.append(
                FieldError("channel", "Kênh phải là counter hoặc post.", "The channel must be counter or post.")
            )
        }
        let (submission, judged) = try await desk.judge(
            FilingDesk.Application(
                procedure: visit.procedure,
                situation: visit.situation,
                agency: context.officer.agency.rawValue,
                channel: channel,
                returnBy: visit.returnBy,
                applicant: nil,
                answers: answers,
                papers: papers,
                files: []
            )
        )
        errors += judged
        let paid = visit.feePaid.map {
            PaymentSaid(amount: $0.amount, receipt: $0.receipt, way: $0.way, differs: $0.differs)
        }
        var fee = paid.map { NotedPayment($0, .intake) } ?? NotedPayment()
        fee.ask(Charges(rules, through: channel, answers: answers).doubt(about:))
        errors += fee.errors
        guard var submission, errors.isEmpty else { throw Problem.invalid(errors) }
        submission.feePaid = fee.payment
        let now = desk.office.now
        let receipt = try await desk.book.file(
            submission,
            work.desk.circumstances(context, at: now),
            once: try idempotencyKey(request, scope: "intake/\(context.officer.id.rawValue)", submission.fingerprint),
            acceptedBy: try await work.acting(context),
            due: try await desk.due(rules, at: submission.agency, channel: channel, received: now)
        )
        return try json(
            ReceiptShape(receipt),
            context,
            status: .created,
            headers: [.location: "/api/v1/work/dossiers/\(receipt.dossier.rawValue)"]
        )
    }
}
