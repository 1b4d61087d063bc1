import Foundation
import Testing

/// One file of ours, read as text.
struct SourceFile: Sendable, CustomTestStringConvertible {
    /// `Sources/DossierCore/Dossier.swift`.
    let path: String
    let lines: [String]
    /// The lines without what is commented.
    private let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.components(separatedBy: "\n")
        code = lines.map(Self.withoutComment)
    }

    var testDescription: String { path }

    /// Line `index` without what is commented.
    func code(_ index: Int) -> String { code[index] }

    /// The folder below `Sources` or `Tests`: the target it belongs to.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// The modules this file imports, with the number of the line.
    var imports: [(module: String, line: Int)] {
        lines(holding: "import ").compactMap { index in
            guard let words = lines[index].range(of: "import "),
                lines[index][..<words.lowerBound].allSatisfy({ $0 != "\"" })
            else { return nil }
            let module = lines[index][words.upperBound...].split(separator: " ").last ?? ""
            return (String(module.split(separator: ".").first ?? ""), index + 1)
        }
    }

    /// The lines whose code has one of `words`; a pattern is only tried on those, because patterns are slow.
    func lines(holding words: String..., matching pattern: Regex<Substring>? = nil) -> [Int] {
        code.indices.filter { index in
            guard words.contains(where: { code[index].contains($0) }) else { return false }
            guard let pattern else { return true }
            return code[index].firstMatch(of: pattern) != nil
        }
    }

    /// Whether somebody explains line `index`: at its end, or within `reach` lines above it.
    func isExplained(_ index: Int, reach: Int) -> Bool {
        (max(0, index - reach)...index).contains { code[$0] != lines[$0] }
    }

    /// `path:12: the line`, for messages.
    func place(_ index: Int) -> String { "\(path):\(index + 1): \(lines[index].trimmingCharacters(in: .whitespaces))" }

    private static func withoutComment(_ line: String) -> String {
        var start = line.startIndex
        while let slashes = line.range(of: "//", range: start..<line.endIndex) {
            // An address in a string has slashes too, behind a colon.
            guard slashes.lowerBound > line.startIndex, line[line.index(before: slashes.lowerBound)] == ":" else {
                return String(line[..<slashes.lowerBound])
            }
            start = slashes.upperBound
        }
        return line
    }

    /// All of the program.
    static let sources = all(below: "Sources")
    static let tests = all(below: "Tests")

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private static func all(below folder: String) -> [SourceFile] {
        let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
            // Nil when it was removed while the tests run: then there is nothing to say about it.
            try? SourceFile(
                path: "\(folder)/\(name)",
                text: String(contentsOfFile: "\(root)/\(folder)/\(name)", encoding: .utf8)
            )
        }
    }
}
