import Hummingbird
import Kernel
import Persistence
import Web

/// Where officers sign in and out, and replace a one-time password before they may do anything else.
struct StaffDoor: Sendable {
    let signIn: SignIn
    let staff: StaffBook
    let sessions: Sessions
    let office: Office

    func add(to router: some RouterMethods<AppContext>) {
        router.get("work/sign-in", use: show).post("work/sign-in", use: enter)
        router.get("work/new-password", use: showNewPassword).post("work/new-password", use: choose)
        router.post("work/sign-out", use: leave)
    }

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = try request.query
        if case .officer = context.identity { return .redirect(to: LocalPath.next(in: query, otherwise: "/work")) }
        return signInPage(.staff, context, typed: query)
    }

    func enter(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            let (login, password) = try Credentials.read(form, .staff)
            let session = try await signIn.officer(userName: login, password, Visitor(request, context))
            // Whoever is asked to serve elsewhere is asked before anything else.
            let isAsked = try await staff.hasOffers(userName: login)
            let next = LocalPath.next(in: form, otherwise: isAsked ? "/work/account" : "/work")
            return try await SessionCookie.welcome(session, to: next, sessions, request, context)
        } again: { problem in
            // The one-time password was right: what remains is to replace it.
            problem == SignInRefusal.newPasswordNeeded.problem
                ? newPasswordPage(context, typed: form)
                : signInPage(.staff, context, typed: form, problem)
        }
    }

    func showNewPassword(_ request: Request, _ context: AppContext) async throws -> Response {
        newPasswordPage(context, typed: FormData())
    }

    func choose(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            guard let login = form.filled("login"), let current = Password(form["current"] ?? "") else {
                throw SignInRefusal.wrong
            }
            let proof = try await signIn.officerProof(userName: login, current, Visitor(request, context))
            let officer = ID<Officer>(rawValue: proof.account.id)
            var faults: [FieldError] = []
            let password = Password(
                chosen: form["password"],
                again: form["again"] ?? "",
                logins: try await staff.names(of: officer) + [current.text],
                leaked: signIn.check.leaked,
                faults: &faults
            )
            guard let password, faults.isEmpty else { throw Problem.invalid(faults) }
            try await staff.change(
                officer,
                to: password,
                keeping: nil,
                proof,
                Circumstances(at: office.now, actor: .officer(id: officer), request: context.requestID)
            )
            return .redirect(to: "/work/sign-in?done=password")
        } again: { problem in
            newPasswordPage(context, typed: form, problem)
        }
    }

    func leave(_ request: Request, _ context: AppContext) async throws -> Response {
        try await SessionCookie.farewell(to: "/work/sign-in", sessions, request, context)
    }
}
