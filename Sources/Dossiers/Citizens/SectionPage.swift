import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// One section of the electronic form.
struct SectionPage {
    let work: DraftAtWork
    let section: FormSection
    let errors: [FieldError]

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        let form = Form(context, typed: FormData(), errors: errors)
        return page(
            say(section.name),
            context,
            status: errors.isEmpty ? .ok : .unprocessableContent,
            lead: say(work.rules.procedure.name),
            crumbs: draftCrumbs(say)
        ) {
            """
            \(progress(work, at: work.path("khai/\(section.key)"), say))
            \(form.summary)
            \(form.post(
                to: work.path("khai/\(section.key)"),
                autosave: work.path("luu/\(section.key)")
            ) {
                """
                \(form.hidden(ReadMarks.name, ReadMarks(section, in: work.answers).text))
                \(formSection(section, of: work.rules.revision.form, answers: work.answers, errors: errors, context))
                \(actions(
                    button(say("Lưu và tiếp tục", "Save and continue")),
                    button(say("Lưu, làm sau", "Save for later"), .plain, name: "_later", value: "1")
                ))
                """
            })
            """
        }
    }
}

func draftCrumbs(_ say: Language) -> [Crumb] {
    [Crumb(say("Trang chủ", "Home"), "/"), Crumb(say("Hồ sơ của tôi", "My dossiers"), "/ho-so")]
}

/// Where the citizen stands on the way to filing; every step is a link, and done only when nothing in it is missing.
func progress(_ work: DraftAtWork, at path: String, _ say: Language) -> HTML {
    let steps = work.steps
    let current = steps.firstIndex { $0.path == path } ?? 0
    return stepList(steps.map { (say($0.name), $0.path, $0.isDone) }, current: current, mayGrow: work.mayGrow, say)
}
