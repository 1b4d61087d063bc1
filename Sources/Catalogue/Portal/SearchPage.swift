import Hummingbird
import Kernel
import Markup
import Web

/// The list of procedures, searched and filtered.
struct SearchPage {
    let query: ProcedureQuery
    let found: [Procedure]
    /// Whether they are only the nearest to what was looked for.
    let isLoose: Bool
    let catalogue: Catalogue
    let today: LocalDate

    func show(_ context: AppContext) -> Response {
        let say = context.language
        let title = query.words.isEmpty ? say("Các thủ tục", "Procedures") : say("Kết quả tìm kiếm", "Search results")
        return page(title, context, width: .wide, crumbs: [Crumb(say("Trang chủ", "Home"), "/")]) {
            """
            \(searchForm("/thu-tuc", say("Bạn cần làm gì?", "What do you need?"), value: query.words, button: say("Tìm", "Search")))
            \(columns { results(say) } aside: { filters(context) })
            """
        }
    }

    private func results(_ say: Language) -> HTML {
        guard !found.isEmpty else {
            return emptyState(
                say("Không tìm thấy thủ tục nào", "No procedure was found"),
                say(
                    "Hãy thử ít từ hơn, từ khác, hoặc bỏ bớt bộ lọc.",
                    "Try fewer or other words, or remove a filter."
                ),
                action: linkButton(say("Xem tất cả thủ tục", "All procedures"), "/thu-tuc", .plain)
            )
        }
        let pageCount = (found.count + ProcedureQuery.pageSize - 1) / ProcedureQuery.pageSize
        let number = min(query.page, pageCount - 1)
        let shown = found.dropFirst(number * ProcedureQuery.pageSize).prefix(ProcedureQuery.pageSize)
        let nearest =
            isLoose
            ? notice(title: say("Không có ở đây", "Not here")) {
                """
                <p>\(say(
                    "Không có thủ tục nào đúng với lời bạn tìm; gần nhất là các thủ tục dưới đây. Hãy thử nói cách khác.",
                    "No procedure fits your words; these are the nearest. Please try other words."
                ))</p>
                """
            } : nil
        return """
            \(nearest)<p role="status">\(say(
                "Có \(found.count) thủ tục. Trang \(number + 1) trên \(pageCount).",
                "\(found.count) procedures. Page \(number + 1) of \(pageCount)."
            ))</p>
            \(cards(shown.map { card($0, say) }))
            \(turner(number, pageCount, say))
            """
    }

    private func card(_ procedure: Procedure, _ say: Language) -> Card {
        let revision = procedure.revision(on: today) ?? procedure.revisions.last
        let field = catalogue.fields[procedure.field].map { say($0.name) }
        let levels = procedure.levels.map { say($0.words) }.joined(separator: ", ")
        return Card(
            say(procedure.name),
            "/thu-tuc/\(procedure.code.rawValue)",
            text: revision?.summary.map { say($0) },
            note: """
                <p class="quiet">\(procedure.code.rawValue) · \(field ?? procedure.field) · \(levels)</p>\
                \(revision?.terms(of: .online) == nil ? nil : tag(say("Nộp trực tuyến", "Online"), .good))
                """
        )
    }

    private func turner(_ number: Int, _ pageCount: Int, _ say: Language) -> HTML? {
        guard pageCount > 1 else { return nil }
        let before = number > 0 ? query.path(page: number - 1) : nil
        let after = number + 1 < pageCount ? query.path(page: number + 1) : nil
        return """
            <nav class="pager" aria-label="\(say("Phân trang", "Pages"))">\
            \(before.map { "<a rel=\"prev\" href=\"\($0)\">← \(say("Trang trước", "Previous page"))</a>" as HTML })\
            \(after.map { "<a rel=\"next\" href=\"\($0)\">\(say("Trang sau", "Next page")) →</a>" as HTML })</nav>
            """
    }

    private func filters(_ context: AppContext) -> HTML {
        let say = context.language
        let form = Form(context)
        let used = Set(catalogue.procedures.values.map(\.field))
        let fields = catalogue.fields.values.filter { used.contains($0.key) }.map { ($0.name.vi.folded, $0) }
            .sorted { $0.0 < $1.0 }.map(\.1)
        return panel(say("Tìm và lọc", "Search and filter")) {
            """
            <form method="get" action="/thu-tuc" role="search">
            \(form.field("q", say("Từ cần tìm", "Words"), .search, required: false, maxLength: 200, value: query.words))
            \(form.select(
                "linh-vuc",
                say("Lĩnh vực", "Field"),
                fields.map { Choice($0.key, say($0.name)) },
                required: false,
                value: query.filter.field
            ))
            \(form.select(
                "cap",
                say("Cấp giải quyết", "Level"),
                Procedure.Level.allCases.map { Choice($0.rawValue, say($0.words)) },
                required: false,
                value: query.filter.level?.rawValue
            ))
            \(form.select(
                "doi-tuong",
                say("Dành cho", "For"),
                Procedure.Audience.allCases.map { Choice($0.rawValue, say($0.words)) },
                required: false,
                value: query.filter.audience?.rawValue
            ))
            \(form.select(
                "kenh",
                say("Cách nộp", "How to file"),
                Channel.allCases.map { Choice($0.rawValue, say($0.filingWords)) },
                required: false,
                value: query.filter.channel?.rawValue
            ))
            \(actions(button(say("Tìm", "Search"))))
            </form>
            """
        }
    }
}
