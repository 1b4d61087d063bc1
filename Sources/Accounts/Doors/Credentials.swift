import Web

/// Login and password as they were typed into a form.
enum Credentials {
    static func read(_ form: FormData, _ audience: Audience) throws -> (login: String, password: Password) {
        var faults: [FieldError] = []
        let login = form["login"] ?? ""
        if login.isEmpty || login.utf8.count > 254 {
            faults.append(loginMissing(audience))
        }
        let password = Password(form["password"] ?? "")
        if password == nil { faults.append(FieldError("password", "Hãy nhập mật khẩu.", "Enter your password.")) }
        guard let password, faults.isEmpty else { throw Problem.invalid(faults) }
        return (login, password)
    }

    private static func loginMissing(_ audience: Audience) -> FieldError {
        switch audience {
        case .citizen:
            FieldError(
                "login",
                "Hãy nhập số điện thoại hoặc e-mail của bạn.",
                "Enter your phone number or e-mail address."
            )
        case .staff: FieldError("login", "Hãy nhập tên đăng nhập của bạn.", "Enter your user name.")
        }
    }
}
