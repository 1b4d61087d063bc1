package import Hummingbird

/// Leads a browser that must sign in to the page for it, and afterwards back to where it was going. What somebody
/// sent while their session ended is kept for their account and offered again; whoever was not signed in has it on the
/// page that answers, and nowhere else.
package struct SignInMiddleware: RouterMiddleware {
    package typealias Context = AppContext

    private let rescue: (any FormRescue)?

    package init(rescue: (any FormRescue)?) { self.rescue = rescue }

    package func handle(
        _ request: Request,
        context: AppContext,
        next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if request.method == .get { context.visit.returned = try await returned(request, context) }
        do {
            return try await next(request, context)
        } catch let needed as SignInNeeded where !context.visit.isAPI && !request.prefersJSON {
            if request.method.isSafe {
                return .redirect(to: needed.page + query(LocalPath(rawValue: request.uri.string)))
            }
            let sent = try await sent(request, context)
            if let sent, let kept = try await keep(sent, request, context) {
                let lost = sent.isButton ? "&lost=press" : sent.files.isEmpty ? "" : "&lost=files"
                return .redirect(to: needed.page + query(kept) + lost)
            }
            guard let sent else { return .redirect(to: "\(needed.page)?lost=1") }
            // A button alone: nothing was typed that could be lost.
            guard !sent.isButton else {
                let page = query(sent.page.flatMap(LocalPath.init(rawValue:)))
                return .redirect(to: needed.page + page + (page.isEmpty ? "?" : "&") + "lost=press")
            }
            return stillHere(sent, needed.problem, SignInMiddleware.onThisPageOnly, context)
        }
    }

    private static let onThisPageOnly = Words(
        """
        Cần đăng nhập trước, nên chưa có gì được ghi nhận. Nội dung bạn đã nhập chỉ còn ở trang này: đừng đóng trang.
        """,
        "Please sign in first: nothing was recorded. What you typed is on this page only: do not close it."
    )

    private func query(_ path: LocalPath?) -> String {
        path.map { "?next=\(PercentEncoding.escaped($0.rawValue))" } ?? ""
    }

    /// Nil when it is longer than anybody types. A body whose files nobody is going to take is not waited for.
    private func sent(_ request: Request, _ context: AppContext) async throws -> KeptForm? {
        do {
            return try await request.smallForm(context)?.withoutSecrets
        } catch let problem as Problem where problem == .tooLarge {
            return nil
        }
    }

    /// Nil when it cannot be kept: nothing is of strangers, nor of one account for another.
    private func keep(_ sent: KeptForm, _ request: Request, _ context: AppContext) async throws -> LocalPath? {
        guard let rescue, let browser = context.visit.browser, let token = context.visit.token,
            let session = context.visit.session ?? request.cookies[context.visit.site.cookieName("ended")]?.value,
            let holder = try await rescue.holder(ofEnded: session), browser.mayBeSent(token, by: holder.person),
            let kept = try await rescue.keep(sent, of: holder)
        else { return nil }
        return LocalPath(rawValue: "/kept?form=\(PercentEncoding.escaped(kept))&seal=\(browser.seal(kept))")
    }

    /// What somebody had sent whom `/kept` has led back to its page.
    private func returned(_ request: Request, _ context: AppContext) async throws -> KeptForm? {
        let query = request.uri.queryParameters
        guard let rescue, let token = query["kept"], let seal = query["seal"], let person = context.identity?.person,
            context.visit.browser?.hasSealed(String(token), String(seal)) == true
        else { return nil }
        return try await rescue.kept(String(token), of: FormHolder(person: person))
    }
}
