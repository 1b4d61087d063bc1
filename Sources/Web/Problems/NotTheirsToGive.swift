import HTTPTypes
import Persistence

extension NotTheirsToGive: ProblemConvertible {
    package var problem: Problem {
        Problem(
            "not-yours-to-do",
            "Việc này không phải của bạn. Hãy nhờ người có thẩm quyền, hoặc đăng nhập bằng tài khoản khác.",
            "This is not for you to do. Please ask whoever may, or sign in with another account.",
            .forbidden
        )
    }
}
