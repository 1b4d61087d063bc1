import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// The desk at the door: papers are looked through before anybody queues in vain.
struct TriageRoutes: Sendable {
    let desk: QueueDesk
    let key: ServerKey

    func add(to router: some RouterMethods<OfficerContext>) {
        router.get("work/triage", use: find)
        router.get("work/triage/:code", use: show)
        router.post("work/triage/:code", use: give)
        router.post("work/triage", use: giveWithout)
    }

    /// Everybody who comes for something else than to hand in needs no list of papers.
    func find(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await findPage(FormData(), nil, request, context)
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await checkPage(FormData(), nil, context)
    }

    func give(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            try context.require(.reception, .returns)
            let (procedure, revision) = try procedure(context)
            // A paper of one case only, such as a mandate, is not missed by the others.
            let missing = revision.components.filter {
                $0.required && $0.cases.isEmpty && !form.all("has").contains($0.key)
            }
            let line = LineKey(rawValue: form["line"] ?? "")
            guard missing.isEmpty || form["anyway"] == "yes" || line?.purpose != .reception else {
                throw Problem.invalid([
                    FieldError(
                        "anyway",
                        "Còn thiếu \(missing.count) giấy tờ. Hãy hướng dẫn bổ sung, hoặc đánh dấu để vẫn cấp số.",
                        "\(missing.count) papers are missing. Please explain, or tick to give a ticket all the same."
                    )
                ])
            }
            let papers = TicketRequest.Papers(procedure: procedure.code.rawValue, missing: missing.map(\.key).sorted())
            return try await take(form, papers, context)
        } again: { problem in
            try await checkPage(form, problem, context)
        }
    }

    func giveWithout(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            try context.require(.reception, .returns)
            return try await take(form, nil, context)
        } again: { problem in
            try await findPage(form, problem, request, context)
        }
    }

    private func take(_ form: FormData, _ papers: TicketRequest.Papers?, _ context: OfficerContext) async throws
        -> Response
    {
        let agency = try await desk.ownOffice(context)
        let receipt = try await desk.book.take(
            try TicketForm(form).wish(papers: papers, mayLackHolder: true, isSeenByOfficer: true),
            at: agency.id,
            Circumstances(
                at: desk.office.now,
                actor: .officer(id: context.officer.id),
                channel: .counter,
                request: context.requestID
            ),
            once: TicketForm.key(form, scope: "triage/\(context.officer.id.rawValue)")
        )
        return .redirect(to: "/work/triage?given=\(receipt.number.rawValue)")
    }

    private func procedure(_ context: OfficerContext) throws -> (Procedure, Revision) {
        guard let code = ProcedureCode(rawValue: try context.parameters.require("code")),
            let procedure = desk.catalogue.current[code],
            let revision = procedure.revision(on: desk.office.now.localDate)
        else { throw Problem.notFound }
        return (procedure, revision)
    }

    private func findPage(_ typed: FormData, _ problem: Problem?, _ request: Request, _ context: OfficerContext)
        async throws -> Response
    {
        try context.require(.reception, .returns)
        let query = try request.query
        let words = String((query["q"] ?? "").prefix(100))
        let (agency, board, closed) = try await room(context)
        let given = query.filled("given").map(TicketNumber.init(rawValue:))
        let today = desk.office.now.localDate
        let isGiven =
            if let given { try await desk.book.secret(of: given, at: agency.id, on: today) != nil } else { false }
        return try TriagePage(
            desk: desk,
            agency: agency,
            board: closed == nil ? board : nil,
            closed: closed,
            code: code(agency)
        ).find(
            words,
            procedures: try await found(words, at: agency.id),
            announced: try await desk.announced(closing: agency.id),
            given: isGiven ? given : nil,
            typed: typed,
            problem: problem,
            context
        )
    }

    private func checkPage(_ typed: FormData, _ problem: Problem?, _ context: OfficerContext) async throws -> Response {
        try context.require(.reception, .returns)
        let (procedure, revision) = try procedure(context)
        let (agency, board, closed) = try await room(context)
        return try TriagePage(
            desk: desk,
            agency: agency,
            board: closed == nil ? board : nil,
            closed: closed,
            code: code(agency)
        ).check(
            procedure,
            revision,
            closures: try await closures(of: procedure, revision, at: agency.id),
            typed: typed,
            problem: problem,
            context
        )
    }

    /// What the words find, with the order that closes the counters to it.
    private func found(_ words: String, at office: ID<Agency>) async throws -> [TriagePage.Found] {
        var found: [TriagePage.Found] = []
        for procedure in words.isEmpty ? [] : desk.catalogue.search(words, limit: 12) {
            found.append((procedure, try await desk.closure(of: .counter, procedure, at: office)))
        }
        return found
    }

    private func closures(of procedure: Procedure, _ revision: Revision, at office: ID<Agency>) async throws
        -> [ChannelClosed]
    {
        var closures: [ChannelClosed] = []
        for way in revision.ways {
            if let closed = try await desk.closure(of: way, procedure, at: office) { closures.append(closed) }
        }
        return closures
    }

    private func code(_ agency: AgencyProfile) -> String {
        DoorCode(key: key, office: agency.id).digits(in: DoorCode.Term(at: desk.office.now))
    }

    private func room(_ context: OfficerContext) async throws -> (AgencyProfile, DayBoard?, Problem?) {
        let agency = try await desk.ownOffice(context)
        let board = try await desk.book.boardOrPlan(of: agency.id, at: desk.office.now)
        return (agency, board, try await desk.refusal(board, at: agency.id))
    }
}
