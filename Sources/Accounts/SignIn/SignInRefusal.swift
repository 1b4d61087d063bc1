import Hummingbird
import Web

/// Why somebody may not come in.
enum SignInRefusal: ProblemConvertible, Equatable {
    case wrong, disabled, noPost, newPasswordNeeded, oneTimeExpired

    var problem: Problem {
        switch self {
        case .wrong:
            Problem(
                "wrong-login",
                "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại.",
                "The login or the password is wrong. Check your input method and the Caps Lock key, then try again.",
                .unauthorized
            )
        case .disabled:
            Problem(
                "account-disabled",
                "Tài khoản này đã bị khóa. Hãy liên hệ quản trị viên của cơ quan.",
                "This account has been disabled. Please ask the administrator of your agency.",
                .forbidden
            )
        case .noPost:
            Problem(
                "no-post",
                "Tài khoản này chưa được phân công ở cơ quan nào. Hãy liên hệ quản trị viên của cơ quan.",
                "This account serves in no agency. Please ask the administrator of your agency.",
                .forbidden
            )
        case .newPasswordNeeded:
            Problem(
                "new-password-needed",
                "Bạn đang dùng mật khẩu một lần. Hãy đặt mật khẩu mới tại /work/new-password rồi đăng nhập.",
                "This is a one-time password. Choose your own at /work/new-password, then sign in.",
                .forbidden
            )
        case .oneTimeExpired:
            Problem(
                "one-time-password-expired",
                "Mật khẩu một lần đã hết hạn. Hãy nhờ quản trị viên của cơ quan cấp lại.",
                "The one-time password has expired. Please ask the administrator of your agency for a new one.",
                .forbidden
            )
        }
    }
}
