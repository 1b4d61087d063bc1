import DossierCore
import Kernel
import Markup
import Web

/// The text of an act: a reason, a request, a remark. It lies in a row of its own, which can be erased.
struct ActText: Sendable {
    let label: Words
    /// What is told where nothing was written; nil where it may be left out.
    var missing: FieldError? = ActText.nothingWritten
    var rows = 5
    /// Stands in the field beforehand.
    var usual: String?

    static let reasons = ActText(label: Words("Lý do và căn cứ", "Reasons and legal basis"))

    static let nothingWritten = FieldError(
        "text",
        "Chưa ghi nội dung. Hãy viết rõ để người nhận hiểu và làm được.",
        "Nothing is written yet. Please write it so that the reader understands and can act."
    )

    func field(_ asked: ActForm) -> HTML {
        asked.form.textArea(
            "text",
            asked.say(label),
            required: missing != nil,
            maxLength: DossierTexts.Draft.longestRemark,
            rows: rows,
            value: usual
        )
    }

    func read(_ typed: String?, at now: Instant, _ wrong: inout [FieldError]) -> DossierTexts.Draft? {
        guard let text = typed?.written else {
            if let missing { wrong.append(missing) }
            return nil
        }
        return DossierTexts.Draft(remark: text, in: "text", at: now, &wrong)
    }
}

extension DossierTexts.Draft {
    /// In characters.
    static let longestRemark = 4000

    /// What somebody has written about a dossier; nil where it is too long, which is said of its field.
    init?(remark text: String, in field: String, at now: Instant, _ wrong: inout [FieldError]) {
        guard text.count <= Self.longestRemark else {
            wrong.append(.tooLong(field, text, most: Self.longestRemark))
            return nil
        }
        self.init(text, .remark, at: now)
    }
}

/// The colleague who gets the dossier.
struct ColleagueField: Sendable {
    var label = Words("Người nhận", "To whom")
    var isRequired = false

    private static let byTheRules = Words(
        "Để trống: theo quy tắc phân công của cơ quan; nếu không có quy tắc, ai có vai trò đều nhận được.",
        "Leave empty to follow the agency's rules of assignment, or else for anyone with the role."
    )

    /// Those who hold one of `roles`, without `others`.
    func field(_ asked: ActForm, holding roles: Set<Role>, without others: Set<ID<Officer>> = []) async throws -> HTML {
        let able = try await asked.scene.colleagues().filter {
            !$0.roles.isDisjoint(with: roles) && !others.contains($0.id)
        }
        guard !able.isEmpty || !isRequired else {
            let names = roles.map { asked.say($0.words).lowercased() }.joined(separator: ", ")
            return notice {
                "<p>\(asked.say("Cơ quan không có ai khác là \(names).", "Nobody else in the agency is \(names)."))</p>"
            }
        }
        return asked.form.select(
            "officer",
            asked.say(label),
            able.map { Web.Choice($0.id.rawValue, $0.nameAndRoles(asked.say)) },
            hint: isRequired ? nil : asked.say(Self.byTheRules),
            required: isRequired
        )
    }

    func read(_ id: String?, among colleagues: () async throws -> [Colleague], _ wrong: inout [FieldError])
        async throws -> Colleague?
    {
        guard let id = id?.written else {
            if isRequired {
                wrong.append(
                    FieldError(
                        "officer",
                        "Chưa chọn người nhận. Hãy chọn trong danh sách.",
                        "Please choose a colleague."
                    )
                )
            }
            return nil
        }
        let colleague = try await colleagues().first { $0.id.rawValue == id }
        if colleague == nil { wrong.append(.stranger) }
        return colleague
    }
}

extension Colleague {
    func nameAndRoles(_ say: Language) -> String {
        let roles = roles.sorted { $0.rawValue < $1.rawValue }.map { say($0.words) }
        return "\(name) (\(roles.joined(separator: ", ")))"
    }
}

extension [Colleague] {
    /// Their names; somebody who has left has none among them.
    var names: [ID<Officer>: String] {
        Dictionary(map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}
