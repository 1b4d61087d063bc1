package import Hummingbird

/// Leads a browser that must sign in to the page for it, and afterwards back to where it was going. What somebody
/// typed into a form while their session ended is kept and offered again.
package struct SignInMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let rescue: (any FormRescue)?

    package init(rescue: (any FormRescue)?) { self.rescue = rescue }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let needed as SignInNeeded where !context.visit.isAPI && !request.prefersJSON {
            let destination =
                request.method == .get || request.method == .head
                ? LocalPath(rawValue: request.uri.string)
                : try await keep(request, context)
            let next = destination.map { "?next=\(PercentEncoding.escaped($0.rawValue))" } ?? ""
            return .redirect(to: needed.page + next)
        }
    }

    private func keep(_ request: Request, _ context: AppContext) async throws -> LocalPath? {
        guard let rescue, let browser = context.visit.browser else { return nil }
        let form = try await request.form(context)
        guard !form.pairs.isEmpty, LocalPath(rawValue: context.visit.path) != nil else { return nil }
        let token = try await rescue.keep(path: context.visit.path, form: form)
        return LocalPath(rawValue: "/kept?form=\(PercentEncoding.escaped(token))&seal=\(browser.seal(token))")
    }
}
