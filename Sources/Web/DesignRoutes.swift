package import Hummingbird
import Markup

/// `/design`: every component once, as documentation that cannot grow old; `/work/design` shows them as officers see
/// them.
package struct DesignRoutes: Sendable {
    package init() {}

    package func add(to router: some RouterMethods<AppContext>) {
        router.get("design", use: show)
        router.get("work/design", use: show)
    }

    func show(_ request: Request, _ context: AppContext) -> Response {
        let sample = DesignSample(say: context.language, form: DesignSample.form(context))
        let say = context.language
        let title = say("Ngôn ngữ thiết kế", "Design language")
        return page(title, context, width: .wide, masthead: sample.masthead(title)) {
            """
            \(panel(say("Chữ", "Type")) { sample.type })
            \(panel(say("Màu", "Colours")) { sample.colours })
            \(panel(say("Nút và đường dẫn", "Buttons and links")) { sample.buttons })
            \(panel(say("Trạng thái hồ sơ", "States of a dossier"), aside: tag(say("Có 10 trạng thái", "10 states"))) {
                sample.tags
            })
            \(panel(say("Thông báo", "Notices")) { sample.notices })
            \(panel(say("Biểu mẫu", "Forms"), id: "forms") { sample.fields })
            \(panel(say("Các bước", "Steps")) { sample.steps })
            \(columns { panel(say("Thông tin", "Facts")) { sample.facts } } aside: {
                panel(say("Diễn biến", "Time line")) { sample.happenings }
            })
            \(sample.tables)
            \(panel(say("Danh mục", "Ways in")) { sample.ways })
            \(emptyState(
                say("Chưa có hồ sơ nào", "No dossiers yet"),
                say("Hồ sơ bạn nộp sẽ hiện ở đây.", "Dossiers that you file will be shown here."),
                action: linkButton(say("Tìm thủ tục", "Find a procedure"), "/")
            ))
            \(sample.paper)
            """
        }
    }
}
