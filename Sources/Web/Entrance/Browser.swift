package import Hummingbird

/// One browser, known by a random cookie. From the cookie and the server's key come the token its forms carry and
/// the seals of what must come back through the same browser.
struct Browser: Sendable {
    let cookie: String
    let key: ServerKey

    var token: String { key.signature(of: cookie, for: "csrf") }

    /// What the forms of a page carry that was made for `person`, or for everybody: the token, and whose page it is.
    func token(of person: String?) -> String { token + (person.map(mark(of:)) ?? "") }

    func accepts(_ token: String) -> Bool {
        [64, 64 + Self.markLength].contains(token.utf8.count)
            && key.isValid(String(token.prefix(64)), of: cookie, for: "csrf")
    }

    /// Whether a form with this token may be sent by `person`: one of their own pages, or one made for everybody.
    func mayBeSent(_ token: String, by person: String) -> Bool {
        let mark = token.dropFirst(64)
        return mark.isEmpty || mark == self.mark(of: person)
    }

    private static let markLength = 16

    private func mark(of person: String) -> String {
        String(key.signature(of: "\(cookie) \(person)", for: "page of").prefix(Self.markLength))
    }

    func seal(_ text: String) -> String { key.signature(of: "\(cookie) \(text)", for: "seal") }
    func hasSealed(_ text: String, _ seal: String) -> Bool {
        key.isValid(seal, of: "\(cookie) \(text)", for: "seal")
    }
}

/// Gives every browser its cookie, before anything needs the token made from it.
package struct BrowserMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let key: ServerKey

    package init(key: ServerKey) { self.key = key }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if context.visit.isAPI { return try await next(request, context) }
        let name = context.visit.site.cookieName("browser")
        let known = request.cookies[name]?.value
        let cookie = known.flatMap(wellFormed) ?? hex(randomBytes(16))
        let browser = Browser(cookie: cookie, key: key)
        var context = context
        context.visit.browser = browser
        context.visit.csrf = browser.token
        var response = try await next(request, context)
        if cookie != known { response.setCookie(context.visit.site.cookie(name, cookie, lasting: 365 * 24 * 3600)) }
        return response
    }

    private func wellFormed(_ cookie: String) -> String? {
        cookie.utf8.count == 32 && cookie.utf8.allSatisfy { PercentEncoding.digit($0) != nil } ? cookie : nil
    }
}
