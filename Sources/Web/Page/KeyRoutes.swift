package import Hummingbird
import Markup

/// The page of all keys: what "?" opens where no script runs, and where somebody wants to read them in peace.
package struct KeyRoutes: Sendable {
    static let address = "/work/keys"

    package init() {}

    package func add(to router: some RouterMethods<OfficerContext>) { router.get("work/keys", use: show) }

    func show(_ request: Request, _ context: OfficerContext) -> Response {
        let say = context.language
        let menu = context.visit.site.officeLinks.filter { link in
            link.roles.map { !$0.isDisjoint(with: context.officer.roles) } ?? true
        }
        return page(
            say("Phím tắt", "Keys"),
            context,
            lead: say(
                "Phím có tác dụng khi con trỏ không ở trong ô nhập; bấm Esc để ra khỏi ô nhập.",
                "Keys work while nothing is being typed; Esc leaves a field."
            )
        ) {
            """
            \(table(
                say("Ở mọi trang", "On every page"),
                [Column(say("Phím", "Key")), Column(say("Mở", "Opens"))],
                rows: menu.compactMap { link in
                    link.key.map { ["<code>Shift</code> + <code>\($0.uppercased())</code>", .text(say(link.words))] }
                }
            ))
            \(table(
                say("Ở trang có nút mang phím đó", "On the pages that show them"),
                [Column(say("Phím", "Key")), Column(say("Tác dụng", "What it does"))],
                rows: Keys.ofPages.map { ["<code>\($0.key)</code>", .text(say($0.words))] }
            ))
            """
        }
    }
}
