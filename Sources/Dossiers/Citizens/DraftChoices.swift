import Agencies
import Catalogue
import DossierCore
import Kernel
import Web

/// What is chosen before a form is filled in – agency, case, way of return – as a section of a form: so it is saved field
/// by field, against what the page showed, as the others are.
struct DraftChoices: Sendable {
    let section: FormSection
    private let rules: FilingRules

    init(_ rules: FilingRules, among agencies: [AgencyProfile]) {
        self.rules = rules
        func choice(_ key: String, _ label: Words, _ options: [FieldOption]) -> FormField {
            FormField(key: key, label: label, type: .choice, options: .own(options))
        }
        var fields = [
            choice(
                "agency",
                Words("Cơ quan giải quyết", "Agency"),
                agencies.map { FieldOption($0.id.rawValue, $0.name) }
            )
        ]
        if !rules.revision.cases.isEmpty {
            fields.append(
                choice(
                    "situation",
                    Words("Trường hợp của bạn", "Your case"),
                    rules.revision.cases.map { FieldOption($0.key, $0.name) }
                )
            )
        }
        fields.append(
            choice(
                "returnBy",
                Words("Cách nhận kết quả", "How to receive the result"),
                rules.returnMethods.map { FieldOption($0.rawValue, $0.words) }
            )
        )
        if rules.asksReturnAddress, rules.returnMethods.contains(.post) {
            let label = Words("Địa chỉ nhận kết quả qua bưu điện", "Address for the post")
            fields.append(FormField(key: "deliveryAddress", label: label, type: .address))
        }
        section = FormSection(key: "choices", name: Words("Lựa chọn của bạn", "Your choices"), fields: fields)
    }

    /// What `draft` holds.
    func answers(of draft: Draft) throws -> Answers {
        let stored: [String: String?] = [
            "agency": draft.agency.rawValue, "situation": draft.situation, "returnBy": draft.returnBy.rawValue,
            "deliveryAddress": try Answers(stored: draft.answers)["delivery", "deliveryAddress"],
        ]
        var answers = Answers()
        for field in section.fields { answers[section.key, field.key] = stored[field.key] ?? nil }
        return answers
    }

    func marks(of draft: Draft) throws -> ReadMarks { ReadMarks(section, in: try answers(of: draft)) }

    /// What was sent, by the paths that clashes are called by; the page calls its fields by their keys.
    func pairs(_ form: FormData) -> [(name: String, value: String)] {
        form.answerPairs.map { section.field($0.name) == nil ? $0 : (path($0.name), $0.value) }
    }

    private func path(_ key: String) -> String { FieldPath(section: section.key, field: key).rawValue }

    /// What a page showed that has sent `form`, or what `draft` holds where it showed nothing of a field.
    func typed(_ form: FormData, over draft: Draft) throws -> FormData {
        let (sent, stored) = (pairs(form), try answers(of: draft))
        return section.fields.reduce(into: FormData()) { typed, field in
            let value = sent.last { $0.name == path(field.key) }?.value
            typed.append(field.key, value ?? stored[section.key, field.key] ?? "")
        }
    }

    /// What is chosen once `form` is taken over into `draft`, unless something is wrong with it.
    func reading(_ form: FormData, into draft: Draft) throws -> (chosen: Drafts.Choices?, found: Found) {
        let (definition, earlier) = (FormDefinition(sections: [section]), try answers(of: draft))
        // A page without marks is one of an earlier version: it says what everything is.
        let reading =
            form.marks.map { definition.reading(pairs(form), into: earlier, of: section, readAs: $0) }
            ?? definition.reading(pairs(form), into: earlier)
        func answer(_ key: String) -> String? { reading.answers[section.key, key] }
        let method = answer("returnBy").flatMap(ReturnMethod.init(rawValue:))
        let (address, wrong) = rules.returnAddress(answer("deliveryAddress"), for: method)
        let agency = answer("agency")
        let errors =
            (agency == nil ? [FilingDesk.agencyMissing] : []) + rules.check(situation: answer("situation"))
            + rules.check(returnBy: method) + wrong
        guard errors.isEmpty, let agency, let method else { return (nil, Found(errors: errors)) }
        var answers = try Answers(stored: draft.answers)
        if section.field("deliveryAddress") != nil { answers["delivery", "deliveryAddress"] = address }
        let chosen = Drafts.Choices(
            situation: answer("situation"),
            agency: ID(rawValue: agency),
            returnBy: method,
            answers: answers.json
        )
        return (chosen, Found(clashes: reading.clashes))
    }

    struct Found: Sendable {
        var errors: [FieldError] = []
        var clashes: [AnswerClash] = []
    }
}
