import Hummingbird
import Markup
import Web

/// Where somebody says who they are; `typed` is shown again, the password never.
func signInPage(
    _ audience: Audience,
    _ context: AppContext,
    typed: FormData,
    _ problem: Problem? = nil
) -> Response {
    let say = context.language
    let form = Form(context, typed: typed, errors: problem?.errors ?? [])
    let title =
        switch audience {
        case .citizen: say("Đăng nhập", "Sign in")
        case .staff: say("Cán bộ đăng nhập", "Officers sign in")
        }
    return page(title, context) {
        """
        \(notes(typed, say))\(form.summary)\(problem.flatMap { refusal($0, say) })
        \(form.post(to: audience == .citizen ? "/sign-in" : "/work/sign-in") {
            """
            \(keptNext(typed, form))\(loginField(audience, form, say))
            \(form.field("password", say("Mật khẩu", "Password"), .password, maxLength: 1000))
            \(audience == .citizen ? rememberBox(form, say) : nil)
            \(actions(button(say("Đăng nhập", "Sign in"))))
            """
        })
        \(audience == .citizen ? signUpOffer(typed, say) : firstTime(say))
        """
    }
}

private func loginField(_ audience: Audience, _ form: Form, _ say: Language) -> HTML {
    switch audience {
    case .citizen:
        form.field(
            "login",
            say("Số điện thoại hoặc e-mail", "Phone number or e-mail"),
            maxLength: 254,
            autocomplete: "username"
        )
    case .staff: form.field("login", say("Tên đăng nhập", "User name"), maxLength: 254, autocomplete: "username")
    }
}

private func rememberBox(_ form: Form, _ say: Language) -> HTML {
    form.checkbox("remember", say("Giữ đăng nhập trên thiết bị này", "Keep me signed in on this device"))
}

/// Why somebody finds themselves here, and what has just happened.
private func notes(_ typed: FormData, _ say: Language) -> HTML? {
    if typed["done"] == "password" {
        return notice(.good) {
            "<p>\(say("Đã đặt mật khẩu mới. Hãy đăng nhập bằng mật khẩu đó.", "Your new password is set. Please sign in with it."))</p>"
        }
    }
    if let lost = typed["lost"].flatMap(Lost.init(rawValue:)) {
        return notice(.waiting) { "<p>\(say(lost.words))</p>" }
    }
    guard let next = typed["next"].flatMap(LocalPath.init(rawValue:))?.rawValue else { return nil }
    let kept = next.hasPrefix("/kept?")
    return notice(kept ? .waiting : .active) {
        kept
            ? """
            <p>\(say(
                "Phiên làm việc đã hết. Nội dung bạn vừa nhập vẫn được giữ: đăng nhập để gửi tiếp.",
                "Your session has ended. What you typed is kept: sign in to send it."
            ))</p>
            """
            : "<p>\(say("Hãy đăng nhập để tiếp tục.", "Please sign in to go on."))</p>"
    }
}

/// What has become of what somebody sent who has to sign in first.
private enum Lost: String {
    case all = "1"
    case press, files

    var words: Words {
        switch self {
        case .all:
            Words(
                "Cần đăng nhập trước. Nội dung vừa gửi không được giữ lại vì dài hơn mức hệ thống giữ. Nếu trình duyệt còn trang trước, bấm “Quay lại” để chép nội dung.",
                "Please sign in first. What you sent was not kept, because it is longer than what is. If your browser still has the page before, press Back to copy what you typed."
            )
        case .press:
            Words(
                "Cần đăng nhập trước, nên lần bấm nút vừa rồi chưa nộp, gửi hay thay đổi gì. Đăng nhập để trở lại và bấm lần nữa.",
                "Please sign in first: the button you pressed filed, sent and changed nothing. Sign in to go back and press it again."
            )
        case .files:
            Words(
                "Phiên làm việc đã hết. Những gì bạn gõ vẫn được giữ, còn tệp thì không: đăng nhập để trở lại và chọn lại tệp.",
                "Your session has ended. What you typed is kept, but the files are not: sign in to go back and choose them again."
            )
        }
    }
}

/// The page to go on to, carried along, and why one is here.
func keptNext(_ typed: FormData, _ form: Form) -> HTML? {
    let next = typed["next"].flatMap(LocalPath.init(rawValue:)).map { form.hidden("next", $0.rawValue) }
    let lost = typed["lost"].flatMap(Lost.init(rawValue:)).map { form.hidden("lost", $0.rawValue) }
    return "\(next)\(lost)"
}

private func signUpOffer(_ typed: FormData, _ say: Language) -> HTML {
    """
    <p>\(say("Chưa có tài khoản?", "No account yet?")) \
    <a href="\(path("/sign-up", keeping: typed))">\(say("Đăng ký", "Sign up"))</a></p>
    """
}

private func firstTime(_ say: Language) -> HTML {
    """
    <p>\(say("Được cấp mật khẩu một lần?", "Given a one-time password?")) \
    <a href="/work/new-password">\(say("Đặt mật khẩu của bạn", "Choose your own"))</a></p>
    """
}

/// The address of another door that leads to the same page afterwards.
func path(_ path: String, keeping typed: FormData) -> String {
    guard let next = typed["next"].flatMap(LocalPath.init(rawValue:))?.rawValue else { return path }
    return "\(path)?next=\(queryEscaped(next))"
}
