import Kernel
import Markup
import Web

/// Where somebody changes their own password.
func passwordPanel(_ form: Form, _ say: Language, action: String) -> HTML {
    panel(say("Đổi mật khẩu", "Change your password"), id: "password") {
        """
        <p>\(say("Đổi mật khẩu sẽ đăng xuất mọi thiết bị khác.", "Changing it signs out all your other devices."))</p>
        \(form.post(to: action, label: say("Đổi mật khẩu", "Change your password")) {
            """
            \(form.field("current", say("Mật khẩu hiện tại", "Current password"), .password, maxLength: 1000))
            \(newPasswordFields(form, say))
            \(actions(button(say("Đổi mật khẩu", "Change password"), .plain)))
            """
        })
        """
    }
}

/// Where somebody is signed in, and the way to end all of it but this.
func sessionsPanel(_ sessions: [SessionSummary], _ form: Form, _ say: Language, action: String) -> HTML {
    panel(say("Các phiên đăng nhập", "Where you are signed in"), id: "sessions") {
        """
        \(table(
            say("Các phiên đăng nhập đang mở", "Open sessions"),
            [
                Column(say("Thiết bị", "Device")), Column(say("Đăng nhập lúc", "Signed in")),
                Column(say("Dùng lần cuối", "Last used")),
            ],
            hidesCaption: true,
            rows: sessions.map { session in
                [
                    """
                    \(session.device.isEmpty ? say("Thiết bị khác", "Another device") : session.device) \
                    \(session.isCurrent ? tag(say("Phiên này", "This one"), .active) : nil)
                    """, .text(session.created.localMinute.vietnamese), .text(session.seen.localMinute.vietnamese),
                ]
            }
        ))
        \(sessions.count > 1 ? form.post(to: action) { actions(button(say("Đăng xuất mọi thiết bị khác", "Sign out everywhere else"), .plain)) } : nil)
        """
    }
}

/// Says what has just been done; the word comes back with the redirect.
func doneNotice(_ done: String?, _ say: Language) -> HTML? {
    let words: String? =
        switch done {
        case "contact": say("Đã lưu thông tin của bạn.", "Your details are saved.")
        case "password":
            say(
                "Đã đổi mật khẩu. Các thiết bị khác đã bị đăng xuất.",
                "Your password is changed. Other devices are signed out."
            )
        case "sessions": say("Đã đăng xuất mọi thiết bị khác.", "All other devices are signed out.")
        case "agency": say("Đã chuyển cơ quan làm việc.", "You now act for this agency.")
        default: nil
        }
    return words.map { words in notice(.good) { "<p>\(words)</p>" } }
}
