package import Hummingbird
import Logging

/// One line per request: the route it took, how it ended, how long it lasted.
///
/// The pattern of the route is logged instead of the path, and never the query or the body: dossier codes, names and
/// look-up secrets stay out of logs.
package struct RequestLogMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    package init() {}

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers[.refusedBy] = nil
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)",
                "route": "\(context.endpointPath ?? "unmatched")",
                "status": .stringConvertible(response.status.code),
                "ms": .stringConvertible(start.duration(to: .now) / .milliseconds(1)),
            ]
        )
        return response
    }
}
