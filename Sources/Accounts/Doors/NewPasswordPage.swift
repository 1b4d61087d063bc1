import Hummingbird
import Markup
import Web

/// Where an officer replaces a one-time password by their own.
func newPasswordPage(_ context: AppContext, typed: FormData, _ problem: Problem? = nil) -> Response {
    let say = context.language
    let form = Form(context, typed: typed, errors: problem?.errors ?? [])
    return page(
        say("Đặt mật khẩu của bạn", "Choose your password"),
        context,
        lead: say(
            "Mật khẩu được cấp chỉ dùng một lần. Hãy thay bằng mật khẩu chỉ mình bạn biết.",
            "The password you were given works once. Replace it by one that only you know."
        )
    ) {
        """
        \(form.summary)\(problem.flatMap { refusal($0, say) })
        \(form.post(to: "/work/new-password") {
            """
            \(form.field("login", say("Tên đăng nhập", "User name"), maxLength: 254, autocomplete: "username"))
            \(form.field("current", say("Mật khẩu được cấp", "The password you were given"), .password, maxLength: 1000))
            \(newPasswordFields(form, say))
            \(actions(button(say("Đặt mật khẩu", "Set the password"))))
            """
        })
        """
    }
}
