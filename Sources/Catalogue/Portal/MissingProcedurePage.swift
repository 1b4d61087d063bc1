import Hummingbird
import Markup
import Web

/// No procedure has this code; what may have been meant is offered instead.
struct MissingProcedurePage {
    let typed: String
    let alternatives: [Procedure]

    func show(_ context: AppContext) -> Response {
        let say = context.language
        return page(
            say("Không có thủ tục này", "There is no such procedure"),
            context,
            status: .notFound,
            lead: say(
                "Mã có thể đã cũ hoặc gõ nhầm. Hãy tìm bằng tên thủ tục.",
                "The code may be old or mistyped. Try the name of the procedure."
            ),
            crumbs: [Crumb(say("Trang chủ", "Home"), "/"), Crumb(say("Các thủ tục", "Procedures"), "/thu-tuc")]
        ) {
            """
            \(searchForm("/thu-tuc", say("Tìm thủ tục", "Search procedures"), button: say("Tìm", "Search"), key: "/"))
            \(alternatives.isEmpty ? nil : suggestions(say))
            """
        }
    }

    private func suggestions(_ say: Language) -> HTML {
        """
        <h2>\(say("Có phải bạn tìm", "Did you mean"))</h2>\
        \(cards(alternatives.map { Card(say($0.name), "/thu-tuc/\($0.code.rawValue)") }))
        """
    }
}
