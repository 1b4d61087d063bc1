import Agencies
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// The door: tickets are taken on the machine in the hall or on a phone, and followed on their own page.
struct TicketRoutes: Sendable {
    let desk: QueueDesk
    /// Tickets per address: a whole hall may come from one.
    let tries: RateLimiter
    var forecasts: OfficeForecasts?

    func add(to router: some RouterMethods<AppContext>) {
        router.get("quay/:office", use: door)
        router.post("quay/:office", use: take)
        router.get("phieu/:secret", use: show)
        router.post("phieu/:secret", use: act)
    }

    // MARK: - Taking one

    func door(_ request: Request, _ context: AppContext) async throws -> Response {
        try await doorPage(FormData(), nil, isMachine: request.uri.queryParameters["may"] != nil, context)
    }

    func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        let isMachine = form["may"] == "1"
        return try await told {
            try tries.admit(context.visit.address)
            let agency = try await desk.agency(context)
            let wish = try TicketForm(form).wish()
            let receipt = try await desk.book.take(
                wish,
                at: agency.id,
                Circumstances(at: desk.office.now, actor: .visitor, channel: .counter, request: context.requestID),
                once: TicketForm.key(form, scope: "quay/\(agency.id.rawValue)")
            )
            return .redirect(to: "/phieu/\(receipt.secret)\(isMachine ? "?may" : "")")
        } again: { problem in
            try await doorPage(form, problem, isMachine: isMachine, context)
        }
    }

    private func doorPage(_ typed: FormData, _ problem: Problem?, isMachine: Bool, _ context: AppContext) async throws
        -> Response
    {
        let agency = try await desk.agency(context)
        let now = desk.office.now
        let board = try await desk.book.boardOrPlan(of: agency.id, at: now)
        return try DoorPage(
            desk: desk,
            agency: agency,
            board: board,
            closing: board == nil ? try await desk.book.closing(agency.id, now) : nil,
            now: now,
            isMachine: isMachine,
            quiet: isMachine ? nil : try await forecasts?.next(of: [agency.id], at: now)[agency.id]
        ).show(typed, problem, context)
    }

    // MARK: - Holding one

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        try await ticketPage(nil, isMachine: request.uri.queryParameters["may"] != nil, context)
    }

    func act(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            let holding = try await holding(context)
            let now = desk.office.now
            // A ticket of yesterday moves nobody today.
            guard holding.day == now.localDate else { throw OfficeDay.Refusal.dayIsOver }
            let number = holding.ticket.number
            let command: OfficeDay.Command
            switch form["act"] {
            case "back": command = .comeBack(number, at: now)
            case "leave": command = .giveUp(number, at: now)
            case "elsewhere":
                guard let back = TicketPage.back(holding, now) else { throw OfficeDay.Refusal.timeHasPassed }
                command = .waitElsewhere(number, until: back, at: now)
            default: throw Problem.notFound
            }
            let circumstances = Circumstances(at: now, actor: .visitor, request: context.requestID)
            try await desk.book.perform([command], at: holding.office, circumstances)
            return .redirect(to: context.path)
        } again: { problem in
            try await ticketPage(problem, isMachine: false, context)
        }
    }

    private func holding(_ context: AppContext) async throws -> TicketBook.Holding {
        guard let holding = try await desk.book.ticket(try context.parameters.require("secret")) else {
            throw Problem.notFound
        }
        return holding
    }

    private func ticketPage(_ problem: Problem?, isMachine: Bool, _ context: AppContext) async throws -> Response {
        let holding = try await holding(context)
        guard let agency = try await desk.agencies.tree()[holding.office] else { throw Problem.notFound }
        return try TicketPage(
            desk: desk,
            agency: agency,
            holding: holding,
            secret: try context.parameters.require("secret"),
            now: desk.office.now,
            isMachine: isMachine
        ).show(problem, context)
    }
}

/// What is typed at the door.
struct TicketForm {
    private let form: FormData

    init(_ form: FormData) { self.form = form }

    func wish(papers: TicketRequest.Papers? = nil, mayLackHolder: Bool = false) throws(Problem) -> TicketBook.Wish {
        var errors: [FieldError] = []
        let line = LineKey(rawValue: form["line"] ?? "")
        if line == nil {
            errors.append(FieldError("line", "Hãy chọn việc bạn cần làm.", "Please choose what you come for."))
        }
        let holder = holder(mayLackHolder)
        if holder == nil {
            errors.append(
                FieldError(
                    "holder",
                    "Hãy nhập số điện thoại di động (10 số) hoặc số định danh cá nhân (12 số).",
                    "Please enter a mobile number (10 digits) or an identity number (12 digits)."
                )
            )
        }
        let priority = form.filled("priority").flatMap(PriorityReason.init)
        if form.filled("priority") != nil, priority == nil {
            errors.append(
                FieldError("priority", "Hãy chọn diện ưu tiên trong danh sách.", "Please choose one of the list.")
            )
        }
        guard let line, let holder, errors.isEmpty else { throw .invalid(errors) }
        return TicketBook.Wish(
            line,
            holder: holder,
            phone: form.filled("holder").flatMap(PhoneNumber.init(rawValue:)),
            priority: priority,
            acknowledgesHealth: form["health"] == "yes",
            papers: papers
        )
    }

    /// The same person is the same text, however the number was typed. At the desk somebody may have neither: then
    /// the form's own key stands for them.
    private func holder(_ mayBeLacking: Bool) -> String? {
        guard let typed = form.filled("holder") else {
            return mayBeLacking ? form.filled("key").map { "none \($0)" } : nil
        }
        return PhoneNumber(rawValue: typed).map { "phone \($0.rawValue)" }
            ?? NationalNumber(rawValue: typed).map { "person \($0.rawValue)" }
    }

    /// A form sent twice is one wish.
    static func key(_ form: FormData, scope: String) -> IdempotencyKey? {
        guard let key = form.filled("key"), (8...64).contains(key.utf8.count) else { return nil }
        let content = form.pairs.filter { $0.name != "pressed" }.map { "\($0.name)=\($0.value)" }.joined(
            separator: "\n"
        )
        // What was typed is part of the key: a mended form is another wish.
        return IdempotencyKey(scope: scope, key: "\(key) \(entityTag(of: content.utf8))", digest: "")
    }

    static func freshKey() -> String { hex(randomBytes(12)) }
}
