import Foundation
import Web
import Yams

/// Reads a text as YAML, or writes down why it cannot be read.
enum YAMLDocument {
    /// Larger than any procedure by far; a slip such as a pasted picture is refused before it costs memory.
    private static let sizeLimit = 1 << 20
    /// The parser descends once per level, on a stack that is not endless.
    private static let depthLimit = 64

    static func root(of text: String, _ log: FaultLog) -> YAMLNode? {
        guard text.utf8.count <= sizeLimit else {
            log.add(
                line: 1,
                column: 1,
                Words("Tệp lớn hơn 1 MiB.", "The file is larger than 1 MiB."),
                Words("Mỗi tệp chỉ chứa một thủ tục hoặc một danh mục.", "Keep one procedure or one list per file.")
            )
            return nil
        }
        guard isPlain(text, log) else { return nil }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                log.add(
                    line: 1,
                    column: 1,
                    Words("Tệp trống.", "The file is empty."),
                    Words("Viết nội dung theo mẫu hoặc xóa tệp.", "Write it after the pattern, or delete the file.")
                )
                return nil
            }
            return YAMLNode(node: node, log: log)
        } catch {
            add(error, log)
            return nil
        }
    }

    /// Refuses what YAML allows and a catalogue has no use for: decomposed or unprintable characters, aliases (a short
    /// text may stand for an endless one), and deep nesting.
    private static func isPlain(_ text: String, _ log: FaultLog) -> Bool {
        var isPlain = true
        var depth = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let scalars = line.unicodeScalars
            if line.mayBeDecomposed, !scalars.elementsEqual(String(line).nfc.unicodeScalars) {
                log.add(
                    line: index + 1,
                    column: 1,
                    Words("Dòng này có chữ Việt dạng tổ hợp (NFD).", "This line has decomposed letters (NFD)."),
                    Words(
                        "Gõ lại dòng này hoặc chuyển cả tệp sang dạng NFC, ví dụ bằng `uconv -x nfc`.",
                        "Type the line again, or convert the file to NFC, for example with `uconv -x nfc`."
                    )
                )
                isPlain = false
            }
            if line.utf8.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "*") }),
                let match = line.firstMatch(of: /(?:^\s*|- |: |\? |[\[{,]\s*)[&*][A-Za-z0-9_]/)
            {
                log.add(
                    line: index + 1,
                    column: line.distance(from: line.startIndex, to: match.range.upperBound) - 1,
                    Words(
                        "Neo và bí danh YAML (&, *) không được dùng.",
                        "YAML anchors and aliases (&, *) are not used here."
                    ),
                    Words(
                        "Viết lại nội dung đầy đủ, hoặc đặt văn bản trong ngoặc kép.",
                        "Write the content in full, or put the text in quotes."
                    )
                )
                isPlain = false
            }
            depth += line.utf8.reduce(0) { $0 + YAMLDocument.opening($1) }
            let leading = line.utf8.prefix { YAMLDocument.isLeading($0) }
            let markers = leading.count { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            if max(depth, 0) > depthLimit || markers > depthLimit || leading.count > 1000 {
                log.add(
                    line: index + 1,
                    column: 1,
                    Words("Nội dung lồng nhau quá sâu.", "The content is nested too deeply."),
                    Words("Kiểm tra dấu ngoặc và thụt dòng.", "Check brackets and indentation.")
                )
                return false
            }
        }
        return isPlain
    }

    private static func opening(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"): 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): -1
        default: 0
        }
    }

    /// What may stand in front of a value and opens a level each time.
    private static func isLeading(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): true
        default: false
        }
    }

    private static func add(_ error: any Error, _ log: FaultLog) {
        let remedy = Words(
            "Sửa cú pháp YAML tại đây: kiểm tra thụt dòng, dấu hai chấm, dấu ngoặc; văn bản có dấu “: ” hoặc “#” phải để trong ngoặc kép.",
            "Mend the YAML here: check indentation, colons and brackets; put a text with “: ” or “#” in quotes."
        )
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            log.add(
                line: max(1, mark.line),
                column: max(1, mark.column),
                Words("Không đọc được YAML: \(problem).", "Not readable as YAML: \(problem)."),
                remedy
            )
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.joined(separator: ", ")
            log.add(
                line: max(1, context.mark.line),
                column: max(1, context.mark.column),
                Words("Khóa được ghi hai lần: \(names).", "A key is given twice: \(names)."),
                Words("Giữ lại một khóa.", "Keep one of them.")
            )
        case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded, .some, nil:
            log.add(line: 1, column: 1, Words("Không đọc được YAML.", "Not readable as YAML."), remedy)
        }
    }
}

extension Substring {
    /// Most lines are told at a glance; only the rest is worth composing.
    fileprivate var mayBeDecomposed: Bool {
        !unicodeScalars.allSatisfy { $0.value < 0x300 || (0x1E00...0x1EFF).contains($0.value) || $0.value == 0x2019 }
    }
}

extension String {
    fileprivate var nfc: String { precomposedStringWithCanonicalMapping }
}
