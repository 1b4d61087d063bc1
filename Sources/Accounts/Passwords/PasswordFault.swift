import Web

extension PasswordRule.Fault {
    /// What is wrong with the new password typed into `field`, and what to do about it.
    func error(in field: String) -> FieldError {
        switch self {
        case .missing: FieldError(field, "Hãy nhập mật khẩu.", "Enter a password.")
        case .short:
            FieldError(
                field,
                "Mật khẩu quá ngắn. Hãy dùng ít nhất \(PasswordRule.shortest) ký tự, ví dụ ba từ không liên quan.",
                "The password is too short. Use at least \(PasswordRule.shortest) characters, such as three unrelated words."
            )
        case .long:
            FieldError(
                field,
                "Mật khẩu quá dài. Hãy dùng dưới 200 ký tự.",
                "The password is too long. Use fewer than 200 characters."
            )
        case .common:
            FieldError(
                field,
                "Mật khẩu này rất nhiều người dùng nên dễ bị đoán. Hãy chọn mật khẩu khác.",
                "Very many people use this password, so it is easy to guess. Please choose another."
            )
        case .leaked:
            FieldError(
                field,
                "Mật khẩu này nằm trong danh sách mật khẩu đã bị lộ, kẻ gian sẽ thử trước tiên. Hãy chọn mật khẩu khác.",
                "This password is on a list of leaked passwords, which thieves try first. Please choose another."
            )
        case .login:
            FieldError(
                field,
                "Mật khẩu không được trùng với số điện thoại, e-mail, tên đăng nhập hoặc họ tên. Hãy chọn mật khẩu khác.",
                "The password must differ from your phone number, e-mail, user name and name. Please choose another."
            )
        }
    }
}
