import Web

/// Reads `{ field: section.key, is: [value, …] }`.
struct ConditionReader {
    let context: FormContext
    let lists: [String: [FieldOption]]

    init(context: FormContext, lists: [String: [FieldOption]] = [:]) {
        self.context = context
        self.lists = lists
    }

    func read(_ node: YAMLNode) -> Condition? {
        guard let object = node.object(["field", "is"]) else { return nil }
        let valueNodes = object.requiredList("is")
        guard let fieldNode = object.required("field"), let path = fieldNode.text() else { return nil }
        guard let (section, field) = target(path, fieldNode) else { return nil }
        let values = valueNodes.compactMap { value($0, of: field) }
        return Condition(section: section, field: field.key, values: values)
    }

    /// The section is nil when the field stands in the same row.
    private func target(_ path: String, _ node: YAMLNode) -> (String?, FormField)? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 1 || parts.count == 2 && parts[0] == context.section {
            if let field = context.fields.first(where: { $0.key == parts.last }) { return (nil, field) }
        } else if parts.count == 2, let section = context.earlier.first(where: { $0.key == parts[0] }) {
            if section.rows != nil {
                node.fault(
                    Words(
                        "Phần “\(parts[0])” lặp lại, không rõ là dòng nào.",
                        "The section “\(parts[0])” is repeated: no telling which row."
                    ),
                    Words(
                        "Điều kiện chỉ dùng trường của phần không lặp, hoặc của cùng dòng.",
                        "Refer to a section that is not repeated, or to the same row."
                    )
                )
                return nil
            }
            if let field = section.field(parts[1]) { return (section.key, field) }
        }
        node.fault(
            Words("Không có trường “\(path)” ở phía trước.", "There is no field “\(path)” before this one."),
            Words(
                "Viết phần.trường (hoặc chỉ tên trường nếu cùng phần) và đặt trường đó lên trước.",
                "Write section.field (or the field alone within a section) and put that field first."
            )
        )
        return nil
    }

    private func value(_ node: YAMLNode, of field: FormField) -> String? {
        guard var text = node.text() else { return nil }
        let known: [String]?
        switch field.type {
        case .yesNo:
            // YAML writers think of true and false; the form says yes and no.
            text = ["true": "yes", "false": "no"][text] ?? text
            known = FieldOption.yesOrNo.map(\.value)
        case .choice, .choices:
            known =
                switch field.options {
                case .own(let options): options.map(\.value)
                case .list(let name): lists[name]?.map(\.value)
                case nil: nil
                }
        case .name, .party, .text, .paragraph, .date, .partialDate, .number, .money, .phone, .email, .nationalNumber,
            .idNumber,
            .address:
            known = nil
        }
        if let known, !known.contains(text) {
            node.fault(
                Words(
                    "“\(text)” không phải là giá trị của trường “\(field.key)”.",
                    "“\(text)” is not a value of the field “\(field.key)”."
                ),
                Words(
                    "Viết một trong các giá trị: \(known.prefix(20).joined(separator: ", ")).",
                    "Write one of: \(known.prefix(20).joined(separator: ", "))."
                )
            )
        }
        return text
    }
}
