package import Hummingbird
import Logging

/// Turns every error into a `Problem`, and tells nobody what only the log should know.
///
/// It stands twice in the chain: outside, so that nothing escapes, and inside, where the identity is known and the
/// page about the problem can show the menus of whoever is signed in.
package struct ProblemMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    package init() {}

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.status.code >= 500 {
                // The type names the fault; its description may quote what a person typed.
                context.logger.error(
                    "request failed",
                    metadata: ["error": "\(type(of: error))", "route": "\(context.endpointPath ?? "")"]
                )
            }
            return problem.response(to: request, context)
        }
    }
}
