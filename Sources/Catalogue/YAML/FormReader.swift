import Kernel
import Web

/// Reads an electronic form and follows every reference in it.
struct FormReader {
    let lists: CatalogueLists

    func read(_ node: YAMLNode) -> FormDefinition? {
        guard let object = node.object(["sections", "rules"]) else { return nil }
        var keys = KeySet(of: Words("Phần", "section"))
        var sections: [FormSection] = []
        let nodes = object.requiredList("sections")
        for section in nodes {
            guard let read = self.section(section, after: sections, into: &keys) else { continue }
            sections.append(read)
        }
        if sections.count == nodes.count { judgeApplicant(node, sections) }
        let used = Set(
            sections.flatMap(\.fields).compactMap { if case .list(let name) = $0.options { name } else { nil } }
        )
        // A rule that names a field of a section with a fault of its own would be told another that it has not.
        let rules =
            sections.count == nodes.count
            ? RulesReader(sections: sections, lists: lists.options).read(object.list("rules")) : []
        return FormDefinition(
            sections: sections,
            lists: lists.options.filter { used.contains($0.key) },
            rules: rules
        )
    }

    private func section(_ node: YAMLNode, after earlier: [FormSection], into keys: inout KeySet) -> FormSection? {
        guard let object = node.object(["key", "vi", "en", "help", "repeat", "when", "fields"]) else { return nil }
        let keyNode = object.required("key")
        let key = keyNode?.key(.camel)
        if let key, let keyNode { keys.insert(key, keyNode) }
        if key == FormDefinition.confirmed {
            keyNode?.fault(
                Words("Khóa “confirmed” dành cho các xác nhận.", "The key “confirmed” is kept for confirmations."),
                Words("Đặt khóa khác cho phần này.", "Give the section another key.")
            )
        }
        let name = object.words()
        let rows = object["repeat"].flatMap(rows)
        let context = FormContext(earlier: earlier, section: nil, isRepeated: false, fields: [])
        let when = object["when"].flatMap { ConditionReader(context: context).read($0) }
        var fields: [FormField] = []
        var fieldKeys = KeySet(of: Words("Trường", "field"))
        for field in object.requiredList("fields") {
            let context = FormContext(earlier: earlier, section: key, isRepeated: rows != nil, fields: fields)
            if let read = FieldReader(context: context, lists: lists).read(field, into: &fieldKeys) {
                fields.append(read)
            }
        }
        judgeOrder(fields, object)
        guard let key, let name else { return nil }
        return FormSection(key: key, name: name, help: object["help"]?.words(), rows: rows, when: when, fields: fields)
    }

    private func rows(_ node: YAMLNode) -> FormSection.Rows? {
        guard let object = node.object(["min", "max"]) else { return nil }
        let least = object.required("min")?.integer(0...200)
        let most = object.required("max")?.integer(1...200)
        guard let least, let most else { return nil }
        if least > most {
            node.fault(
                Words("Số dòng tối thiểu lớn hơn tối đa.", "The smallest number of rows exceeds the largest."),
                Words("Sửa min hoặc max.", "Correct min or max.")
            )
        }
        return FormSection.Rows(min: least, max: most)
    }

    /// A check `after:` names a date of the same section.
    private func judgeOrder(_ fields: [FormField], _ object: YAMLObject) {
        for field in fields {
            guard case .after(let key) = field.check else { continue }
            let other = fields.first { $0.key == key }
            if other.map({ ![.date, .partialDate].contains($0.type) }) ?? true {
                let node = object.list("fields").first { $0.member("key") == field.key } ?? object.node
                node.fault(
                    Words(
                        "check: after:\(key) không chỉ đến một trường ngày cùng phần.",
                        "check: after:\(key) does not name a date of this section."
                    ),
                    Words(
                        "Viết khóa của một trường date hoặc partial-date trong phần này.",
                        "Write the key of a date or partial-date field of this section."
                    )
                )
            }
        }
    }

    /// The dossier's applicant is read from here, whatever the procedure.
    private func judgeApplicant(_ node: YAMLNode, _ sections: [FormSection]) {
        let first = sections.first
        let missing = ["fullName", "phone", "address"].filter { first?.field($0) == nil }
        if first?.key != "applicant" || first?.rows != nil || first?.when != nil || !missing.isEmpty {
            node.fault(
                Words(
                    "Phần đầu không phải là người nộp hồ sơ đầy đủ.",
                    "The first section is not a complete applicant."
                ),
                Words(
                    "Bắt đầu bằng phần applicant, không lặp, không điều kiện, có fullName, phone và address.",
                    "Begin with the section applicant, not repeated and without condition, with fullName, phone and address."
                )
            )
        }
    }
}

/// What a condition may refer to.
struct FormContext {
    let earlier: [FormSection]
    let section: String?
    let isRepeated: Bool
    /// The fields of the same section that come before.
    let fields: [FormField]
}
