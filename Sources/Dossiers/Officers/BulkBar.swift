import Kernel
import Markup
import Web

/// The acts that a list offers on the dossiers ticked in it.
struct BulkBar {
    let inbox: Inbox
    let officer: ActingOfficer
    let colleagues: [Colleague]

    /// What can be done with several dossiers of the list; empty where each needs to be opened.
    var acts: [Act] {
        let roles = officer.allRoles
        return switch inbox {
        case .accepted where roles.contains(.reception): [.handOver]
        case .turn(let role) where roles.contains(role): [.completeStep, .take]
        case .mine: [.completeStep]
        case .finished where roles.contains(.returns): [.returnResult]
        case .new, .accepted, .turn, .opinions, .waiting, .late, .dueSoon, .answerLate, .answerSoon, .unanswered,
            .finished,
            .passed, .received, .closed,
            .all:
            []
        }
    }

    func show(_ form: Form, _ say: Language) -> HTML? {
        guard !acts.isEmpty else { return nil }
        return """
            <div class="bulk">\(fields(form, say))\(acts.enumerated().map { index, act in
                button(label(act, say), index == 0 ? .main : .plain, name: "act", value: act.rawValue, key: act.key)
            })</div>
            """
    }

    private func fields(_ form: Form, _ say: Language) -> HTML? {
        if acts.contains(.handOver) {
            return form.select(
                "officer",
                say("Chuyển các hồ sơ đã chọn cho", "Hand the chosen dossiers to"),
                colleagues.map { Choice($0.id.rawValue, $0.name) },
                required: false
            )
        }
        if acts.contains(.returnResult) {
            return form.select(
                "method",
                say("Trả kết quả các hồ sơ đã chọn", "Return the chosen results"),
                [ReturnMethod.counter, .post].map { Choice($0.rawValue, say($0.words)) }
            )
        }
        return nil
    }

    private func label(_ act: Act, _ say: Language) -> String {
        guard act == .completeStep else { return say(act.name) }
        return inbox == .turn(.leader)
            ? say("Ký duyệt các hồ sơ đã chọn", "Sign the chosen dossiers")
            : say("Hoàn thành bước các hồ sơ đã chọn", "Complete the step of the chosen ones")
    }
}
