package import Hummingbird

/// Leads a browser that must sign in to the page for it, and afterwards back to where it was going. What somebody
/// typed into a form while their session ended is kept and offered again; whoever was not signed in is told that it was
/// not kept.
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
            if request.method.isSafe {
                return .redirect(to: needed.page + query(LocalPath(rawValue: request.uri.string)))
            }
            // A button alone: nothing was typed that could be lost.
            if let form = context.visit.form, form.pairs.isEmpty { return .redirect(to: needed.page) }
            guard let kept = try await keep(request, context) else { return .redirect(to: "\(needed.page)?lost=1") }
            return .redirect(to: needed.page + query(kept))
        }
    }

    private func query(_ path: LocalPath?) -> String {
        path.map { "?next=\(PercentEncoding.escaped($0.rawValue))" } ?? ""
    }

    /// Nil when it cannot be kept. Files are not read for it, and nothing at all is read of strangers.
    private func keep(_ request: Request, _ context: AppContext) async throws -> LocalPath? {
        guard let rescue, let browser = context.visit.browser, LocalPath(rawValue: context.visit.path) != nil,
            let session = context.visit.session ?? request.cookies["ended"]?.value,
            let holder = try await rescue.holder(ofEnded: session),
            let form = try await request.smallForm(context), !form.pairs.isEmpty,
            let token = try await rescue.keep(path: context.visit.path, form: form, of: holder)
        else { return nil }
        return LocalPath(rawValue: "/kept?form=\(PercentEncoding.escaped(token))&seal=\(browser.seal(token))")
    }
}
