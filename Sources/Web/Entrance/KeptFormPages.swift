import Hummingbird
import Kernel
import Markup

/// The answer to a form that could not be taken: what was typed, with a button to send it again. `words` tell what has
/// happened; the problem gives the answer its status.
func stillHere(_ sent: KeptForm, _ problem: Problem, _ words: Words, _ context: AppContext) -> Response {
    let say = context.language
    var response = page(
        say("Chưa gửi được, nội dung bạn đã nhập vẫn còn", "Not sent yet: what you typed is still here"),
        context,
        status: problem.status
    ) {
        """
        \(notice(.bad) { "<p>\(say(words))</p>" })
        \(context.identity == nil && problem.status != .serviceUnavailable ? signInFirst(context) : nil)
        \(sendAgain(sent, say("Gửi lại", "Send it again"), context))
        """
    }
    response.headers.append(contentsOf: problem.headers)
    response.headers[.cacheControl] = "no-store"
    response.headers[.refusedBy] = problem.slug
    return response
}

/// In another window, because this page is all that is left of what was typed.
private func signInFirst(_ context: AppContext) -> HTML {
    let (say, path) = (context.language, context.visit.isWorkspace ? "/work/sign-in" : "/sign-in")
    return """
        <p>\(say(
            "Nếu việc này cần đăng nhập, hãy đăng nhập ở cửa sổ khác, rồi trở lại trang này và bấm gửi lại.",
            "If this needs an account, sign in in another window, then come back to this page and send it again."
        ))</p>
        <p><a href="\(path)" target="_blank" rel="noopener">\(say("Đăng nhập ở cửa sổ khác", "Sign in in another window"))</a></p>
        """
}

/// What was typed, with a button that sends it as it was sent before. Files are to be chosen again.
func sendAgain(_ kept: KeptForm, _ label: String, _ context: some AudienceContext) -> HTML {
    let say = context.language
    let form = Form(context)
    return form.post(to: kept.path, hasFiles: kept.hasFiles) {
        """
        \(kept.form.pairs.map { form.hidden($0.name, $0.value) })
        \(kept.files.isEmpty ? nil : notTaken(kept.files, say))
        \(kept.fields.map { field, names in
            form.fileField(
                field,
                say("Chọn lại tệp: \(names)", "Choose again: \(names)"),
                required: false,
                several: true
            )
        })
        \(kept.form.pairs.isEmpty ? nil : disclosure(say("Xem lại nội dung", "See what was typed"), isOpen: true) { typed(kept.form) })
        \(actions(button(label)))
        """
    }
}

/// What stands at the top of the page to which somebody was led back after they had signed in again.
func returnNotice(_ kept: KeptForm, _ say: Language) -> HTML {
    let time = kept.at.map { " \(say("lúc", "at")) \($0.localMinute.timeOfDay)" } ?? ""
    guard !kept.isButton else {
        return notice(
            .waiting,
            title: say("Nút bạn bấm\(time) chưa có tác dụng", "The button you pressed\(time) did nothing")
        ) {
            """
            <p>\(say(
                "Phiên làm việc đã hết trước đó, nên lần bấm ấy chưa nộp, gửi hay thay đổi gì. Hãy xem lại rồi bấm lần nữa.",
                "Your session had ended before, so that press filed, sent and changed nothing. Please look again and press it once more."
            ))</p>
            """
        }
    }
    return notice(
        .waiting,
        title: say("Biểu mẫu bạn gửi\(time) chưa được nhận", "The form you sent\(time) was not taken")
    ) {
        """
        <p>\(say("Phiên làm việc đã hết trước đó.", "Your session had ended before."))</p>
        \(kept.files.isEmpty ? nil : notTaken(kept.files, say))
        \(kept.form.pairs.isEmpty ? nil : disclosure(say("Nội dung bạn đã nhập, điền lại ở dưới nếu còn mục đó", "What you typed, filled in below where there is still a place for it")) { typed(kept.form) })
        """
    }
}

private func notTaken(_ files: [KeptForm.File], _ say: Language) -> HTML {
    """
    <p>\(say("Các tệp chưa được nhận, hãy chọn lại:", "These files were not taken; please choose them again:"))</p>
    <ul>\(files.map { "<li>\($0.name)</li>" as HTML })</ul>
    """
}

private func typed(_ form: FormData) -> HTML {
    // What begins with an underscore is a button or a note of the page's own.
    let pairs = form.pairs.filter { !$0.value.isEmpty && !$0.name.hasPrefix("_") }
    return "<ul>\(pairs.map { "<li class=\"pre\">\($0.value)</li>" as HTML })</ul>"
}

extension KeptForm {
    var withoutSecrets: KeptForm {
        KeptForm(path: path, form: form.withoutSecrets, files: files, hasFiles: hasFiles, page: page, at: at)
    }

    /// The fields of the files, each with their names.
    fileprivate var fields: [(field: String, names: String)] {
        var order: [String] = []
        for file in files where !order.contains(file.field) { order.append(file.field) }
        return order.map { field in
            (field, files.filter { $0.field == field }.map(\.name).joined(separator: ", "))
        }
    }
}
