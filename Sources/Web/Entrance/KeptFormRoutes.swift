package import Hummingbird
import Kernel
import Markup

/// Offers a kept form to the browser that sent it, once the account whose it is has signed in again there.
package struct KeptFormRoutes: Sendable {
    private let rescue: any FormRescue

    package init(rescue: any FormRescue) { self.rescue = rescue }

    package func add(to router: some RouterMethods<AppContext>) { router.get("kept", use: show) }

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = try request.query
        guard let token = query["form"], let seal = query["seal"], context.visit.browser?.hasSealed(token, seal) == true
        else { throw Problem.notFound }
        guard let person = context.identity?.person else {
            return .redirect(to: citizenSignIn(goingOnAt: request.uri.string))
        }
        guard let kept = try await rescue.kept(token, of: FormHolder(person: person)) else { throw Problem.nothingKept }
        // Files are chosen, and buttons pressed, where they were.
        if kept.hasFiles || kept.isButton, let page = kept.page.flatMap(LocalPath.init(rawValue:))?.withoutReturn {
            let mark = page.contains("?") ? "&" : "?"
            return .redirect(to: "\(page)\(mark)kept=\(PercentEncoding.escaped(token))&seal=\(seal)")
        }
        guard !kept.isButton else {
            let home = if case .officer = context.identity { "/work" } else { "/" }
            return .redirect(to: home)
        }
        let say = context.language
        return page(
            say("Nội dung bạn đã nhập vẫn còn", "What you typed is still here"),
            context,
            lead: say(
                "Phiên làm việc đã hết trước khi biểu mẫu được gửi. Bấm nút dưới đây để gửi tiếp.",
                "Your session ended before the form was sent. Press the button below to send it."
            )
        ) {
            sendAgain(kept, say("Gửi tiếp", "Send it now"), context)
        }
    }
}

extension LocalPath {
    /// The same page without an earlier return to it.
    fileprivate var withoutReturn: String {
        let parts = rawValue.split(separator: "?", maxSplits: 1)
        guard parts.count == 2 else { return rawValue }
        let rest = parts[1].split(separator: "&").filter { !$0.hasPrefix("kept=") && !$0.hasPrefix("seal=") }
        return rest.isEmpty ? String(parts[0]) : "\(parts[0])?\(rest.joined(separator: "&"))"
    }
}

extension Problem {
    fileprivate static let nothingKept = Problem(
        "nothing-kept",
        """
        Không còn nội dung nào chờ tài khoản này ở đây. Nội dung nhập dở chỉ được đưa lại cho chính tài khoản đã nhập, \
        trong vòng 24 giờ.
        """,
        """
        Nothing waits for this account here. What was typed is given back to the very account that typed it, and only \
        within 24 hours.
        """,
        .notFound
    )
}
