import Hummingbird
import Kernel
import Markup
import Persistence
import Web

/// An officer's own account: the agency they act for, their password, where they are signed in.
struct StaffAccountRoutes: Sendable {
    let staff: StaffBook
    let sessions: Sessions
    let check: PasswordCheck
    let office: Office

    func add(to router: some RouterMethods<OfficerContext>) {
        router.group("account")
            .get(use: show)
            .post("agency", use: changeAgency)
            .post("password", use: changePassword)
            .post("sessions", use: signOutOthers)
    }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await page(request, context, done: try request.query["done"])
    }

    func changeAgency(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        guard let token = SessionCookie.token(in: request) else { throw Problem.notFound }
        try await sessions.move(token, of: context.officer.id, to: ID(rawValue: form["agency"] ?? ""))
        return .redirect(to: "/work/account?done=agency")
    }

    func changePassword(_ request: Request, _ context: OfficerContext) async throws -> Response {
        let form = try await request.form(context)
        let officer = context.officer.id
        return try await told {
            var faults: [FieldError] = []
            let password = Password(
                chosen: form["password"],
                again: form["again"] ?? "",
                logins: try await staff.names(of: officer),
                faults: &faults
            )
            guard let password, faults.isEmpty else { throw Problem.invalid(faults) }
            let visitor = Visitor(request, context)
            let proof = try await check.prove(form["current"], .staff, id: officer.rawValue, visitor)
            try await staff.change(
                officer,
                to: password,
                keeping: SessionCookie.token(in: request),
                proof,
                Circumstances(at: office.now, actor: .officer(id: officer), request: context.requestID)
            )
            return .redirect(to: "/work/account?done=password")
        } again: { problem in
            try await page(request, context, password: Form(context, typed: form, errors: problem.errors), problem)
        }
    }

    func signOutOthers(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try await sessions.closeOthers(of: context.officer.id.rawValue, keeping: SessionCookie.token(in: request))
        return .redirect(to: "/work/account?done=sessions")
    }

    private func page(
        _ request: Request,
        _ context: OfficerContext,
        password: Form? = nil,
        _ problem: Problem? = nil,
        done: String? = nil
    ) async throws -> Response {
        let officer = context.officer
        let open = try await sessions.open(of: officer.id.rawValue, current: SessionCookie.token(in: request))
        let names = try await staff.names(of: officer.id)
        var agencies: [Choice] = []
        for agency in try await staff.agencies(of: officer.id) {
            agencies.append(Choice(agency.rawValue, try await sessions.agencyName(agency)))
        }
        let say = context.language
        return Web.page(say("Tài khoản của bạn", "Your account"), context) {
            """
            \(doneNotice(done, say))\(errorSummary(problem?.errors ?? [], say))\(problem.flatMap { refusal($0, say) })
            \(panel(officer.name) {
                """
                \(definitionList([
                    (say("Tên đăng nhập", "User name"), .text(names.first ?? "")),
                    (say("Cơ quan", "Agency"), .text(officer.agencyName)),
                    (say("Vai trò", "Roles"), .text(officer.roles.ordered.map { say($0.words) }.joined(separator: ", "))),
                ]))
                \(agencies.count > 1 ? agencySwitch(agencies, officer, Form(context), say) : nil)
                """
            })
            \(passwordPanel(password ?? Form(context), say, action: "/work/account/password"))
            \(sessionsPanel(open, Form(context), say, action: "/work/account/sessions"))
            """
        }
    }

    private func agencySwitch(_ agencies: [Choice], _ officer: OfficerIdentity, _ form: Form, _ say: Language) -> HTML {
        form.post(to: "/work/account/agency", label: say("Chuyển cơ quan", "Change agency")) {
            """
            \(form.radios("agency", say("Làm việc cho", "Act for"), agencies, value: officer.agency.rawValue))
            \(actions(button(say("Chuyển", "Change"), .plain)))
            """
        }
    }
}
