import Hummingbird
import Kernel
import Web

/// The same doors for programs: a token instead of a cookie.
struct AccountAPI: Sendable {
    let signIn: SignIn
    let sessions: Sessions

    func add(to router: some RouterMethods<AppContext>) {
        router.group("api/v1")
            .post("sessions", use: open)
            .delete("sessions/current", use: close)
            .get("me", use: me)
            .post("accounts", use: signUp)
    }

    private struct SignInRequest: Decodable {
        let login: String
        let password: String
        let kind: Audience
    }

    func open(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await request.json(SignInRequest.self, context)
        let (login, password) = try Credentials.read(
            FormData(["login": asked.login, "password": asked.password]),
            asked.kind
        )
        let visitor = Visitor(request, context)
        let session =
            switch asked.kind {
            case .citizen: try await signIn.citizen(login: login, password, remembered: false, visitor)
            case .staff: try await signIn.officer(userName: login, password, visitor)
            }
        return try await opened(session, context)
    }

    private struct SignUpRequest: Decodable {
        let name: String
        let phone: String?
        let email: String?
        let password: String
    }

    func signUp(_ request: Request, _ context: AppContext) async throws -> Response {
        let asked = try await request.json(SignUpRequest.self, context)
        var faults: [FieldError] = []
        let contact = Contact(name: asked.name, phone: asked.phone, email: asked.email, faults: &faults)
        let password = Password(
            chosen: asked.password,
            again: nil,
            logins: contact?.logins ?? [],
            leaked: signIn.check.leaked,
            faults: &faults
        )
        guard let contact, let password, faults.isEmpty else { throw Problem.invalid(faults) }
        return try await opened(try await signIn.newCitizen(contact, password, Visitor(request, context)), context)
    }

    func close(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let token = request.bearer, context.identity != nil else { throw Problem.signInFirst }
        try await sessions.close(token)
        return Response(status: .noContent)
    }

    func me(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let identity = context.identity else { throw Problem.signInFirst }
        return try secret(Person(identity), .ok, context)
    }

    private func opened(_ session: OpenedSession, _ context: AppContext) async throws -> Response {
        guard let identity = try await sessions.identity(session: session.token.rawValue) else {
            throw Problem.signInFirst
        }
        return try secret(SessionAnswer(session, Person(identity)), .created, context)
    }

    /// An answer that no cache between here and the program may keep.
    private func secret(
        _ answer: some Encodable,
        _ status: HTTPResponse.Status,
        _ context: AppContext
    ) throws -> Response {
        try json(answer, context, status: status, headers: [.cacheControl: "no-store"])
    }
}

extension Problem {
    static let signInFirst = Problem(
        "sign-in",
        "Bạn cần đăng nhập để tiếp tục.",
        "Please sign in to go on.",
        .unauthorized
    )
}
