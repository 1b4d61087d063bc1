import DossierCore
import Hummingbird
import Kernel
import Markup
import PrintedPapers
import Web

/// What came of an act on several dossiers: how many went through, and each that did not with the reason.
struct BulkPage {
    let title: Words
    let outcome: BulkOutcome
    let back: String
    /// What those that went through can be printed on.
    var sheets: [PaperSheet] = []
    /// Who got them, where papers say it.
    var receiver: ID<Officer>?

    func show(_ context: OfficerContext) -> Response {
        let say = context.language
        let form = Form(context)
        return page(say(title), context, crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work")]) {
            """
            \(outcome.show(say))
            \((outcome.done.isEmpty ? [] : sheets).map { sheet in
                form.post(to: "/work/papers/\(sheet.rawValue)") {
                    """
                    \(outcome.done.map { form.hidden("dossier", $0.rawValue) })\
                    \(receiver.map { form.hidden("officer", $0.rawValue) })
                    <p>\(button("\(say("In", "Print")) \(say(sheet.words).lowercased())", .plain, opens: "/work/papers/\(sheet.rawValue)"))</p>
                    """
                }
            })
            <p>\(linkButton(say("Về danh sách", "Back to the list"), back, .plain, key: "u"))</p>
            """
        }
    }
}
