package import Hummingbird
import Persistence

/// Learns who is behind a request: from the cookie `session` on pages, from `Authorization: Bearer` under `/api/`.
///
/// Neither is believed on the other's ground: a cookie is sent by any page a browser visits, so an API that took it
/// would need the protection of forms.
package struct IdentityMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let directory: any IdentityDirectory

    package init(directory: any IdentityDirectory) { self.directory = directory }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard let token = context.visit.isAPI ? request.bearer : request.cookies["session"]?.value,
            (1...200).contains(token.utf8.count)
        else { return try await next(request, context) }
        var context = context
        if !context.visit.isAPI { context.visit.session = token }
        do {
            context.identity = try await directory.identity(session: token)
        } catch {
            // A form is read before it is refused, so that what was typed can be shown.
            guard let outage = Unavailable(error), !request.method.isSafe, !context.visit.isAPI else { throw error }
            context.visit.outage = .unavailable(outage)
        }
        return try await next(request, context)
    }
}

extension Request {
    /// The token of `Authorization: Bearer …`.
    package var bearer: String? {
        let parts = headers[.authorization]?.split(separator: " ") ?? []
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
}
