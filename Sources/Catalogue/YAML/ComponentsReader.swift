import Kernel
import Web

/// Reads the papers that belong to a dossier.
struct ComponentsReader {
    let cases: KeySet

    private static let keys = [
        "key", "vi", "en", "help", "cases", "required", "original", "copies", "digital", "show", "reuse", "form",
    ]

    func read(_ nodes: [YAMLNode]) -> [Component] {
        var keys = KeySet(of: Words("Thành phần hồ sơ", "component"))
        return nodes.compactMap { node in
            guard let object = node.object(ComponentsReader.keys) else { return nil }
            return component(object, into: &keys)
        }
    }

    private func component(_ object: YAMLObject, into keys: inout KeySet) -> Component? {
        guard let node = object.required("key"), let key = node.key(.dashed) else { return nil }
        keys.insert(key, node)
        let component = object.words().map { name in
            Component(
                key: key,
                name: name,
                help: object["help"]?.words(),
                cases: caseKeys(object),
                required: object["required"]?.flag() ?? true,
                originals: object["original"]?.integer(0...100) ?? 0,
                copies: object["copies"]?.integer(0...100) ?? 0,
                digital: object["digital"]?.flag() ?? true,
                show: object["show"]?.flag() ?? false,
                reuse: object.list("reuse").compactMap { $0.key(.dashed) },
                form: object["form"]?.flag() ?? false
            )
        }
        if let component, !component.digital, component.originals + component.copies == 0, !component.form {
            object.node.fault(
                Words("Giấy tờ này không nộp được bằng cách nào.", "Nobody can hand in this paper in any way."),
                Words(
                    "Viết số bản chính (original), bản sao (copies) hoặc digital: true.",
                    "Give numbers of originals or copies, or write digital: true."
                )
            )
        }
        return component
    }

    private func caseKeys(_ object: YAMLObject) -> [String] {
        object.list("cases").compactMap { node in
            guard let key = node.text() else { return nil }
            if !cases.contains(key) {
                node.fault(
                    Words("Không có trường hợp “\(key)”.", "There is no case “\(key)”."),
                    cases.all.isEmpty
                        ? Words(
                            "Thêm trường hợp vào “cases” của lần sửa đổi này.",
                            "Add it to the “cases” of this revision."
                        )
                        : Words(
                            "Các trường hợp: \(cases.all.joined(separator: ", ")).",
                            "Cases: \(cases.all.joined(separator: ", "))."
                        )
                )
            }
            return key
        }
    }
}
