import Hummingbird
import Kernel
import Web

/// The cookie `session`, by which a browser is known again while somebody is signed in.
enum SessionCookie {
    static func token(in request: Request, _ context: some AudienceContext) -> String? {
        request.cookies[name(context)]?.value
    }

    private static func name(_ context: some AudienceContext) -> String { context.visit.site.cookieName("session") }

    /// Leads whoever has just signed in to `path`. The session this browser had before ends.
    static func welcome(
        _ session: OpenedSession,
        to path: String,
        _ sessions: Sessions,
        _ request: Request,
        _ context: some AudienceContext
    ) async throws -> Response {
        if let former = token(in: request, context) { try await sessions.close(former) }
        var response = Response.redirect(to: path)
        // A remembered session lives on with every visit, so its cookie lasts as long as browsers allow and the
        // database decides.
        let days = session.isRemembered ? 400 : nil
        response.setCookie(
            context.visit.site.cookie(name(context), session.token.rawValue, lasting: days.map { $0 * 24 * 3600 })
        )
        if let device = session.device {
            let seconds = KnownDevices.lasting.milliseconds / 1000
            response.setCookie(
                context.visit.site.cookie(DeviceCookie.name(context), device.rawValue, lasting: seconds)
            )
        }
        response.headers[.cacheControl] = "no-store"
        // Somebody else may have been signed in here, with pages to which one could go back.
        if context.visit.session != nil { response.headers[.clearSiteData] = "\"cache\"" }
        return response
    }

    /// Ends the session of this browser and leads it to `path`.
    static func farewell(
        to path: String,
        _ sessions: Sessions,
        _ request: Request,
        _ context: some AudienceContext
    ) async throws -> Response {
        let (token, site) = (token(in: request, context), context.visit.site)
        if let token { try await sessions.close(token) }
        var response = Response.redirect(to: path)
        // It opens nothing any more. A form that is still open in another window is kept by it when it is sent.
        if let token { response.setCookie(site.cookie(site.cookieName("ended"), token, lasting: 24 * 3600)) }
        response.setCookie(site.cookie(name(context), "", lasting: 0))
        response.headers[.clearSiteData] = "\"cache\""
        return response
    }
}
