package import Hummingbird

/// What browsers are told not to do with our pages.
package struct SecurityHeadersMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let headers: HTTPFields

    package init(secure: Bool = false) {
        var headers: HTTPFields = [
            // Scripts and styles come from our own files only; an injected one does nothing.
            .contentSecurityPolicy: """
            default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
            frame-ancestors 'none'
            """,
            .xContentTypeOptions: "nosniff",
            // Addresses of dossiers stay here, while our own forms still say where they come from.
            .referrerPolicy: "same-origin",
            .permissionsPolicy: "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
            .crossOriginOpenerPolicy: "same-origin",
        ]
        if secure { headers[.strictTransportSecurity] = "max-age=31536000" }
        self.headers = headers
    }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for field in headers where !response.headers.contains(field.name) { response.headers.append(field) }
        response.headers[.xRequestID] = context.requestID
        if !response.headers.contains(.cacheControl) { response.headers[.cacheControl] = "private, no-cache" }
        if response.refuses(request) { response.headers[.cacheControl] = "private, no-cache" }
        return response
    }
}

extension Response {
    /// A page that answers a form with what is wrong with it. A browser that may not keep such a page cannot go back to
    /// it: it would have to send the form again. Signing out takes it out of the browser (`Clear-Site-Data`), which
    /// browsers obey on the connections on which they also name the mode.
    fileprivate func refuses(_ request: Request) -> Bool {
        request.method == .post && status.code >= 400 && request.headers[.secFetchMode] == "navigate"
            && headers[.contentType]?.hasPrefix("text/html") == true
    }
}
