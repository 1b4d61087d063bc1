package import Hummingbird
import Logging

/// Writes down what a request tells about itself.
package struct ArrivalMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let site: Site
    private let assets: Assets

    package init(site: Site, assets: Assets) {
        self.site = site
        self.assets = assets
    }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.visit.site = site
        context.visit.assets = assets
        // A log handler that keeps nothing has lost the id too.
        let known = context.logger[metadataKey: "hb.request.id"].map { "\($0)" }
        context.visit.requestID = known ?? hex(randomBytes(8))
        context.visit.method = request.method
        context.visit.path = request.uri.path
        context.visit.query = request.uri.query
        context.visit.ifNoneMatch = request.headers[.ifNoneMatch]
        if site.behindProxy, let caller = request.headers[.xForwardedFor]?.split(separator: ",").last {
            // Only the last entry was written by our own proxy; those before it are whatever the caller claims.
            context.visit.address = caller.filter { !$0.isWhitespace }
        }
        context.visit.language = Language.spoken(by: request, isAPI: context.visit.isAPI)

        return try await next(request, context)
    }
}
