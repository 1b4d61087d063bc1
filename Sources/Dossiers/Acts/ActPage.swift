import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// Asks for what an act needs before it is performed.
struct ActPage {
    let act: any OfficerAct
    let asked: ActForm
    let fields: HTML
    let problem: Problem?

    private var path: String { "/work/dossiers/\(asked.details.row.id.rawValue)" }

    func show(_ context: OfficerContext) -> Response {
        let (form, say, row) = (asked.form, asked.say, asked.details.row)
        return page(
            say(act.name(on: asked.dossier)),
            context,
            lead: "\(row.code.rawValue) – \(row.applicantName)",
            width: act.width,
            crumbs: [Crumb(say("Bàn làm việc", "Workspace"), "/work"), Crumb(row.code.rawValue, path)]
        ) {
            """
            \(form.summary)\(problem.flatMap { refusal($0, say) })
            \(act.isFinal ? notice(.waiting) { "<p>\(say("Việc này không hoàn tác được. Hãy kiểm tra kỹ.", "This cannot be undone. Please check."))</p>" } : nil)
            \(form.post(to: "\(path)/\(act.address)", hasFiles: act.takesFiles) {
                """
                \(form.hidden("version", String(row.version)))
                \(fields)
                \(actions(
                    button(say(act.name(on: asked.dossier)), act.isFinal ? .danger : .main),
                    linkButton(say("Quay lại", "Back"), path, .plain, key: "u")
                ))
                """
            })
            """
        }
    }
}
