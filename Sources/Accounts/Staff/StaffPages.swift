import Hummingbird
import Kernel
import Markup
import Web

/// The officers of an agency, and above them what waits for somebody's word.
func staffPage(
    _ colleagues: [Colleague],
    _ pending: [PendingLine],
    _ context: OfficerContext,
    _ problem: Problem? = nil,
    done: String? = nil
) -> Response {
    let say = context.language
    return page(
        say("Cán bộ", "Staff"),
        context,
        lead: context.officer.agencyName,
        width: .wide
    ) {
        """
        \(doneToProposal(done, say))\(problem.flatMap { refusal($0, say) })
        \(pending.isEmpty ? nil : pendingPanel(pending, Form(context), say, at: "/work/staff/proposals"))
        \(actions(linkButton(say("Thêm cán bộ", "Add an officer"), "/work/staff/new", key: "n")))
        \(table(
            say("Cán bộ của cơ quan", "Officers of the agency"),
            [
                Column(say("Họ và tên", "Full name")), Column(say("Tên đăng nhập", "User name")),
                Column(say("Vai trò", "Roles")), Column(say("Tình trạng", "State")),
            ],
            density: .dense,
            hidesCaption: true,
            rows: colleagues.map { colleague in
                [
                    "<a href=\"/work/staff/\(colleague.id.rawValue)\">\(colleague.name)</a>", .text(colleague.userName),
                    .text(colleague.roles.ordered.map { say($0.words) }.joined(separator: ", ")), state(colleague, say),
                ]
            }
        ))
        """
    }
}

private func state(_ colleague: Colleague, _ say: Language) -> HTML {
    if colleague.isDisabled { return tag(say("Đã khóa", "Disabled"), .bad) }
    guard let until = colleague.oneTimeUntil else { return tag(say("Đang làm việc", "Active"), .good) }
    return tag(
        say(
            "Chờ đặt mật khẩu, đến \(until.localMinute.vietnamese)",
            "To choose a password, until \(until.localMinute.vietnamese)"
        ),
        .waiting
    )
}

/// Where an administrator introduces an officer.
func newColleaguePage(_ context: OfficerContext, typed: FormData, _ problem: Problem? = nil) -> Response {
    let say = context.language
    let form = Form(context, typed: typed, errors: problem?.errors ?? [])
    return page(
        say("Thêm cán bộ", "Add an officer"),
        context,
        crumbs: [Crumb(say("Cán bộ", "Staff"), "/work/staff")]
    ) {
        """
        \(form.summary)\(problem.flatMap { refusal($0, say) })
        \(form.post(to: "/work/staff/new") {
            """
            \(form.field("name", say("Họ và tên", "Full name"), maxLength: 100, autocomplete: "off"))
            \(form.field("userName", say("Tên đăng nhập", "User name"), hint: say("Ví dụ lan.nguyen.", "Such as lan.nguyen."), maxLength: 60, autocomplete: "off"))
            \(form.checkbox("existing", say("Đã có tài khoản ở cơ quan khác (chỉ có hiệu lực khi người đó đồng ý)", "Has an account in another agency (takes effect when that person agrees)")))
            \(roleChoice(form, say))
            \(actions(button(say("Thêm", "Add"))))
            """
        })
        """
    }
}

/// What somebody may do in the agency.
func roleChoice(_ form: Form, _ say: Language, now roles: Set<Role> = []) -> HTML {
    form.checkboxes(
        "roles",
        say("Vai trò", "Roles"),
        Role.allCases.map { Choice($0.rawValue, say($0.words)) },
        hint: say(
            "Quản trị chỉ quản lý tài khoản, không xem được hồ sơ. Trao vai trò này cần một quản trị viên khác xác nhận.",
            "Administrators keep accounts; they do not see dossiers. Another administrator has to confirm this role."
        ),
        required: true,
        values: roles.ordered.map(\.rawValue)
    )
}

/// Shows a one-time password, this once.
func oneTimePasswordPage(
    _ next: String,
    _ userName: String,
    _ password: Password,
    _ context: OfficerContext
) -> Response {
    let say = context.language
    var response = page(
        say("Mật khẩu một lần", "One-time password"),
        context,
        crumbs: [Crumb(say("Cán bộ", "Staff"), "/work/staff")]
    ) {
        """
        \(notice(.waiting) { """
            <p>\(say(
                "Mật khẩu này chỉ hiện một lần, dùng được trong 7 ngày và phải đổi khi đăng nhập lần đầu. Hãy trao tận tay.",
                "This password is shown once, works for 7 days and has to be changed at the first sign-in. Hand it over in person."
            ))</p>
            """ })
        \(definitionList([
            (say("Tên đăng nhập", "User name"), .text(userName)),
            (say("Mật khẩu một lần", "One-time password"), "<code>\(password.text)</code>"),
        ]))
        \(actions(linkButton(say("Xong", "Done"), next)))
        """
    }
    response.headers[.cacheControl] = "no-store"
    return response
}
