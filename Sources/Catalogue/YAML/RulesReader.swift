import Kernel
import Web

/// Reads the rules that compare the answers of several sections.
struct RulesReader {
    let sections: [FormSection]
    let lists: [String: [FieldOption]]

    private static let keys = [
        "key", "kind", "vi", "en", "years", "days", "below", "above", "same", "differ", "says", "given", "when",
    ]
    private static let dates: Set<FieldType> = [.date, .partialDate]

    func read(_ nodes: [YAMLNode]) -> [PlausibilityRule] {
        var keys = KeySet(of: Words("Quy tắc", "rule"))
        return nodes.compactMap { rule($0, into: &keys) }
    }

    private func rule(_ node: YAMLNode, into keys: inout KeySet) -> PlausibilityRule? {
        guard let object = node.object(Self.keys) else { return nil }
        let keyNode = object.required("key")
        let key = keyNode?.key(.dashed)
        if let key, let keyNode { keys.insert(key, keyNode) }
        let kind = object.required("kind")?.word(PlausibilityRule.Kind.self)
        let message = object.words()
        let clauses = clauses(object)
        judgeRows(clauses, node)
        guard let key, let kind, let message else { return nil }
        let rule = PlausibilityRule(key: key, kind: kind, message: message, clauses: clauses)
        if rule.places.isEmpty {
            node.fault(
                Words("Quy tắc “\(key)” không so sánh gì.", "The rule “\(key)” compares nothing."),
                Words(
                    "Thêm years, days, same, differ, says hoặc given.",
                    "Add years, days, same, differ, says or given."
                )
            )
        }
        return rule
    }

    private func clauses(_ object: YAMLObject) -> [PlausibilityRule.Clause] {
        var clauses: [PlausibilityRule.Clause?] = []
        if let node = object["years"] ?? object["days"] {
            clauses.append(span(node, object["years"] == nil ? .days : .years, object))
        } else if let node = object["below"] ?? object["above"] {
            node.fault(
                Words("below và above đi với years hoặc days.", "below and above go with years or days."),
                Words("Thêm years: [từ, đến].", "Add years: [from, to].")
            )
        }
        if let pair = object["same"].flatMap({ pair($0, of: nil) }) { clauses.append(.same(pair.0, pair.1)) }
        if let pair = object["differ"].flatMap({ pair($0, of: nil) }) { clauses.append(.differ(pair.0, pair.1)) }
        if let says = object["says"]?.object(["field", "words"]) {
            let words = says.requiredList("words").compactMap { $0.text() }
            clauses.append(says.required("field").flatMap { place($0, of: nil) }.map { .says($0, words: words) })
        }
        if let given = object["given"] { clauses.append(place(given, of: nil).map { .given($0) }) }
        if let when = object["when"] {
            let context = FormContext(earlier: sections, section: nil, isRepeated: false, fields: [])
            let reader = ConditionReader(context: context, lists: lists)
            for node in when.isObject ? [when] : when.list() ?? [] {
                clauses.append(reader.read(node).map { .when($0) })
            }
        }
        return clauses.compactMap(\.self)
    }

    private func span(_ node: YAMLNode, _ unit: PlausibilityRule.Unit, _ object: YAMLObject) -> PlausibilityRule.Clause?
    {
        let (below, above) = (
            object["below"]?.integer(-200_000...200_000), object["above"]?.integer(-200_000...200_000)
        )
        if below == nil, above == nil {
            node.fault(
                Words("Không nói từ bao nhiêu thì sai.", "It does not say how many are too few or too many."),
                Words("Thêm below hoặc above.", "Add below or above.")
            )
        }
        return pair(node, of: Self.dates).map { .span(unit, from: $0.0, to: $0.1, below: below, above: above) }
    }

    private func pair(
        _ node: YAMLNode,
        of types: Set<FieldType>?
    ) -> (PlausibilityRule.Place, PlausibilityRule.Place)? {
        guard let nodes = node.list() else { return nil }
        let places = nodes.compactMap { place($0, of: types) }
        guard nodes.count == 2 else {
            node.fault(
                Words("Phải so sánh đúng hai trường.", "Two fields are compared, no more and no less."),
                Words("Viết [phần.trường, phần.trường].", "Write [section.field, section.field].")
            )
            return nil
        }
        return places.count == 2 ? (places[0], places[1]) : nil
    }

    private func place(_ node: YAMLNode, of types: Set<FieldType>?) -> PlausibilityRule.Place? {
        guard let text = node.text() else { return nil }
        if text == "today", types == Self.dates { return .today }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let field = sections.first(where: { $0.key == parts[0] })?.field(parts[1]) else {
            node.fault(
                Words("Không có trường “\(text)” trong biểu mẫu.", "The form has no field “\(text)”."),
                Words("Viết phần.trường của biểu mẫu này.", "Write section.field of this form.")
            )
            return nil
        }
        let isOneText = field.type != .choices && types?.contains(field.type) ?? true
        guard isOneText else {
            node.fault(
                Words(
                    "Trường “\(text)” không so sánh như vậy được.",
                    "The field “\(text)” cannot be compared like this."
                ),
                Words("years và days cần trường ngày.", "years and days need dates.")
            )
            return nil
        }
        return .field(section: parts[0], key: parts[1])
    }

    /// Nobody could say which rows of two lists belong together.
    private func judgeRows(_ clauses: [PlausibilityRule.Clause], _ node: YAMLNode) {
        let rule = PlausibilityRule(key: "", kind: .refused, message: Words("", ""), clauses: clauses)
        let named = Set(rule.places.map(\.section))
        guard sections.count(where: { $0.rows != nil && named.contains($0.key) }) > 1 else { return }
        node.fault(
            Words("Quy tắc so sánh hai phần lặp lại.", "The rule compares two repeated sections."),
            Words("Chỉ dùng trường của một phần lặp lại.", "Use the fields of one repeated section only.")
        )
    }
}
