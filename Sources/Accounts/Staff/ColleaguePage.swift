import Hummingbird
import Kernel
import Markup
import Web

/// One officer: their roles, their account, and how they came to have them.
func colleaguePage(
    _ colleague: Colleague,
    _ staff: StaffBook,
    _ neighbours: Neighbours,
    _ context: OfficerContext,
    _ problem: Problem? = nil,
    done: String? = nil
) async throws -> Response {
    let say = context.language
    let form = Form(context, errors: problem?.errors ?? [])
    let path = "/work/staff/\(colleague.id.rawValue)"
    let others = try await neighbours.panels(
        about: OfficerInAgency(colleague.id, in: context.officer.agency),
        say
    )
    let past = try await staff.past(of: colleague.id, in: context.officer.agency, say)
    return page(
        colleague.name,
        context,
        lead: colleague.userName,
        crumbs: [Crumb(say("Cán bộ", "Staff"), "/work/staff")]
    ) {
        """
        \(doneToColleague(done, say))\(form.summary)\(problem.flatMap { refusal($0, say) })
        \(others)
        \(panel(say("Vai trò ở cơ quan này", "Roles in this agency")) {
            form.post(to: "\(path)/roles", label: say("Vai trò", "Roles")) {
                """
                \(roleChoice(form, say, now: colleague.roles))
                \(actions(button(say("Lưu vai trò", "Save the roles"))))
                """
            }
        })
        \(panel(say("Tài khoản", "Account")) {
            """
            \(form.post(to: "\(path)/password") {
                actions(button(say("Cấp mật khẩu một lần mới", "Give a new one-time password"), .plain))
            })
            \(form.post(to: "\(path)/disabled") {
                """
                \(form.hidden("disabled", colleague.isDisabled ? "no" : "yes"))\
                \(actions(colleague.isDisabled
                    ? button(say("Mở khóa tài khoản", "Enable the account"), .plain)
                    : button(say("Khóa tài khoản", "Disable the account"), .danger)))
                """
            })
            """
        })
        \(panel(say("Lịch sử", "History")) { timeline(past) })
        """
    }
}

private func doneToColleague(_ done: String?, _ say: Language) -> HTML? {
    let words: String? =
        switch done {
        case "roles": say("Đã lưu vai trò; có hiệu lực ngay.", "The roles are saved and in force.")
        case "disabled": say("Đã khóa tài khoản.", "The account is disabled.")
        case "enabled": say("Đã mở khóa tài khoản.", "The account is enabled.")
        default: nil
        }
    return words.map { words in notice(.good) { "<p>\(words)</p>" } }
}
