import Testing

@Suite struct `Stored events stay readable` {
    /// `struct Dossier: Aggregate` with the cases of its `enum Event`.
    private struct Category: CustomTestStringConvertible {
        let name: String
        let cases: [String]
        var testDescription: String { name }
    }

    private static let categories: [Category] = SourceFile.sources.flatMap { file -> [Category] in
        file.lines(holding: ": Aggregate {").compactMap { index in
            file.lines[index].firstMatch(of: /struct (\w+): Aggregate \{/).map { match in
                Category(name: String(match.output.1), cases: cases(ofEventIn: file))
            }
        }
    }

    private static func cases(ofEventIn file: SourceFile) -> [String] {
        guard let start = file.lines.firstIndex(where: { $0.contains("enum Event:") }) else { return [] }
        let indent = file.lines[start].prefix { $0 == " " }
        let end = file.lines[(start + 1)...].firstIndex { $0 == "\(indent)}" } ?? file.lines.endIndex
        let own = "\(indent)    "
        var names: [String] = []
        for line in file.lines[(start + 1)..<end] where line.hasPrefix("\(own)case ") {
            // `case added, enabled` names several; a case with labels stands alone.
            let rest = line.dropFirst(own.count + 5)
            if rest.contains("(") {
                names.append(String(rest.prefix { $0 != "(" }))
            } else {
                names += rest.split(separator: ",").map { $0.trimmingPrefix(" ").description }
            }
        }
        return names
    }

    @Test func `the aggregates are found`() {
        #expect(Set(Self.categories.map(\.name)).isSuperset(of: ["Dossier", "StaffMember"]))
        #expect(Self.categories.allSatisfy { $0.cases.count > 1 })
    }

    /// Case names and labels are the format of decades: a test that holds `{"accepted":…}` fails when one is renamed.
    @Test func `every kind of event has a test that holds its stored form`() {
        let tests = SourceFile.tests.filter { $0.target != "ArchitectureTests" }.map { file in
            file.lines.filter { $0.contains("{\"") }.joined()
        }.joined()
        for category in Self.categories {
            for name in category.cases {
                #expect(
                    tests.contains("{\"\(name)\":"),
                    "no test holds the stored form of \(category.name).Event.\(name)"
                )
            }
        }
    }
}
