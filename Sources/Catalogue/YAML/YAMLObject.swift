import Kernel
import Web

/// A mapping whose keys are known; what is missing or wrong is written down where it stands.
struct YAMLObject {
    let node: YAMLNode
    private(set) var members: [String: YAMLNode]

    init(node: YAMLNode, members: [String: YAMLNode]) {
        self.node = node
        self.members = members
    }

    subscript(key: String) -> YAMLNode? { members[key] }

    func required(_ key: String) -> YAMLNode? {
        if let member = members[key] { return member }
        node.fault(
            Words("Thiếu khóa “\(key)”.", "The key “\(key)” is missing."),
            Words("Thêm “\(key):” vào đây.", "Add “\(key):” here.")
        )
        return nil
    }

    /// The names in both languages that stand directly in this mapping.
    func words() -> Words? {
        let vi = required("vi")?.text()
        let en = required("en")?.text()
        guard let vi, let en else { return nil }
        return Words(vi, en)
    }

    /// A list that may be left out.
    func list(_ key: String) -> [YAMLNode] { members[key]?.list() ?? [] }

    /// A list that must hold something.
    func requiredList(_ key: String) -> [YAMLNode] {
        guard let member = required(key), let list = member.list() else { return [] }
        if list.isEmpty {
            member.fault(
                Words("Danh sách “\(key)” trống.", "The list “\(key)” is empty."),
                Words("Thêm ít nhất một mục.", "Add at least one item.")
            )
        }
        return list
    }

    /// This mapping with the members of `other` where it has none itself.
    func inheriting(from other: YAMLObject, except own: Set<String>) -> YAMLObject {
        var result = self
        for (key, member) in other.members where result.members[key] == nil && !own.contains(key) {
            result.members[key] = member
        }
        return result
    }
}

/// Finds keys that are given to two things of one kind.
struct KeySet {
    private var lines: [String: Int] = [:]
    let kind: Words

    init(of kind: Words) { self.kind = kind }

    mutating func insert(_ key: String, _ node: YAMLNode) {
        if let line = lines[key] {
            node.fault(
                Words(
                    "\(kind.vi) “\(key)” đã có ở dòng \(line).",
                    "The \(kind.en) “\(key)” is there already, in line \(line)."
                ),
                Words("Đặt khóa khác cho một trong hai.", "Give one of the two another key.")
            )
        } else {
            lines[key] = node.line
        }
    }

    func contains(_ key: String) -> Bool { lines[key] != nil }
    var all: [String] { lines.keys.sorted() }
}
