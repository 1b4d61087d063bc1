package import Hummingbird

/// Turns requests away before so many are in hand that memory grows, and before one caller has them all.
package struct InHandMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let places: Places

    package init(places: Places) { self.places = places }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let caller = Caller(context.visit.address)
        guard places.take(caller) else { throw Problem.busy }
        defer { places.leave(caller) }
        return try await next(request, context)
    }
}
