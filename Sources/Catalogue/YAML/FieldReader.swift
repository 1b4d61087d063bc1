import Kernel
import Web

/// Reads one field of a form.
struct FieldReader {
    let context: FormContext
    let lists: CatalogueLists

    private static let keys = [
        "key", "vi", "en", "type", "required", "when", "max", "at-least", "at-most", "options", "list", "help", "fill",
        "check", "counts",
    ]

    func read(_ node: YAMLNode, into keys: inout KeySet) -> FormField? {
        guard let object = node.object(FieldReader.keys) else { return nil }
        let keyNode = object.required("key")
        let key = keyNode?.key(.camel)
        if let key, let keyNode { keys.insert(key, keyNode) }
        let label = object.words()
        let type = object.required("type")?.word(FieldType.self)
        let conditions = ConditionReader(context: context, lists: lists.options)
        let required = object["required"].map { requirement($0, conditions) } ?? .never
        let when = object["when"].flatMap(conditions.read)
        guard let type else { return nil }
        let options = options(object, type)
        let limits = limits(object, type)
        let check = object["check"].flatMap { self.check($0, type) }
        let counts = object["counts"].flatMap { self.counts($0, type) }
        guard let key, let label, let required else { return nil }
        return FormField(
            key: key,
            label: label,
            type: type,
            required: required,
            when: when,
            maximum: object["max"]?.integer(1...20_000),
            atLeast: limits.least,
            atMost: limits.most,
            options: options,
            help: object["help"]?.words(),
            fill: object["fill"]?.word(FormField.Source.self),
            check: check,
            counts: counts
        )
    }

    private func counts(_ node: YAMLNode, _ type: FieldType) -> FeeUnit? {
        guard type == .number else {
            node.fault(
                Words("counts chỉ dùng cho number.", "counts is for number only."),
                Words("Xóa counts hoặc viết type: number.", "Delete counts, or write type: number.")
            )
            return nil
        }
        return node.word(FeeUnit.self)
    }

    private func requirement(_ node: YAMLNode, _ conditions: ConditionReader) -> FormField.Requirement? {
        if node.isMapping { return conditions.read(node).map(FormField.Requirement.when) }
        return node.flag().map { $0 ? .always : .never }
    }

    private func options(_ object: YAMLObject, _ type: FieldType) -> FormField.Options? {
        let isChoice = type == .choice || type == .choices
        switch (object["options"], object["list"]) {
        case (nil, nil):
            if isChoice {
                object.node.fault(
                    Words("Trường chọn mà không có gì để chọn.", "A choice without anything to choose."),
                    Words(
                        "Thêm options: [{ value, vi, en }] hoặc list: tên-danh-mục.",
                        "Add options: [{ value, vi, en }] or list: name-of-list."
                    )
                )
            }
            return nil
        case (let options?, nil) where isChoice: return .own(OptionsReader.read(options))
        case (nil, let list?) where isChoice: return self.list(list)
        case (let node?, _), (nil, let node?):
            node.fault(
                isChoice
                    ? Words("Có cả options và list.", "There are both options and list.")
                    : Words(
                        "Chỉ trường choice và choices có options hoặc list.",
                        "Only choice and choices have options or a list."
                    ),
                isChoice
                    ? Words("Giữ lại một trong hai.", "Keep one of them.")
                    : Words("Xóa đi, hoặc viết type: choice.", "Delete it, or write type: choice.")
            )
            return nil
        }
    }

    private func list(_ node: YAMLNode) -> FormField.Options? {
        guard let name = node.text() else { return nil }
        if lists.options[name] == nil {
            let known = lists.options.keys.sorted().joined(separator: ", ")
            node.fault(
                Words("Không có danh mục “\(name)”.", "There is no list “\(name)”."),
                Words("Tạo lists/\(name).yaml, hoặc dùng: \(known).", "Create lists/\(name).yaml, or use: \(known).")
            )
        }
        return .list(name)
    }

    private func limits(_ object: YAMLObject, _ type: FieldType) -> (least: Int?, most: Int?) {
        let range = -1_000_000_000_000...1_000_000_000_000_000
        let (least, most) = (object["at-least"]?.integer(range), object["at-most"]?.integer(range))
        if type != .number, type != .money, let node = object["at-least"] ?? object["at-most"] {
            node.fault(
                Words(
                    "at-least và at-most chỉ dùng cho number và money.",
                    "at-least and at-most are for number and money only."
                ),
                Words("Xóa đi; giới hạn độ dài bằng max.", "Delete it; limit the length with max.")
            )
        }
        if let least, let most, least > most {
            object["at-least"]?.fault(
                Words("at-least lớn hơn at-most.", "at-least exceeds at-most."),
                Words("Sửa một trong hai số.", "Correct one of the two.")
            )
        }
        return (least, most)
    }

    private func check(_ node: YAMLNode, _ type: FieldType) -> FormField.Check? {
        guard let text = node.text() else { return nil }
        if text == "whole", type == .number { return .whole }
        guard type == .date || type == .partialDate else {
            node.fault(
                Words(
                    "check chỉ dùng cho date, partial-date, và number (whole).",
                    "check is for date and partial-date, and for number (whole)."
                ),
                Words("Xóa check hoặc đổi type.", "Delete check, or change the type.")
            )
            return nil
        }
        switch text {
        case "not-future": return .notFuture
        case "not-past": return .notPast
        case "adult": return .adult
        case let text where text.hasPrefix("after:"): return .after(String(text.dropFirst(6)))
        default:
            node.fault(
                Words("“\(text)” không phải là một phép kiểm tra.", "“\(text)” is not a check."),
                Words(
                    "Viết not-future, not-past, adult hoặc after:khóa.",
                    "Write not-future, not-past, adult or after:key."
                )
            )
            return nil
        }
    }
}

/// Reads `[{ value, vi, en }, …]`, in a field or in a list of its own.
enum OptionsReader {
    static func read(_ node: YAMLNode) -> [FieldOption] {
        guard let nodes = node.list() else { return [] }
        if nodes.isEmpty {
            node.fault(
                Words("Không có gì để chọn.", "There is nothing to choose."),
                Words("Thêm ít nhất một mục { value, vi, en }.", "Add at least one { value, vi, en }.")
            )
        }
        var values = KeySet(of: Words("Giá trị", "value"))
        return nodes.compactMap { node in
            guard let object = node.object(["value", "vi", "en"]) else { return nil }
            let name = object.words()
            guard let valueNode = object.required("value"), let value = valueNode.text() else { return nil }
            values.insert(value, valueNode)
            return name.map { FieldOption(value, $0) }
        }
    }
}
