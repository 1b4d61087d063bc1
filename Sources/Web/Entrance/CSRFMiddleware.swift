package import Hummingbird

/// Lets a form in only when it comes from one of our own pages in the same browser.
///
/// The check happens before any handler runs, so that no handler can forget it: the browser's own word about where
/// the form came from, and the token in its first field. `/api/` is left out, because it believes no cookies.
package struct CSRFMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    package init() {}

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        if request.method.isSafe || context.visit.isAPI { return try await next(request, context) }
        guard comesFromHere(request, context.visit.site) else { throw Problem.forged(context.visit) }
        var context = context
        switch BodyEncoding(request) {
        case .urlEncoded:
            var form = try await FormData(urlEncoded: request.body)
            guard context.visit.accepts(form["csrf"]) else { throw Problem.forged(context.visit) }
            form.remove("csrf")
            context.visit.form = form
        case .multipart(let boundary):
            let reader = MultipartReader(request.body, boundary: boundary)
            guard let first = try await reader.nextPart(), first.name == "csrf", first.filename == nil,
                context.visit.accepts(try await first.text(limit: 1024))
            else { throw Problem.forged(context.visit) }
            context.visit.multipart = reader
        case .other:
            throw Problem.http(.unsupportedMediaType)
        }
        return try await next(request, context)
    }

    private func comesFromHere(_ request: Request, _ site: Site) -> Bool {
        if let fetchSite = request.headers[.secFetchSite], fetchSite != "same-origin", fetchSite != "none" {
            return false
        }
        guard let origin = request.headers[.origin] else { return true }
        if site.origins.contains(origin) { return true }
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 && ["http:", "https:"].contains(parts[0]) && String(parts[2]) == request.head.authority
    }
}

extension Visit {
    fileprivate func accepts(_ token: String?) -> Bool {
        guard let browser, let token else { return false }
        return browser.accepts(token)
    }
}

extension HTTPRequest.Method {
    /// Asks, and changes nothing.
    var isSafe: Bool { self == .get || self == .head || self == .options }
}

extension Problem {
    fileprivate static func forged(_ visit: Visit) -> Problem {
        var problem = Problem(
            "forged-form",
            """
            Không xác nhận được rằng biểu mẫu này được gửi từ trang của chúng tôi, nên chưa có gì được ghi nhận. Hãy \
            quay lại trang trước, tải lại trang rồi gửi lần nữa. Trình duyệt cần cho phép cookie của trang này.
            """,
            """
            We could not confirm that this form was sent from our own page, so nothing was recorded. Please go back, \
            reload the page and send it again. Your browser must allow cookies of this site.
            """,
            .forbidden
        )
        if let path = LocalPath(rawValue: visit.path) {
            problem.way = .init(Words("Quay lại trang trước", "Back to the page"), path.rawValue)
        }
        return problem
    }
}
