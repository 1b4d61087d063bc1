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
    if typed["lost"] == "1" {
        return notice(.waiting) {
            """
            <p>\(say(
                "Cần đăng nhập trước. Nội dung vừa gửi không được giữ lại: hệ thống chỉ giữ biểu mẫu vừa phải của người vừa hết phiên. Nếu trình duyệt còn trang trước, bấm “Quay lại” để chép nội dung.",
                "Please sign in first. What you sent was not kept: only forms of moderate length, of people whose session has just ended, are. If your browser still has the page before, press Back to copy what you typed."
            ))</p>
            """
        }
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

/// The page to go on to, carried along.
func keptNext(_ typed: FormData, _ form: Form) -> HTML? {
    typed["next"].flatMap(LocalPath.init(rawValue:)).map { form.hidden("next", $0.rawValue) }
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
