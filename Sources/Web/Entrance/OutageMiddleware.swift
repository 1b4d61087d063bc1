package import Hummingbird
import Kernel
import Logging
import Markup

/// Refuses to change anything while the disks are nearly full or nobody's identity can be looked up, before it fails
/// half-way; and whenever something cannot be done for the moment, shows what was typed with a button to send it again.
///
/// It stands behind the CSRF check, which has read the form.
package struct OutageMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let isFull: @Sendable () -> Bool

    package init(isFull: @escaping @Sendable () -> Bool) { self.isFull = isFull }

    /// Who is told that nothing can be changed must still be able to come in, look, and leave: a session is a small row,
    /// for which the reserve is there.
    private static let open: Set<String> = [
        "/sign-in", "/sign-out", "/work/sign-in", "/work/sign-out", "/work/new-password", "/api/v1/sessions",
        "/api/v1/sessions/current",
    ]

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if request.method.isSafe { return try await next(request, context) }
        if let refusal = context.visit.outage ?? refusal(of: context.visit.path) {
            // A form with files is read only where it is short: the files have to be chosen again anyhow.
            let length = request.headers[.contentLength].flatMap { Int(typed: $0, in: 0...Int.max) } ?? .max
            let isShort = !context.visit.isAPI && (context.visit.form != nil || length <= Request.mostTyped)
            let typed = isShort ? try await request.smallForm(context) : nil
            guard !request.prefersJSON, let page = again(refusal, typed, context) else { throw refusal }
            return page
        }
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            guard problem.status == .serviceUnavailable, !request.prefersJSON,
                let page = again(
                    problem,
                    context.visit.form == nil ? nil : try await request.smallForm(context),
                    context
                )
            else { throw error }
            context.logger.error("request failed", metadata: ["error": "\(type(of: error))"])
            return page
        }
    }

    private func refusal(of path: String) -> Problem? {
        !Self.open.contains(path) && isFull() ? .onlyReading : nil
    }

    /// The page with what was typed; nil where there is nothing to show, or a password in it.
    private func again(_ problem: Problem, _ sent: KeptForm?, _ context: AppContext) -> Response? {
        guard !context.visit.isAPI, let sent, !sent.form.pairs.isEmpty, !sent.form.hasSecrets else { return nil }
        return stillHere(sent, problem, Words(problem.vi, problem.en), context)
    }
}
