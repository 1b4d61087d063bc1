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
        case .noSuchProposal:
            Problem(
                "no-such-proposal",
                "Việc này không còn chờ ý kiến của bạn: đã có người trả lời hoặc rút lại. Hãy tải lại trang.",
                "This does not wait for your word any more: somebody has answered it or taken it back. Reload the page.",
                .conflict
            )
        case .secondPersonNeeded:
            Problem(
                "second-person-needed",
                "Người đề nghị không tự xác nhận được. Hãy nhờ một quản trị viên khác của cơ quan hoặc cơ quan cấp trên.",
                """
                Whoever has proposed it cannot confirm it. Please ask another administrator, of the agency or of one \
                above it.
                """,
                .forbidden
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
