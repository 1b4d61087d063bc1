import DossierCore
import Kernel
import Markup
import Web

/// Who came for a result, as it was said.
struct CollectorSaid: Codable, Sendable {
    enum Who: String, Codable, Sendable { case applicant, other }

    /// The applicant, or somebody whom they have sent.
    let collector: Given<Who>?
    let name: String?
    let identity: String?
    let authorisation: String?
    /// They have signed the slip.
    let signed: Bool?

    init(_ form: FormData) {
        collector = form.given("collector", Who.init(rawValue:))
        (name, identity, authorisation) = (form["name"], form["identity"], form["authorisation"])
        signed = form.isTicked("signed")
    }
}

extension CollectorSaid {
    /// Nobody comes to the counter for what goes by post: who is named there all the same was meant for something.
    var strangersToThePost: [FieldError] {
        [("name", name), ("identity", identity), ("authorisation", authorisation)].compactMap { field, typed in
            guard typed?.written != nil else { return nil }
            return FieldError(
                field,
                "Đã chọn gửi qua bưu điện nhưng lại ghi người nhận tại quầy. Hãy xóa ô này, hoặc chọn trả tại quầy.",
                "It is sent by post, and somebody at the counter is entered. Clear this, or choose the counter."
            )
        }
    }
}

/// Who came for a result.
struct Collector: Sendable {
    let name: String
    let identity: String?
    /// By what they may; nil for the applicant.
    let authorisation: String?
    let hasSigned: Bool

    /// In characters.
    private static let longestName = 150, longestIdentity = 40, longestAuthorisation = 300

    init?(_ said: CollectorSaid, applicant: String, _ wrong: inout [FieldError]) {
        let before = wrong.count
        func bounded(_ typed: String?, _ field: String, most: Int) -> String? {
            guard let text = typed?.written else { return nil }
            if text.count > most { wrong.append(.tooLong(field, text, most: most)) }
            return text
        }
        identity = bounded(said.identity, "identity", most: Self.longestIdentity)
        let authorisation = bounded(said.authorisation, "authorisation", most: Self.longestAuthorisation)
        let name = bounded(said.name, "name", most: Self.longestName)
        hasSigned = said.signed == true
        switch said.collector?.value {
        case .applicant:
            for (field, typed) in [("name", name), ("authorisation", authorisation)] where typed != nil {
                wrong.append(
                    FieldError(
                        field,
                        "Đã chọn chính người nộp nhận nhưng lại ghi người nhận thay. Hãy xóa ô này, hoặc chọn “người nhận thay”.",
                        "The applicant is chosen, and somebody else is entered. Clear this, or choose “somebody for them”."
                    )
                )
            }
            (self.name, self.authorisation) = (applicant, nil)
        case .other:
            if name == nil {
                wrong.append(
                    FieldError(
                        "name",
                        "Chưa ghi họ tên người nhận thay. Hãy ghi như trên giấy tờ của họ.",
                        "The collector’s name is missing. Enter it as on their papers."
                    )
                )
            }
            if authorisation == nil {
                wrong.append(
                    FieldError(
                        "authorisation",
                        "Chưa ghi giấy ủy quyền hoặc quan hệ. Hãy ghi số, ngày của giấy, hoặc ví dụ “vợ, có giấy chứng nhận kết hôn”.",
                        "By what they may collect it is missing. Enter the paper with its date, or for example “wife, marriage certificate shown”."
                    )
                )
            }
            (self.name, self.authorisation) = (name ?? "", authorisation)
        case nil:
            wrong.append(
                FieldError(
                    "collector",
                    "Chưa chọn ai nhận kết quả. Hãy chọn một mục.",
                    "Please choose who collects the result."
                )
            )
            return nil
        }
        if wrong.count > before { return nil }
    }

    func text(at now: Instant) -> DossierTexts.Draft {
        let parts = [
            authorisation == nil ? "Người nhận: \(name) (chính người nộp hồ sơ)" : "Người nhận thay: \(name)",
            identity.map { "Giấy tờ: \($0)" }, authorisation.map { "Ủy quyền: \($0)" },
            hasSigned ? "Đã ký nhận trên phiếu" : "Chưa ký nhận trên phiếu",
        ]
        return DossierTexts.Draft(parts.compactMap(\.self).joined(separator: "\n"), .remark, at: now)
    }

    /// What a page sends instead of a collector for what goes by post.
    static let byPost = "post"

    /// The way of return and who collects, as one choice.
    static func fields(_ form: Form, applicant: String, _ say: Language) -> HTML {
        let onlyForOthers = say("Chỉ khi trả cho người nhận thay.", "Only if somebody collects for them.")
        func field(_ name: String, _ label: String, _ kind: FieldKind, most: Int, hint: String) -> HTML {
            form.field(name, label, kind, hint: hint, required: false, maxLength: most, autocomplete: "off")
        }
        return """
            \(form.radios(
                "collector",
                say("Trả cho ai, bằng cách nào?", "To whom, and how?"),
                [
                    Choice(CollectorSaid.Who.applicant.rawValue, say("Tại quầy, cho chính người nộp: \(applicant)", "At the counter, to the applicant: \(applicant)")),
                    Choice(CollectorSaid.Who.other.rawValue, say("Tại quầy, cho người nhận thay", "At the counter, to somebody for them")),
                    Choice(byPost, say("Đã gửi qua bưu điện", "Sent by post")),
                ]
            ))
            \(field("name", say("Họ tên người nhận thay", "Name of whoever collects for them"), .name, most: longestName, hint: onlyForOthers))
            \(field("authorisation", say("Giấy ủy quyền hoặc quan hệ", "Authorisation or relation"), .text, most: longestAuthorisation, hint: onlyForOthers))
            \(field("identity", say("Số giấy tờ tùy thân đã xem", "Number of the identity paper shown"), .text, most: longestIdentity, hint: say("Khi trả tại quầy.", "When returned at the counter.")))
            \(form.checkbox("signed", say("Người nhận đã ký trên phiếu", "The collector has signed the slip")))
            """
    }
}
