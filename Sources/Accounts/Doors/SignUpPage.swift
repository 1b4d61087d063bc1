import Hummingbird
import Kernel
import Markup
import Web

/// Where citizens open an account.
func signUpPage(_ context: AppContext, typed: FormData, _ problem: Problem? = nil) -> Response {
    let say = context.language
    let form = Form(context, typed: typed, errors: problem?.errors ?? [])
    return page(
        say("Đăng ký tài khoản", "Sign up"),
        context,
        lead: say(
            "Để nộp hồ sơ, theo dõi và nhận kết quả trực tuyến.",
            "To file dossiers, follow them and receive results online."
        )
    ) {
        """
        \(form.summary)\(problem.flatMap { refusal($0, say) })\
        \(problem?.slug == "login-taken" ? signInOffer(typed, say) : nil)
        \(form.post(to: "/sign-up") {
            """
            \(keptNext(typed, form))
            \(contactFields(form, say))
            \(newPasswordFields(form, say))
            \(actions(button(say("Đăng ký", "Sign up"))))
            """
        })
        <p>\(say("Đã có tài khoản?", "Already have an account?")) \
        <a href="\(path("/sign-in", keeping: typed))">\(say("Đăng nhập", "Sign in"))</a></p>
        """
    }
}

private func signInOffer(_ typed: FormData, _ say: Language) -> HTML {
    let path = path("/sign-in", keeping: typed)
    return actions(linkButton(say("Đăng nhập bằng tài khoản này", "Sign in with this account"), path))
}

/// How a citizen is called and reached.
func contactFields(_ form: Form, _ say: Language, now account: CitizenAccount? = nil) -> HTML {
    let name = form.field(
        "name",
        say("Họ và tên", "Full name"),
        .name,
        hint: say("Như trên căn cước.", "As on your identity card."),
        maxLength: 100,
        value: account?.name.rawValue
    )
    let phone = form.field(
        "phone",
        say("Số điện thoại", "Phone number"),
        .phone,
        hint: say("Chỉ cần số điện thoại hoặc e-mail.", "Either a phone number or an e-mail address will do."),
        required: false,
        maxLength: 20,
        value: account?.phone?.rawValue
    )
    let email = form.field(
        "email",
        say("E-mail", "E-mail"),
        .email,
        required: false,
        maxLength: 254,
        value: account?.email?.rawValue
    )
    return "\([name, phone, email])"
}

/// A new password, twice.
func newPasswordFields(_ form: Form, _ say: Language) -> HTML {
    let password = form.field(
        "password",
        say("Mật khẩu mới", "New password"),
        .newPassword,
        hint: say(
            "Ít nhất 8 ký tự. Vài từ không liên quan thì dễ nhớ và khó đoán.",
            "At least 8 characters. A few unrelated words are easy to remember and hard to guess."
        ),
        maxLength: 1000
    )
    let again = form.field("again", say("Nhập lại mật khẩu mới", "New password again"), .newPassword, maxLength: 1000)
    return "\([password, again])"
}
