import Hummingbird
import Kernel
import Web

/// Where citizens sign in, up and out.
struct CitizenDoor: Sendable {
    let signIn: SignIn
    let sessions: Sessions

    func add(to router: some RouterMethods<AppContext>) {
        router.get("sign-in", use: show).post("sign-in", use: enter)
        router.get("sign-up", use: showSignUp).post("sign-up", use: signUp)
        router.post("sign-out", use: leave)
    }

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = try request.query
        if case .citizen = context.identity { return .redirect(to: LocalPath.next(in: query, otherwise: "/")) }
        return signInPage(.citizen, context, typed: query)
    }

    func enter(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            let (login, password) = try Credentials.read(form, .citizen)
            let session = try await signIn.citizen(
                login: login,
                password,
                remembered: form["remember"] == "yes",
                Visitor(request, context)
            )
            let next = LocalPath.next(in: form, otherwise: "/")
            return try await SessionCookie.welcome(session, to: next, sessions, request, context)
        } again: { problem in
            signInPage(.citizen, context, typed: form, problem)
        }
    }

    func showSignUp(_ request: Request, _ context: AppContext) async throws -> Response {
        signUpPage(context, typed: try request.query)
    }

    func signUp(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form(context)
        return try await told {
            var faults: [FieldError] = []
            let contact = Contact(name: form["name"], phone: form["phone"], email: form["email"], faults: &faults)
            let password = Password(
                chosen: form["password"],
                again: form["again"] ?? "",
                logins: contact?.logins ?? [],
                leaked: signIn.check.leaked,
                faults: &faults
            )
            guard let contact, let password, faults.isEmpty else { throw Problem.invalid(faults) }
            let session = try await signIn.newCitizen(contact, password, Visitor(request, context))
            let next = LocalPath.next(in: form, otherwise: "/")
            return try await SessionCookie.welcome(session, to: next, sessions, request, context)
        } again: { problem in
            signUpPage(context, typed: form, problem)
        }
    }

    func leave(_ request: Request, _ context: AppContext) async throws -> Response {
        try await SessionCookie.farewell(to: "/", sessions, request, context)
    }
}
