import Kernel
import Persistence
import Web

/// What is typed at the door.
struct TicketForm {
    private let form: FormData

    init(_ form: FormData) { self.form = form }

    /// `scope` is within what the number that was typed stands for a person: nil where it is known to be theirs. What is
    /// claimed of priority counts at once where an officer sees it.
    func wish(
        of scope: String? = nil,
        papers: TicketRequest.Papers? = nil,
        mayLackHolder: Bool = false,
        isSeenByOfficer: Bool = false,
        in language: Language = .vi
    ) throws(Problem) -> TicketBook.Wish {
        var errors: [FieldError] = []
        let line = LineKey(rawValue: form["line"] ?? "")
        if line == nil {
            errors.append(FieldError("line", "Hãy chọn việc bạn cần làm.", "Please choose what you come for."))
        }
        let holder = holder(mayLackHolder)
        if holder == nil {
            errors.append(
                FieldError(
                    "holder",
                    "Hãy nhập số điện thoại di động (10 số) hoặc số định danh cá nhân (12 số).",
                    "Please enter a mobile number (10 digits) or an identity number (12 digits)."
                )
            )
        }
        let priority = form.filled("priority").flatMap(PriorityReason.init)
        if form.filled("priority") != nil, priority == nil {
            errors.append(
                FieldError("priority", "Hãy chọn diện ưu tiên trong danh sách.", "Please choose one of the list.")
            )
        }
        guard let line, let holder, errors.isEmpty else { throw .invalid(errors) }
        return TicketBook.Wish(
            line,
            holder: scope.map { "\($0) \(holder)" } ?? holder,
            phone: form.filled("holder").flatMap(PhoneNumber.init(rawValue:)),
            priority: isSeenByOfficer ? priority : nil,
            claiming: isSeenByOfficer ? nil : priority,
            acknowledgesHealth: form["health"] == "yes",
            papers: papers,
            in: language
        )
    }

    /// The same person is the same text, however the number was typed. At the desk somebody may have neither: then
    /// the form's own key stands for them.
    private func holder(_ mayBeLacking: Bool) -> String? {
        guard let typed = form.filled("holder") else {
            return mayBeLacking ? form.filled("key").map { "none \($0)" } : nil
        }
        return PhoneNumber(rawValue: typed).map { "phone \($0.rawValue)" }
            ?? NationalNumber(rawValue: typed).map { "person \($0.rawValue)" }
    }

    /// A form sent twice is one wish.
    static func key(_ form: FormData, scope: String) -> IdempotencyKey? {
        guard let key = form.filled("key"), (8...64).contains(key.utf8.count) else { return nil }
        let content = form.pairs.filter { $0.name != "pressed" }.map { "\($0.name)=\($0.value)" }.joined(
            separator: "\n"
        )
        // What was typed is part of the key: a mended form is another wish.
        return IdempotencyKey(scope: scope, key: "\(key) \(entityTag(of: content.utf8))", digest: "")
    }

    static func freshKey() -> String { hex(randomBytes(12)) }
}
