package import Hummingbird

/// Counts every request under the pattern of its route.
package struct MetricsMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let metrics: Metrics

    package init(metrics: Metrics) { self.metrics = metrics }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let seconds = start.duration(to: .now) / .seconds(1)
        metrics.record(request.method, context.endpointPath, response.status, seconds: seconds)
        return response
    }
}
