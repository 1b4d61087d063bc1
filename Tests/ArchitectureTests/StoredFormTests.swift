import Foundation
import Testing

/// Case names and labels are the format of decades. What the program writes and reads is held by `Tests/Golden`, a file per
/// kind of event, to which lines are only ever added.
@Suite struct `Stored events stay readable` {
    /// `struct Dossier: Aggregate` with the ways in which its events begin: `{"filing":{"accepted":`.
    private struct Category: CustomTestStringConvertible {
        let name: String
        let beginnings: [String]
        var testDescription: String { name }

        var golden: String? {
            FileManager.default.contents(atPath: "\(SourceFile.root)/Tests/Golden/\(name).Event.txt").map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    private static let categories: [Category] = SourceFile.sources.flatMap { file -> [Category] in
        file.lines(holding: ": Aggregate {").compactMap { index in
            file.lines[index].firstMatch(of: /struct (\w+): Aggregate \{/).map { match in
                let name = String(match.output.1)
                return Category(name: name, beginnings: beginnings(ofEventsOf: name, in: file.target))
            }
        }
    }

    private static func beginnings(ofEventsOf name: String, in target: String) -> [String] {
        let file = SourceFile.sources.first { file in
            file.target == target && !file.lines(holding: "enum Event:").isEmpty
                && file.lines.contains { $0.contains("struct \(name):") || $0.contains("extension \(name) {") }
        }
        return cases(of: "Event", in: file).flatMap { own in
            guard let feature = own.payload else { return ["{\"\(own.name)\":"] }
            let file = SourceFile.sources.first {
                $0.target == target && !$0.lines(holding: "enum \(feature):").isEmpty
            }
            return cases(of: feature, in: file).map { "{\"\(own.name)\":{\"\($0.name)\":" }
        }
    }

    /// The cases of an enum; `payload` is the type of a value without a label.
    private static func cases(of name: String, in file: SourceFile?) -> [(name: String, payload: String?)] {
        guard let file, let start = file.lines.firstIndex(where: { $0.contains("enum \(name):") }) else { return [] }
        let indent = file.lines[start].prefix { $0 == " " }
        let end = file.lines[(start + 1)...].firstIndex { $0 == "\(indent)}" } ?? file.lines.endIndex
        let own = "\(indent)    "
        var cases: [(name: String, payload: String?)] = []
        for line in file.lines[(start + 1)..<end] where line.hasPrefix("\(own)case ") {
            // `case added, enabled` names several; a case with labels stands alone.
            let rest = line.dropFirst(own.count + 5)
            if rest.contains("(") {
                let payload = rest.firstMatch(of: /\((\w+)\)/).map { String($0.output.1) }
                cases.append((String(rest.prefix { $0 != "(" }), payload))
            } else {
                cases += rest.split(separator: ",").map { ($0.trimmingPrefix(" ").description, nil) }
            }
        }
        return cases
    }

    @Test func `the aggregates are found`() {
        #expect(Set(Self.categories.map(\.name)).isSuperset(of: ["Dossier", "StaffMember"]))
        #expect(Self.categories.allSatisfy { $0.beginnings.count > 1 })
        let dossier = Self.categories.first { $0.name == "Dossier" }
        #expect(dossier?.beginnings.contains("{\"supplement\":{\"requested\":") == true)
    }

    @Test func `every kind of event has an example of its stored form`() {
        for category in Self.categories {
            let lines = category.golden?.split(separator: "\n") ?? []
            for beginning in category.beginnings {
                #expect(
                    lines.contains { $0.hasPrefix(beginning) },
                    "Tests/Golden/\(category.name).Event.txt has no example that begins with \(beginning)"
                )
            }
        }
    }

    @Test func `every kept form is read by a test, and names everything it holds`() throws {
        let tests = SourceFile.tests.map { $0.lines.joined(separator: "\n") }.joined()
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(SourceFile.root)/Tests/Golden")
        #expect(files.count > 8)
        for file in files {
            let kind = file.replacing(".txt", with: "")
            #expect(tests.contains("faultsOfStoredForms(\"\(kind)\""), "no test reads Tests/Golden/\(file)")
            let text = String(
                decoding: FileManager.default.contents(atPath: "\(SourceFile.root)/Tests/Golden/\(file)") ?? Data(),
                as: UTF8.self
            )
            #expect(!text.contains("\"_0\":"), "a value without a label stands in Tests/Golden/\(file)")
        }
    }
}
