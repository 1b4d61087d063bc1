import Hummingbird
import Kernel
import Markup
import Web

/// The one address that carries secrets, `/v`: they are exchanged for a cookie, and the browser goes on to an address
/// that tells nothing. Proxies have to mask a single line.
struct OpenLinkRoutes: Sendable {
    let tickets: TicketBook
    let appointments: AppointmentBook
    let office: Office

    static let path = "/v"

    func add(to router: some RouterMethods<AppContext>) {
        router.get("v", use: open)
        router.post("v", use: openTyped)
        // Links of messages that were sent before.
        router.get("lich-hen/:appointment/:secret", use: openFormer)
    }

    func open(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = request.queryFields()
        let parts = query.filled("h")?.split(separator: ".").map(String.init) ?? []
        let response =
            if let secret = query.filled("p") {
                try await ticket(secret, request, context)
            } else if parts.count == 2 {
                try await appointment(parts[0], parts[1], request, context)
            } else {
                nil as Response?
            }
        guard let response else { throw Problem.notFound }
        return response
    }

    /// Whoever types the secret from the slip instead.
    func openTyped(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        let typed = (form.filled("secret") ?? "").lowercased().filter { !$0.isWhitespace && $0 != "-" }
        let response =
            if let id = form.filled("appointment") {
                try await appointment(id, typed, request, context)
            } else {
                try await ticket(typed, request, context)
            }
        if let response { return response }
        let error = FieldError(
            "secret",
            "Mã này không mở được gì. Hãy xem lại mã.",
            "This opens nothing. Please look again."
        )
        return LockedPage(appointment: form.filled("appointment")).show(form, .invalid([error]), context)
    }

    func openFormer(_ request: Request, _ context: AppContext) async throws -> Response {
        let id = try context.parameters.require("appointment")
        let secret = try context.parameters.require("secret")
        guard let response = try await appointment(id, secret, request, context) else { throw Problem.notFound }
        return response
    }

    private func ticket(_ secret: String, _ request: Request, _ context: AppContext) async throws -> Response? {
        guard let day = try await tickets.day(ofTicket: secret) else { return nil }
        let held = HeldSecrets(.tickets, in: request, context, at: office.now)
            .adding(TicketLink.id(secret), secret, until: max(day, office.now.localDate))
        return go(to: TicketLink.page(secret), held, context)
    }

    private func appointment(_ id: String, _ secret: String, _ request: Request, _ context: AppContext) async throws
        -> Response?
    {
        guard let appointment = try await appointments.appointment(ID(rawValue: id)), appointment.secret == secret,
            appointment.code == nil
        else { return nil }
        return go(to: appointment.path, appointment.held(request, context, at: office.now), context)
    }

    private func go(to path: String, _ held: HeldSecrets, _ context: AppContext) -> Response {
        var response = Response.redirect(to: path)
        response.setCookie(held.cookie(context))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension Appointment {
    /// The browser's appointments and this one.
    func held(_ request: Request, _ context: some AudienceContext, at now: Instant) -> HeldSecrets {
        HeldSecrets(.appointments, in: request, context, at: now)
            .adding(id.rawValue, secret, until: max(day, now.localDate))
    }
}

/// Asks a browser that has no cookie for the secret. The same for whatever stands in the address, so that it does not
/// tell what exists.
struct LockedPage {
    /// Of an appointment; nil for a ticket.
    let appointment: String?

    func show(_ typed: FormData, _ problem: Problem?, _ context: AppContext) -> Response {
        let say = context.language
        let form = Form(context, typed: typed, errors: problem?.errors ?? [])
        let title =
            appointment == nil ? say("Mở phiếu", "Open a ticket") : say("Mở lịch hẹn", "Open an appointment")
        var response = page(title, context, status: problem?.status ?? .forbidden) {
            """
            \(form.summary)
            <p>\(say(
                "Trình duyệt này chưa mở nội dung này. Hãy mở đường dẫn trong tin nhắn, quét mã QR đã nhận, hoặc nhập mã in cạnh mã QR.",
                "This browser has not opened it yet. Please open the link in your message, scan your QR code, or type the code printed beside it."
            ))</p>
            \(form.post(to: OpenLinkRoutes.path) {
                """
                \(appointment.map { form.hidden("appointment", $0) })
                \(form.field("secret", say("Mã mở", "Code"), .code, maxLength: 40, autocomplete: "off"))
                \(actions(button(say("Mở", "Open"))))
                """
            })
            """
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
