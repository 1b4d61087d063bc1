import Agencies
import Catalogue
import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// Where people book, with an account or without one.
struct AppointmentRoutes: Sendable {
    let desk: AppointmentDesk
    let neighbours: Neighbours

    func add(to router: some RouterMethods<AppContext>) {
        router.get("dat-lich", use: choose)
        router.get("dat-lich/dat", use: askForDetails)
        router.post("dat-lich/dat", use: take)
        router.get("dat-lich/ma/:appointment", use: askForCode)
        router.post("dat-lich/ma/:appointment", use: confirm)
        router.group("lich-hen/:appointment")
            .get(use: show)
            .get("lich.ics", use: calendar)
            .get("doi", use: chooseAnother)
            .post("doi", use: change)
            .post("huy", use: cancel)
            .post("nhan", use: accept)
            .post("den", use: arrive)
    }

    // MARK: - Choosing

    func choose(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = try await query(request.queryFields())
        let say = context.language
        guard let field = query.field else {
            return try await ChoicePage(
                fields: desk.bookableFields(at: query.office?.id),
                office: query.office,
                say: say
            ).show(context)
        }
        let offices = try await desk.offices(for: field.key, query.procedure)
        guard let office = query.office, offices[office.id] != nil else {
            return try await OfficeChoicePage(
                query: query,
                field: field,
                free: desk.times(field.key, query.procedure?.code.rawValue, at: offices),
                quiet: desk.forecasts.next(of: offices.keys, queue: field.key, at: desk.now),
                offices: offices,
                tree: desk.agencies.tree(),
                filing: neighbours.links.dossiers?.filing,
                notices: notices(query, say),
                now: desk.now
            ).show(context)
        }
        let (days, orders) = try await desk.times(field.key, query.procedure?.code.rawValue, at: office.id)
        return TimePage(
            query: query,
            office: office,
            days: days,
            whenToCome: try await desk.whenToCome(field.key, at: office.id, say),
            way: desk.way(try await known(context), context.identity),
            orders: ordersNotice(orders, at: desk.now, desk.matters, try await desk.agencies.tree(), say),
            say: say
        ).show(context)
    }

    func askForDetails(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = try await query(request.queryFields())
        guard query.office != nil, query.field != nil, query.day != nil, query.waits || query.minute != nil else {
            return .redirect(to: query.path())
        }
        return try await details(query, context, typed: FormData(), nil, unless: try await refusal(of: query))
    }

    /// What booking would be refused for, whoever asks; told before anything is filled in. The rules of the command itself
    /// decide again when the form comes.
    private func refusal(of query: BookingQuery) async throws -> Problem? {
        guard let field = query.field, let office = query.office, let day = query.day else { return nil }
        guard try await desk.offices(for: field.key, query.procedure)[office.id] != nil else {
            return AppointmentDay.Refusal.notServed.problem
        }
        if let closed = try await desk.closure(for: query, of: field.key, at: office.id, on: day) {
            return closed.problem
        }
        let free = try await desk.times(field.key, query.procedure?.code.rawValue, at: office.id).days
        guard let open = free.first(where: { $0.date == day }) else { return AppointmentDay.Refusal.noSuchSlot.problem }
        if query.waits { return open.free > 0 ? AppointmentDay.Refusal.notFull.problem : nil }
        guard let slot = open.slots.first(where: { $0.slot.start.minuteOfDay == query.minute }) else {
            return AppointmentDay.Refusal.noSuchSlot.problem
        }
        return slot.freeForPriority > 0 ? nil : AppointmentDay.Refusal.full.problem
    }

    private func details(
        _ query: BookingQuery,
        _ context: AppContext,
        typed: FormData,
        _ problem: Problem?,
        unless refused: Problem? = nil
    ) async throws -> Response {
        let known = try await known(context)
        return DetailsPage(
            query: query,
            known: known,
            way: desk.way(known, context.identity),
            reach: desk.book.reach,
            typed: typed,
            problem: problem,
            refused: refused
        ).show(context)
    }

    /// Keeps the place; whoever is signed in has it at once, everybody else confirms with a code.
    func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        let query = try await query(form)
        let known = try await known(context)
        return try await told {
            let way = desk.way(known, context.identity)
            if case .signIn = way { throw AppointmentBook.Refusal.nobodyReached }
            var wish = try DetailsForm(form: form, known: known, language: context.language).wish(query)
            // Programs have no cookie and so no token: each of their wishes is one of its own.
            wish.browser = context.csrf.isEmpty ? nil : entityTag(of: context.csrf.utf8)
            guard try await desk.offices(for: wish.field, query.procedure)[wish.office] != nil else {
                throw AppointmentDay.Refusal.notServed
            }
            try desk.admit(context.visit.address, phone: wish.phone)
            if case .account = way {
                let id = try await desk.book.book(wish, circumstances(context))
                return try await opened(id, request, context)
            }
            let id = try await desk.book.ask(wish, circumstances(context))
            return .redirect(to: "/dat-lich/ma/\(id.rawValue)")
        } again: { problem in
            try await details(query, context, typed: form, problem)
        }
    }

    // MARK: - Confirming

    func askForCode(_ request: Request, _ context: AppContext) async throws -> Response {
        let appointment = try await appointment(context)
        guard appointment.code != nil else { throw AppointmentDay.Refusal.holdHasLapsed }
        return try await codePage(appointment, context, nil)
    }

    private func codePage(_ appointment: Appointment, _ context: AppContext, _ problem: Problem?) async throws
        -> Response
    {
        let path = "/dat-lich/ma/\(appointment.id.rawValue)"
        let news = CodeNews(
            code: appointment.code ?? "",
            reach: desk.book.reach,
            state: try await desk.book.codeDelivery(of: appointment.id)?.state,
            path: path
        )
        return CodePage(appointment: appointment, path: path, news: news, problem: problem).show(context)
    }

    func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        let appointment = try await appointment(context)
        return try await told {
            // Whose place an order has taken meanwhile is told that, and not that they were slow.
            let days = try await desk.book.openings.days(of: appointment.office)
            if let closed = try await desk.closure(for: appointment, in: days) { throw closed }
            // A code is six digits, however they are grouped; an appointment that is confirmed shows no secret again.
            guard appointment.code != nil else { throw AppointmentDay.Refusal.holdHasLapsed }
            let code = (form.filled("code") ?? "").filter(\.isNumber)
            try await desk.book.confirm(appointment.id, code: code, circumstances(context))
            return try await opened(appointment.id, request, context)
        } again: { problem in
            try await codePage(appointment, context, problem)
        }
    }

    /// The browser that has booked is the one that may change it.
    private func opened(_ id: ID<Appointment>, _ request: Request, _ context: AppContext) async throws -> Response {
        guard let appointment = try await desk.book.appointment(id) else { throw Problem.notFound }
        var response = Response.redirect(to: "\(appointment.path)?dat=1")
        response.setCookie(appointment.held(request, context, at: desk.now).cookie(context))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    // MARK: - One appointment

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.parameters.require("appointment")
        guard HeldSecrets(.appointments, in: request, context, at: desk.now).secret(of: id) != nil else {
            return LockedPage(appointment: id).show(FormData(), nil, context)
        }
        let isNew = request.uri.queryParameters["dat"] != nil
        return try await page(try await mine(request, context), context, isNew: isNew, nil)
    }

    private func page(_ appointment: Appointment, _ context: AppContext, isNew: Bool = false, _ problem: Problem?)
        async throws -> Response
    {
        let tree = try await desk.agencies.tree()
        guard let office = tree[appointment.office] else { throw Problem.notFound }
        let days = try await desk.book.openings.days(of: office.id)
        let model = days.office
        let visit = appointment.start.map(Instant.init) ?? desk.now
        // What holds when they come, told as what it is today: in force, or to begin.
        let orders = days.ordered.orders.holding(at: visit)
        return AppointmentPage(
            appointment: appointment,
            office: office,
            field: desk.catalogue.current.fields[appointment.field]?.name,
            procedure: procedure(of: appointment),
            orders: ordersNotice(
                orders,
                at: desk.now,
                announcing: max(BindingOrders.announced, visit - desk.now),
                desk.matters,
                tree,
                context.language
            ),
            asksHealth: orders.inForce(at: visit).asksHealth,
            isOpen: days.on(appointment.day).isOpen,
            order: try await desk.closure(for: appointment, in: days),
            length: model.rules.slot,
            link: "\(desk.book.site)\(appointment.link)",
            filing: try await desk.closure(of: .online, for: appointment, on: desk.now) == nil
                ? neighbours.links.dossiers?.filing : nil,
            reach: desk.book.reach,
            delivery: try await desk.book.deliveries(of: [appointment])[appointment.id],
            now: desk.now,
            isNew: isNew,
            problem: problem
        ).show(context)
    }

    func calendar(_ request: Request, _ context: AppContext) async throws -> Response {
        let appointment = try await mine(request, context)
        guard let start = appointment.timeInCalendars, let office = try await desk.agencies.tree()[appointment.office]
        else {
            throw Problem.notFound
        }
        let model = try await desk.offices.model(of: office.id)
        let field = desk.catalogue.current.fields[appointment.field]?.name.vi ?? appointment.field
        let file = CalendarFile(
            appointment: appointment,
            start: start,
            length: model.rules.slot,
            office: office,
            title: "Lịch hẹn: \(field)",
            link: "\(desk.book.site)\(appointment.link)",
            home: "\(desk.book.site)\(AgencyLinks.page(of: office.id))",
            made: desk.now
        )
        let bytes = Array(file.text.utf8)
        return download(
            "lich-hen.ics",
            type: "text/calendar; charset=utf-8",
            size: bytes.count,
            context,
            body: .init(byteBuffer: .init(bytes: bytes))
        )
    }

    func chooseAnother(_ request: Request, _ context: AppContext) async throws -> Response {
        let appointment = try await mine(request, context)
        return try await another(appointment, request.queryFields(), context, nil)
    }

    private func another(_ appointment: Appointment, _ typed: FormData, _ context: AppContext, _ problem: Problem?)
        async throws -> Response
    {
        let tree = try await desk.agencies.tree()
        let offices = try await desk.offices(for: appointment.field, procedure(of: appointment))
        let chosen = typed.filled("co-quan").map { ID<Agency>(rawValue: $0) } ?? appointment.office
        return AnotherTimePage(
            appointment: appointment,
            chosen: tree[chosen],
            offices: offices.keys.compactMap { tree[$0] }.sorted { $0.name.vi.folded < $1.name.vi.folded },
            days: try await desk.times(appointment.field, appointment.procedure, at: chosen).days,
            problem: problem
        ).show(context)
    }

    /// What others have to say of a procedure before anybody books for it, such as that a way is closed.
    private func notices(_ query: BookingQuery, _ say: Language) async throws -> [HTML] {
        guard let procedure = query.procedure else { return [] }
        return try await neighbours.panels(about: procedure, say)
    }

    private func procedure(of appointment: Appointment) -> Procedure? {
        appointment.procedure.flatMap(ProcedureCode.init(rawValue:)).flatMap { desk.catalogue.current[$0] }
    }

    func change(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        let appointment = try await mine(request, context)
        return try await told {
            // The button says day and time in one: `2026-11-23T08:30`.
            guard let time = form.filled("gio").flatMap(LocalMinute.init(rawValue:)) else {
                throw AppointmentDay.Refusal.noSuchSlot
            }
            let office = form.filled("co-quan").map { ID<Agency>(rawValue: $0) } ?? appointment.office
            guard try await desk.offices(for: appointment.field, procedure(of: appointment))[office] != nil else {
                throw AppointmentDay.Refusal.notServed
            }
            try await desk.book.reschedule(
                appointment,
                to: office,
                time.date,
                minute: time.minuteOfDay,
                circumstances(context)
            )
            return try await opened(appointment.id, request, context)
        } again: { problem in
            try await another(appointment, form, context, problem)
        }
    }

    func cancel(_ request: Request, _ context: AppContext) async throws -> Response {
        try await act(request, context) { try await desk.book.cancel($0, circumstances(context)) }
    }

    func accept(_ request: Request, _ context: AppContext) async throws -> Response {
        try await act(request, context) { try await desk.book.accept($0, circumstances(context)) }
    }

    /// Whoever has booked and is there takes a ticket, which is called at the time of the appointment.
    func arrive(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        let appointment = try await mine(request, context)
        return try await told {
            let receipt = try await desk.tickets.take(
                appointment,
                acknowledgesHealth: form["health"] == "yes",
                circumstances(context)
            )
            let held = HeldSecrets(.tickets, in: request, context, at: desk.now)
                .adding(TicketLink.id(receipt.secret), receipt.secret, until: desk.now.localDate)
            var response = Response.redirect(to: TicketLink.page(receipt.secret))
            response.setCookie(held.cookie(context))
            response.headers[.cacheControl] = "no-store"
            return response
        } again: { problem in
            try await page(appointment, context, problem)
        }
    }

    private func act(_ request: Request, _ context: AppContext, _ body: (Appointment) async throws -> Void) async throws
        -> Response
    {
        let appointment = try await mine(request, context)
        return try await told {
            try await body(appointment)
            return .redirect(to: appointment.path)
        } again: { problem in
            try await page(try await mine(request, context), context, problem)
        }
    }

    // MARK: - What the routes share

    private func query(_ form: FormData) async throws -> BookingQuery {
        BookingQuery(form, desk.catalogue.current, try await desk.agencies.tree())
    }

    private func known(_ context: AppContext) async throws -> KnownVisitor? {
        guard case .citizen(let citizen) = context.identity else { return nil }
        return KnownVisitor(try await neighbours.directory.citizen(citizen.id))
    }

    private func appointment(_ context: AppContext) async throws -> Appointment {
        let id = ID<Appointment>(rawValue: try context.parameters.require("appointment"))
        guard let appointment = try await desk.book.appointment(id) else { throw Problem.notFound }
        return appointment
    }

    /// The browser that has booked, or opened the link, may see and change the appointment; before it is confirmed
    /// nobody may.
    private func mine(_ request: Request, _ context: AppContext) async throws -> Appointment {
        let appointment = try await appointment(context)
        let held = HeldSecrets(.appointments, in: request, context, at: desk.now)
        guard appointment.secret == held.secret(of: appointment.id.rawValue), appointment.code == nil else {
            throw Problem.notFound
        }
        return appointment
    }

    private func circumstances(_ context: AppContext) -> Circumstances {
        let actor: Actor =
            switch context.identity {
            case .citizen(let citizen): .citizen(id: citizen.id)
            case .officer(let officer): .officer(id: officer.id)
            case nil: .visitor
            }
        return Circumstances(at: desk.now, actor: actor, request: context.requestID)
    }
}
