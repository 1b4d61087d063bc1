import Agencies
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// The door: tickets are taken on the machine in the hall or on a phone, and followed on their own page.
struct TicketRoutes: Sendable {
    let door: TicketDoor

    private var desk: QueueDesk { door.desk }

    func add(to router: some RouterMethods<AppContext>) {
        router.get("quay/:office", use: show)
        router.post("quay/:office", use: take)
        router.get("phieu/:ticket", use: showTicket)
        router.post("phieu/:ticket", use: act)
    }

    // MARK: - Taking one

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let agency = try await desk.agency(context)
        let device =
            request.uri.queryParameters["may"] == nil
            ? nil : try await door.device(at: agency.id, request, context)
        if let device, device.revoked != nil { return revokedDevicePage(agency, device, context) }
        let isMachine = device?.isKnown(at: desk.office.now) ?? false
        return try await doorPage(agency, FormData(), nil, isMachine: isMachine, context)
    }

    func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        let agency = try await desk.agency(context)
        let device = form["may"] == "1" ? try await door.device(at: agency.id, request, context) : nil
        if let device, device.revoked != nil { return revokedDevicePage(agency, device, context) }
        let isMachine = device?.isKnown(at: desk.office.now) ?? false
        return try await told {
            if isMachine { return try await takeOnMachine(form, agency.id, request, context) }
            // A number that somebody types proves nothing: it stands for them within their browser, and keeps nobody
            // else from a ticket, nor tells anybody that there is one.
            let wish = try TicketForm(form).wish(of: "browser \(context.csrf)", in: context.language)
            if form["act"] == "message" { return try await send(wish, agency.id, request, context) }
            try door.presence.requireCode(form, at: agency.id, context.visit.address)
            try await door.requireFew(request, context)
            try door.presence.admit(browser: context.csrf, context.visit.address)
            return door.opened(
                try await give(wish, form, agency.id, context),
                isMachine: false,
                request,
                context
            )
        } again: { problem in
            try await doorPage(agency, form, problem, isMachine: isMachine, context)
        }
    }

    /// Everybody in the hall shares the machine's browser, so that there every ticket is somebody else's.
    private func takeOnMachine(_ form: FormData, _ office: ID<Agency>, _ request: Request, _ context: AppContext)
        async throws -> Response
    {
        let wish = try TicketForm(form).wish(of: "machine \(TicketForm.freshKey())", in: context.language)
        try door.presence.admit(machineAt: office)
        return door.opened(try await give(wish, form, office, context), isMachine: true, request, context)
    }

    private func give(_ wish: TicketBook.Wish, _ form: FormData, _ office: ID<Agency>, _ context: AppContext)
        async throws -> TicketBook.Receipt
    {
        try await desk.book.take(
            wish,
            at: office,
            Circumstances(at: desk.office.now, actor: .visitor, channel: .counter, request: context.requestID),
            once: TicketForm.key(form, scope: "quay/\(office.rawValue)")
        )
    }

    /// From afar: the telephone is proven first.
    private func send(_ wish: TicketBook.Wish, _ office: ID<Agency>, _ request: Request, _ context: AppContext)
        async throws -> Response
    {
        guard desk.book.reach.canProve else { throw PhoneProof.Refusal.nobodyReached }
        guard let phone = wish.phone else {
            throw Problem.invalid([
                FieldError(
                    "holder",
                    "Để nhận mã qua tin nhắn, hãy nhập số điện thoại di động.",
                    "To get a code by message, please enter a mobile number."
                )
            ])
        }
        // Nobody is sent a code that opens nothing.
        if let board = try await desk.book.boardOrPlan(of: office, at: desk.office.now) {
            guard !board.summary.isOver(at: desk.office.now) else { throw OfficeDay.Refusal.dayIsOver }
        } else {
            throw try await desk.book.closing(office, desk.office.now)
        }
        try await door.requireFew(request, context)
        try door.presence.admit(messageTo: phone, from: context.visit.address)
        let circumstances = Circumstances(at: desk.office.now, actor: .visitor, request: context.requestID)
        let id = try await desk.book.ask(wish, provenBy: phone, at: office, circumstances)
        return .redirect(to: "/quay/\(office.rawValue)/ma/\(id.rawValue)")
    }

    private func doorPage(
        _ agency: AgencyProfile,
        _ typed: FormData,
        _ problem: Problem?,
        isMachine: Bool,
        _ context: AppContext
    ) async throws -> Response {
        let now = desk.office.now
        // An order closes the door also of a day that has begun.
        let isClosed = try await desk.order(closing: agency.id) != nil
        let board = isClosed ? nil : try await desk.book.boardOrPlan(of: agency.id, at: now)
        return try DoorPage(
            desk: desk,
            agency: agency,
            board: board,
            closing: board == nil ? try await desk.book.closing(agency.id, now) : nil,
            closedLines: try await desk.closedLines(board, at: agency.id),
            announced: try await desk.announced(closing: agency.id),
            now: now,
            code: isMachine ? door.presence.code(of: agency.id) : nil,
            quiet: isMachine ? nil : try await door.forecasts?.next(of: [agency.id], at: now)[agency.id]
        ).show(typed, problem, context)
    }

    // MARK: - Holding one

    func showTicket(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.parameters.require("ticket")
        guard held(id, request, context) == nil else {
            let isMachine = request.uri.queryParameters["may"] != nil
            return try await ticketPage(nil, reader: isMachine ? .machine : .holder, request, context)
        }
        // The address of messages that were sent before today's links.
        if try await desk.book.day(ofTicket: id) != nil { return .redirect(to: TicketLink.path(id)) }
        return LockedPage(appointment: nil).show(FormData(), nil, context)
    }

    func act(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            let holding = try await holding(request, context).holding
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
            try await ticketPage(problem, reader: .holder, request, context)
        }
    }

    private func held(_ id: String, _ request: Request, _ context: AppContext) -> String? {
        HeldSecrets(.tickets, in: request, context, at: desk.office.now).secret(of: id)
    }

    private func holding(_ request: Request, _ context: AppContext) async throws
        -> (holding: TicketBook.Holding, secret: String)
    {
        guard let secret = held(try context.parameters.require("ticket"), request, context),
            let holding = try await desk.book.ticket(secret)
        else { throw Problem.notFound }
        return (holding, secret)
    }

    private func ticketPage(
        _ problem: Problem?,
        reader: TicketPage.Reader,
        _ request: Request,
        _ context: AppContext
    ) async throws -> Response {
        let (holding, secret) = try await holding(request, context)
        guard let agency = try await desk.agencies.tree()[holding.office] else { throw Problem.notFound }
        return try TicketPage(
            desk: desk,
            agency: agency,
            holding: holding,
            secret: secret,
            now: desk.office.now,
            reader: reader,
            order: try await desk.order(closing: agency.id)
        ).show(problem, context)
    }
}
