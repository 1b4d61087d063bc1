import Kernel
import Web

/// Reads one file of `Procedures/`; every fault goes to the log, and a file with a fault gives no procedure.
struct ProcedureReader {
    let lists: CatalogueLists
    let log: FaultLog
    /// In which file each code was met first.
    private(set) var files: [ProcedureCode: String]

    init(lists: CatalogueLists, log: FaultLog, files: [ProcedureCode: String] = [:]) {
        self.lists = lists
        self.log = log
        self.files = files
    }

    mutating func read(_ text: String, named name: String) -> Procedure? {
        guard let root = YAMLDocument.root(of: text, log),
            let object = root.object(["code", "name", "also", "note", "field", "levels", "audiences", "revisions"])
        else { return nil }
        let code = code(object, fileName: name)
        let names = object.required("name")?.words()
        let field = field(object)
        let levels = object.requiredList("levels").compactMap { $0.word(Procedure.Level.self) }
        let audiences = object.requiredList("audiences").compactMap { $0.word(Procedure.Audience.self) }
        let also = also(object, name: names)
        let note = object["note"]?.words()
        let revisions = RevisionsReader(lists: lists).read(object.requiredList("revisions"))
        guard log.faults.isEmpty, let code, let names, let field else { return nil }
        return Procedure(
            code: code,
            name: names,
            also: also,
            note: note,
            field: field,
            levels: levels,
            audiences: audiences,
            revisions: revisions
        )
    }

    private mutating func code(_ object: YAMLObject, fileName: String) -> ProcedureCode? {
        guard let node = object.required("code"), let text = node.text() else { return nil }
        guard let code = ProcedureCode(rawValue: text) else {
            node.fault(
                Words("“\(text)” không phải là mã thủ tục.", "“\(text)” is not the code of a procedure."),
                Words(
                    "Viết một chữ số, dấu chấm và sáu chữ số trong ngoặc kép, ví dụ \"1.001193\"; mã tự đặt bắt đầu bằng X.",
                    "Write a digit, a dot and six digits in quotes, such as \"1.001193\"; codes of our own begin with X."
                )
            )
            return nil
        }
        if fileName != "\(text).yaml" {
            node.fault(
                Words(
                    "Mã \(text) không khớp tên tệp \(fileName).",
                    "The code \(text) does not match the file name \(fileName)."
                ),
                Words(
                    "Đổi tên tệp thành \(text).yaml hoặc sửa mã.",
                    "Rename the file to \(text).yaml, or correct the code."
                )
            )
        }
        if let other = files.updateValue(fileName, forKey: code) {
            node.fault(
                Words("Mã \(text) đã có trong tệp \(other).", "The code \(text) is in \(other) already."),
                Words("Xóa một trong hai tệp.", "Delete one of the two files.")
            )
        }
        return code
    }

    private func field(_ object: YAMLObject) -> String? {
        guard let node = object.required("field"), let key = node.text() else { return nil }
        if !lists.fields.contains(where: { $0.key == key }) {
            node.fault(
                Words(
                    "Lĩnh vực “\(key)” không có trong lists/fields.yaml.",
                    "The field “\(key)” is not in lists/fields.yaml."
                ),
                Words("Thêm lĩnh vực vào tệp đó hoặc sửa khóa.", "Add it there, or correct the key.")
            )
        }
        return key
    }

    private func also(_ object: YAMLObject, name: Words?) -> [String] {
        var seen: Set<String> = [name?.vi.folded ?? ""]
        return object.list("also").compactMap { node in
            guard let text = node.text() else { return nil }
            if !seen.insert(text.folded).inserted {
                node.fault(
                    Words(
                        "“\(text)” đã có (tìm kiếm không phân biệt dấu).",
                        "“\(text)” is there already (search ignores accents)."
                    ),
                    Words("Xóa mục này.", "Delete it.")
                )
            }
            return text
        }
    }
}
