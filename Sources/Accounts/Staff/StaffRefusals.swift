import Hummingbird
import Web

extension StaffMember.Refusal: ProblemConvertible {
    var problem: Problem {
        switch self {
        case .unknown, .servesNotThere: Problem.notFound
        case .alreadyAdded:
            Problem("already-added", "Tài khoản này đã có.", "This account is there already.", .conflict)
        case .ownRights:
            Problem(
                "own-rights",
                "Không ai tự thay đổi quyền của mình. Hãy nhờ một quản trị viên khác của cơ quan.",
                "Nobody changes their own rights. Please ask another administrator of the agency.",
                .forbidden
            )
        case .noRole:
            Problem.invalid([
                FieldError("roles", "Hãy chọn ít nhất một vai trò.", "Choose at least one role.")
            ])
        case .servesElsewhere:
            Problem(
                "serves-elsewhere",
                """
                Người này còn làm việc ở cơ quan khác, nên không thể khóa hoặc cấp lại mật khẩu từ đây. Có thể bỏ mọi \
                vai trò của họ ở cơ quan này.
                """,
                """
                This person serves in other agencies too, so the account cannot be disabled or given a new password \
                from here. You can take all roles in this agency away.
                """,
                .conflict
            )
        }
    }
}

extension UserNameTaken: ProblemConvertible {
    var problem: Problem {
        Problem.invalid([
            FieldError(
                "userName",
                """
                Tên đăng nhập này đã có. Hãy chọn tên khác; nếu đúng là người này, hãy đánh dấu “Đã có tài khoản ở cơ \
                quan khác”.
                """,
                """
                This user name is taken. Choose another; if it is the same person, tick “Has an account in another \
                agency”.
                """
            )
        ])
    }
}
