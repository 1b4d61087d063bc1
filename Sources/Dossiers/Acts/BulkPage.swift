import Hummingbird
import Kernel
import Markup
import Web

/// What came of an act on several dossiers: how many went through, and each that did not with the reason.
struct BulkPage {
    let title: Words
    let done: [ID<Dossier>]
    let refused: [(id: ID<Dossier>, code: DossierCode?, why: Dossier.Refusal)]
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
            \(done.isEmpty ? nil : notice(.good) { "<p>\(say("Xong \(done.count) hồ sơ.", "\(done.count) dossiers are done."))</p>" })
            \(refused.isEmpty ? nil : notice(.bad, title: say("\(refused.count) hồ sơ chưa làm được", "\(refused.count) were not")) {
                "<ul>\(refused.map { item($0, say) })</ul>"
            })
            \((done.isEmpty ? [] : sheets).map { sheet in
                form.post(to: "/work/papers/\(sheet.rawValue)") {
                    """
                    \(done.map { form.hidden("dossier", $0.rawValue) })\
                    \(receiver.map { form.hidden("officer", $0.rawValue) })
                    <p>\(button("\(say("In", "Print")) \(say(sheet.words).lowercased())", .plain, opens: "/work/papers/\(sheet.rawValue)"))</p>
                    """
                }
            })
            <p>\(linkButton(say("Về danh sách", "Back to the list"), back, .plain, key: "u"))</p>
            """
        }
    }

    private func item(_ refused: (id: ID<Dossier>, code: DossierCode?, why: Dossier.Refusal), _ say: Language) -> HTML {
        let problem = refused.why.problem
        return """
            <li><a href="/work/dossiers/\(refused.id.rawValue)">\(refused.code?.rawValue ?? say("Mở hồ sơ", "Open it"))</a>: \
            \(say(problem.vi, problem.en))</li>
            """
    }
}
