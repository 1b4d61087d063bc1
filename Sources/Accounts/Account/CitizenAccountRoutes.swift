import Hummingbird
import Kernel
import Markup
import Web

/// A citizen's own account.
struct CitizenAccountRoutes: Sendable {
    let citizens: CitizenBook
    let sessions: Sessions
    let check: PasswordCheck

    static let path = "/tai-khoan"

    func add(to router: some RouterMethods<CitizenContext>) {
        router.group("tai-khoan")
            .get(use: show)
            .post("contact", use: changeContact)
            .post("password", use: changePassword)
            .post("sessions", use: signOutOthers)
        // The menu above every page calls it by its English name.
        router.get("account") { _, _ in Response.redirect(to: Self.path) }
    }

    func show(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await page(request, context, done: try request.query["done"])
    }

    func changeContact(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            var faults: [FieldError] = []
            let contact = Contact(name: form["name"], phone: form["phone"], email: form["email"], faults: &faults)
            guard let contact else { throw Problem.invalid(faults) }
            let proof = try await prove(form, request, context)
            try await citizens.change(context.citizen.id, to: contact, proof)
            return .redirect(to: "\(Self.path)?done=contact")
        } again: { problem in
            try await page(request, context, contact: Form(context, typed: form, errors: problem.errors), problem)
        }
    }

    func changePassword(_ request: Request, _ context: CitizenContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            guard let account = try await citizens.account(context.citizen.id) else { throw Problem.notFound }
            var faults: [FieldError] = []
            let password = Password(
                chosen: form["password"],
                again: form["again"] ?? "",
                logins: account.logins,
                leaked: check.leaked,
                faults: &faults
            )
            guard let password, faults.isEmpty else { throw Problem.invalid(faults) }
            let proof = try await prove(form, request, context)
            try await citizens.change(
                context.citizen.id,
                to: password,
                keeping: SessionCookie.token(in: request, context),
                proof
            )
            return .redirect(to: "\(Self.path)?done=password")
        } again: { problem in
            try await page(request, context, password: Form(context, typed: form, errors: problem.errors), problem)
        }
    }

    func signOutOthers(_ request: Request, _ context: CitizenContext) async throws -> Response {
        try await sessions.closeOthers(
            of: context.citizen.id.rawValue,
            keeping: SessionCookie.token(in: request, context)
        )
        return .redirect(to: "\(Self.path)?done=sessions")
    }

    private func prove(_ form: FormData, _ request: Request, _ context: CitizenContext) async throws -> PasswordProof {
        // Both forms of the page ask for the password, each under a name of its own.
        try await check.prove(
            form["proof"] ?? form["current"],
            .citizen,
            id: context.citizen.id.rawValue,
            Visitor(request, context)
        )
    }

    private func page(
        _ request: Request,
        _ context: CitizenContext,
        contact: Form? = nil,
        password: Form? = nil,
        _ problem: Problem? = nil,
        done: String? = nil
    ) async throws -> Response {
        guard let account = try await citizens.account(context.citizen.id) else { throw Problem.notFound }
        let open = try await sessions.open(of: account.id.rawValue, current: SessionCookie.token(in: request, context))
        let say = context.language
        let contact = contact ?? Form(context)
        return Web.page(say("Tài khoản của bạn", "Your account"), context) {
            """
            \(doneNotice(done, say))\(errorSummary(problem?.errors ?? [], say))\(problem.flatMap { refusal($0, say) })
            \(panel(say("Thông tin liên hệ", "Your details"), id: "contact") {
                contact.post(to: "\(Self.path)/contact", label: say("Thông tin liên hệ", "Your details")) {
                    """
                    \(contactFields(contact, say, now: account))
                    \(contact.field("proof", say("Mật khẩu hiện tại, để xác nhận", "Current password, to confirm"), .password, maxLength: 1000))
                    \(actions(button(say("Lưu", "Save"), .plain)))
                    """
                }
            })
            \(passwordPanel(password ?? Form(context), say, action: "\(Self.path)/password"))
            \(sessionsPanel(open, Form(context), say, action: "\(Self.path)/sessions"))
            """
        }
    }
}
