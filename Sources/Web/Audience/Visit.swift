package import Hummingbird

/// What is known about a request before anything is looked up for it. Middlewares learn it, pages show it.
package struct Visit: Sendable {
    package var language = Language.vi
    package var identity: Identity?
    /// The token that forms carry; empty until the CSRF middleware has seen the browser.
    package var csrf = ""
    package var requestID = ""
    package var method = HTTPRequest.Method.get
    /// Path without the query.
    package var path = "/"
    package var query: String?
    /// Where the request comes from, for rate limits; never logged.
    package var address = ""
    package var site = Site()
    package var assets = Assets()
    /// What the browser has of this page already.
    var ifNoneMatch: String?
    /// The form the CSRF middleware has read; `request.form` gives it to the handler.
    var form: FormData?
    /// The form with files of which the CSRF middleware has read the first field.
    var multipart: MultipartReader?
    /// The token with which that form came.
    var token: String?
    /// What its sender had sent when their session ended; they have signed in again and are back on its page.
    package internal(set) var returned: KeptForm?
    /// The key and cookie from which `csrf` was made; seals what must come back through the same browser.
    var browser: Browser?
    /// What the browser shows to be known again, whether it still opens a session or not.
    package internal(set) var session: String?
    /// Why nobody could find out who this is; only what needs nobody's identity is answered then.
    var outage: Problem?

    package init() {}

    /// What the forms of this page carry.
    var formToken: String { browser?.token(of: identity?.person) ?? csrf }

    package var isAPI: Bool { path.hasPrefix("/api/") }
}
