import Hummingbird
import Web

/// The cookie `session`, by which a browser is known again.
enum SessionCookie {
    static func token(in request: Request) -> String? { request.cookies["session"]?.value }

    /// Leads whoever has just signed in to `path`. The session this browser had before ends.
    static func welcome(
        _ session: OpenedSession,
        to path: String,
        _ sessions: Sessions,
        _ request: Request,
        _ context: some AudienceContext
    ) async throws -> Response {
        if let former = token(in: request) { try await sessions.close(former) }
        var response = Response.redirect(to: path)
        // A remembered session lives on with every visit, so its cookie lasts as long as browsers allow and the
        // database decides.
        let days = session.isRemembered ? 400 : nil
        response.setCookie(
            context.visit.site.cookie("session", session.token.rawValue, lasting: days.map { $0 * 24 * 3600 })
        )
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Ends the session of this browser and leads it to `path`.
    static func farewell(
        to path: String,
        _ sessions: Sessions,
        _ request: Request,
        _ context: some AudienceContext
    ) async throws -> Response {
        let token = token(in: request)
        if let token { try await sessions.close(token) }
        var response = Response.redirect(to: path)
        // It opens nothing any more. A form that is still open in another window is kept by it when it is sent.
        if let token { response.setCookie(context.visit.site.cookie("ended", token, lasting: 24 * 3600)) }
        response.setCookie(context.visit.site.cookie("session", "", lasting: 0))
        return response
    }
}
