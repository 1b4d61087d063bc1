import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Markup
import Web

/// Fields that were changed on this page and in another window too: both are shown, and the person chooses. Everything
/// else of the page is in the draft already.
struct ClashPage {
    /// Where the choice is sent.
    let path: String
    /// What both are part of.
    let name: Words
    /// What this page shows of the draft.
    let read: ReadMarks
    let clashes: [AnswerClash]

    func show(_ context: CitizenContext) -> Response {
        let say = context.language
        let undecided = clashes.filter(\.isUndecided).map { clash in
            FieldError(
                AnswerClash.choice(of: clash.unit),
                "Hãy chọn một nội dung cho “\(clash.label.vi)”.",
                "Please choose one for “\(clash.label.en)”."
            )
        }
        let form = Form(context, errors: undecided)
        return page(
            say("Có mục được sửa ở hai nơi", "Changed in two places"),
            context,
            status: undecided.isEmpty ? .conflict : .unprocessableContent,
            lead: say(name),
            crumbs: draftCrumbs(say)
        ) {
            """
            \(form.summary)
            \(notice(.waiting) {
                """
                <p>\(say(
                    "Bản nháp này cũng vừa được sửa ở một cửa sổ hoặc thiết bị khác. Ở \(clashes.count) mục dưới đây, hai nơi ghi khác nhau: hãy chọn nội dung đúng. Những mục khác bạn sửa ở trang này đã được lưu.",
                    "This draft has just been changed in another window or on another device too. Below, the two differ in \(clashes.count) place(s): please choose what is right. Everything else you changed on this page is saved."
                ))</p>
                """
            })
            \(form.post(to: path) {
                """
                \(form.hidden(ReadMarks.name, read.text))
                \(clashes.map { choice($0, form, say) })
                \(actions(
                    button(say("Lưu và tiếp tục", "Save and continue")),
                    button(say("Lưu, làm sau", "Save for later"), .plain, name: "_later", value: "1")
                ))
                """
            })
            """
        }
    }

    private func choice(_ clash: AnswerClash, _ form: Form, _ say: Language) -> HTML {
        let empty = say("(để trống)", "(empty)")
        return """
            \(form.hidden(AnswerClash.asked, clash.unit))
            \(clash.sent.map { form.hidden($0.name, $0.value) })
            \(form.radios(
                AnswerClash.choice(of: clash.unit),
                say(clash.label),
                [
                    Choice(
                        AnswerClash.here,
                        clash.here.map { say($0) } ?? empty,
                        hint: say("Bạn vừa nhập ở cửa sổ này.", "What you have just entered in this window.")
                    ),
                    Choice(
                        AnswerClash.there,
                        clash.there.map { say($0) } ?? empty,
                        hint: say("Đang có trong bản nháp, nhập ở nơi khác.", "What the draft holds, entered elsewhere.")
                    ),
                ]
            ))
            """
    }
}
