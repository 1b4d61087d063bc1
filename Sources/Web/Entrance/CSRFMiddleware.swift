package import Hummingbird

/// Lets a form in only when it comes from one of our own pages in the same browser, made for whoever is signed in there.
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
            context.visit.token = form["csrf"]
            form.remove("csrf")
            context.visit.form = form
        case .multipart(let boundary):
            let reader = MultipartReader(request.body, boundary: boundary)
            guard let first = try await reader.nextPart(), first.name == "csrf", first.filename == nil else {
                throw Problem.forged(context.visit, page: request.page)
            }
            context.visit.token = try await first.text(limit: 1024)
            context.visit.multipart = reader
        case .other:
            throw Problem.http(.unsupportedMediaType)
        }
        guard let browser = context.visit.browser, let token = context.visit.token, browser.accepts(token) else {
            return try await refused(request, context)
        }
        // What stands in it is somebody else's: it is neither taken for whoever is signed in now nor shown to them.
        if let person = context.identity?.person, !browser.mayBeSent(token, by: person) { throw Problem.anotherAccount }
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

    /// The cookie by which the token is known has gone, as when somebody clears their browser. Where the browser itself
    /// says that the form stood on a page of ours, what was typed is shown to be sent again; another site's form, which
    /// would then be one press from being done, is not.
    private func refused(_ request: Request, _ context: AppContext) async throws -> Response {
        let problem = Problem.forged(context.visit, page: request.page)
        let isOurs = request.headers[.origin] != nil || request.headers[.secFetchSite] == "same-origin"
        guard isOurs, !request.prefersJSON, let sent = try await request.smallForm(context)?.withoutSecrets,
            !sent.isButton
        else { throw problem }
        return stillHere(sent, problem, Problem.cookiesGone, context)
    }
}

extension HTTPRequest.Method {
    /// Asks, and changes nothing.
    var isSafe: Bool { self == .get || self == .head || self == .options }
}

extension Problem {
    fileprivate static func forged(_ visit: Visit, page: String? = nil) -> Problem {
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
        // The address to which a form is sent need not be a page; what another site calls its own is none of ours.
        if let path = LocalPath(rawValue: page ?? visit.path) {
            problem.way = .init(Words("Quay lại trang trước", "Back to the page"), path.rawValue)
        }
        return problem
    }

    fileprivate static let cookiesGone = Words(
        """
        Trình duyệt này không còn cookie của trang, nên chưa có gì được ghi nhận. Nội dung bạn đã nhập chỉ còn ở trang \
        này: đừng đóng trang.
        """,
        """
        This browser no longer has the cookies of this site, so nothing was recorded. What you typed is on this page \
        only: do not close it.
        """
    )

    fileprivate static let anotherAccount = Problem(
        "another-account",
        """
        Biểu mẫu này được mở bằng một tài khoản khác với tài khoản đang đăng nhập, nên chưa có gì được ghi nhận. Hãy mở \
        lại trang bằng tài khoản hiện tại, hoặc đăng nhập lại bằng tài khoản kia.
        """,
        """
        This form was opened by another account than the one that is signed in now, so nothing was recorded. Please open \
        the page again with the present account, or sign in with the other one.
        """,
        .forbidden
    )
}
