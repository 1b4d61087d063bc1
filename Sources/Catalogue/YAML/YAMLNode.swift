import Kernel
import Web
import Yams

/// A value in a file of the catalogue. Reading it as something it is not writes down a fault and gives nil.
struct YAMLNode {
    let node: Node
    let log: FaultLog

    var line: Int { max(1, node.mark?.line ?? 1) }

    func fault(_ problem: Words, _ remedy: Words) {
        log.add(line: line, column: max(1, node.mark?.column ?? 1), problem, remedy)
    }

    /// The text of a scalar exactly as it stands in the file, so that a code does not lose its last zero.
    func text() -> String? {
        guard case .scalar(let scalar) = node else {
            fault(
                Words("Ở đây phải là một văn bản.", "This must be a text."),
                Words("Viết một văn bản trên cùng dòng với khóa.", "Write a text on the line of the key.")
            )
            return nil
        }
        let isAbsent = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        let text = scalar.string.tidied
        guard !isAbsent, !text.isEmpty else {
            fault(
                Words("Giá trị còn trống.", "The value is empty."),
                Words("Điền giá trị hoặc xóa khóa này.", "Fill it in, or delete the key.")
            )
            return nil
        }
        return text
    }

    var isScalar: Bool { if case .scalar = node { true } else { false } }
    var isMapping: Bool { if case .mapping = node { true } else { false } }

    /// The text under `key`, for finding a thing again that was read before.
    func member(_ key: String) -> String? { node.mapping?[.init(key)]?.string }

    func list() -> [YAMLNode]? {
        guard case .sequence(let sequence) = node else {
            fault(
                Words("Ở đây phải là một danh sách.", "This must be a list."),
                Words(
                    "Viết [a, b] hoặc mỗi mục một dòng bắt đầu bằng “- ”.",
                    "Write [a, b], or one item per line after “- ”."
                )
            )
            return nil
        }
        return sequence.map { YAMLNode(node: $0, log: log) }
    }

    /// Whether it is pairs of keys and values, where a list may hold both these and others.
    var isObject: Bool {
        if case .mapping = node { true } else { false }
    }

    /// The members of a mapping; every key outside `known` is a fault.
    func object(_ known: [String]) -> YAMLObject? {
        guard case .mapping(let mapping) = node else {
            fault(
                Words("Ở đây phải là các cặp khóa: giá trị.", "This must be pairs of key: value."),
                Words(
                    "Viết { khóa: giá trị } với các khóa: \(known.joined(separator: ", ")).",
                    "Write { key: value } with the keys: \(known.joined(separator: ", "))."
                )
            )
            return nil
        }
        var members: [String: YAMLNode] = [:]
        for (key, value) in mapping {
            let keyNode = YAMLNode(node: key, log: log)
            guard let name = keyNode.text() else { continue }
            guard known.contains(name) else {
                let nearest = known.min { distance($0, name) < distance($1, name) }
                let meant = nearest.flatMap { distance($0, name) <= 2 ? $0 : nil }
                keyNode.fault(
                    Words("Khóa lạ: \(name).", "Unknown key: \(name)."),
                    meant.map { Words("Có phải là “\($0)”?", "Is it “\($0)”?") }
                        ?? Words(
                            "Xóa đi. Các khóa hợp lệ: \(known.joined(separator: ", ")).",
                            "Delete it. Keys known here: \(known.joined(separator: ", "))."
                        )
                )
                continue
            }
            members[name] = YAMLNode(node: value, log: log)
        }
        return YAMLObject(node: self, members: members)
    }

    private func distance(_ left: String, _ right: String) -> Int {
        editDistance(Array(left.utf8), Array(right.lowercased().utf8), limit: 3)
    }
}

extension YAMLNode {
    func words() -> Words? {
        object(["vi", "en"])?.words()
    }

    func flag() -> Bool? {
        guard let text = text() else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            fault(
                Words("“\(text)” không phải là true hay false.", "“\(text)” is neither true nor false."),
                Words("Viết true hoặc false.", "Write true or false.")
            )
            return nil
        }
    }

    func integer(_ range: ClosedRange<Int>) -> Int? {
        guard let text = text() else { return nil }
        guard let integer = Int(typed: text, in: range) else {
            fault(
                Words(
                    "“\(text)” không phải là số nguyên từ \(range.lowerBound) đến \(range.upperBound).",
                    "“\(text)” is not an integer from \(range.lowerBound) to \(range.upperBound)."
                ),
                Words("Viết bằng chữ số, không có dấu chấm và đơn vị.", "Write digits only, without dots and units.")
            )
            return nil
        }
        return integer
    }

    func date() -> LocalDate? {
        guard let text = text() else { return nil }
        guard let date = LocalDate(rawValue: text) else {
            fault(
                Words("“\(text)” không phải là ngày có thật.", "“\(text)” is not a real date."),
                Words("Viết năm-tháng-ngày, ví dụ 2021-01-01.", "Write year-month-day, such as 2021-01-01.")
            )
            return nil
        }
        return date
    }

    /// One of the words of an enumeration.
    func word<W: RawRepresentable<String>>(of type: W.Type, among known: [W]) -> W? {
        guard let text = text() else { return nil }
        guard let word = W(rawValue: text), known.contains(where: { $0.rawValue == text }) else {
            let words = known.map(\.rawValue).joined(separator: ", ")
            fault(
                Words("“\(text)” không có nghĩa ở đây.", "“\(text)” means nothing here."),
                Words("Viết một trong các từ: \(words).", "Write one of: \(words).")
            )
            return nil
        }
        return word
    }

    func word<W: RawRepresentable<String> & CaseIterable>(_ type: W.Type) -> W? {
        word(of: type, among: Array(type.allCases))
    }

    /// A key of ours: lower case with dashes for things, camel case for fields.
    func key(_ style: KeyStyle) -> String? {
        guard let text = text() else { return nil }
        let bytes = Array(text.utf8)
        let isLetter: (UInt8) -> Bool = { (97...122).contains($0) }
        let isDigit: (UInt8) -> Bool = { (48...57).contains($0) }
        let isInner: (UInt8) -> Bool =
            switch style {
            case .dashed: { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
            case .camel: { isLetter($0) || isDigit($0) || (65...90).contains($0) }
            }
        guard let first = bytes.first, isLetter(first), bytes.allSatisfy(isInner), bytes.count <= 64 else {
            fault(
                Words("Khóa “\(text)” viết sai.", "The key “\(text)” is not well formed."),
                style == .dashed
                    ? Words(
                        "Dùng chữ thường không dấu, chữ số và dấu gạch ngang, ví dụ birth-proof.",
                        "Use lower-case letters, digits and dashes, such as birth-proof."
                    )
                    : Words(
                        "Dùng chữ không dấu và chữ số, bắt đầu bằng chữ thường, ví dụ birthDate.",
                        "Use letters and digits and begin in lower case, such as birthDate."
                    )
            )
            return nil
        }
        return text
    }
}

enum KeyStyle { case dashed, camel }
