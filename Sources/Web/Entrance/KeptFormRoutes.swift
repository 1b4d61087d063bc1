package import Hummingbird
import Markup

/// Offers a kept form to the browser that sent it, once its sender has signed in.
package struct KeptFormRoutes: Sendable {
    private let rescue: any FormRescue

    package init(rescue: any FormRescue) { self.rescue = rescue }

    package func add(to router: some RouterMethods<AppContext>) { router.get("kept", use: show) }

    func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let query = try request.query
        guard let token = query["form"], let seal = query["seal"], let browser = context.visit.browser,
            browser.hasSealed(token, seal), let kept = try await rescue.kept(token)
        else { throw Problem.notFound }
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

/// What was typed, with a button that sends it as it was sent before.
func sendAgain(_ kept: KeptForm, _ label: String, _ context: some AudienceContext) -> HTML {
    let say = context.language
    let form = Form(context)
    return form.post(to: kept.path) {
        """
        \(kept.form.pairs.map { form.hidden($0.name, $0.value) })
        \(disclosure(say("Xem lại nội dung", "See what was typed")) { typed(kept.form) })
        \(actions(button(label)))
        """
    }
}

private func typed(_ form: FormData) -> HTML {
    "<ul>\(form.pairs.filter { !$0.value.isEmpty }.map { "<li>\($0.value)</li>" as HTML })</ul>"
}
