import Foundation
import Testing

/// Swift ends the process when arithmetic leaves 64 bits. So whatever comes from outside becomes a number in one place,
/// `Sources/Kernel/Bounded.swift`, which asks for its bounds; nobody can count with it before.
@Suite struct `Numbers from outside are strangers` {
    private static let readers: Set<String> = [
        "Web", "Agencies", "Catalogue", "Accounts", "DossierCore", "PrintedPapers", "Dossiers", "Staffing", "Scanning",
        "Registers", "DueDates", "OneStop",
    ]
    /// Who reads text that no stranger wrote, and why.
    private static let trusted = [
        "Sources/Accounts/Passwords/PasswordHash.swift": "reads the hashes that it has stored itself",
        "Sources/Web/Forms/JSONParser.swift": "reads JSON, whose numbers are bounded by the types made of it",
    ]

    @Test func `text becomes a number through its bounds only`() {
        for file in SourceFile.sources where Self.readers.contains(file.target) && Self.trusted[file.path] == nil {
            for index in file.lines.indices where NumberReading.isFound(in: file.code(index)) {
                Issue.record("\(file.place(index)) reads a number without bounds; see Bounded and Int(typed:in:)")
            }
        }
    }

    @Test func `JSON of requests holds no number without bounds`() {
        for file in SourceFile.sources where Self.readers.contains(file.target) {
            guard !file.lines(holding: ".json(", "jsonValue(", "readJSON(").isEmpty else { continue }
            for index in NumberReading.bareFields(file.lines) {
                Issue.record("\(file.place(index)) believes any number; make it a Bounded")
            }
        }
    }

    /// What the program said when `?trang=-9223372036854775808` ended it, and other ways to say it.
    @Test(arguments: [
        #"page = max(0, min(ProcedureQuery.most, Int(form["trang"] ?? "") ?? 1) - 1)"#,
        #"first: query.place == nil ? 1 : max(1, form.filled("number").flatMap { Int($0) } ?? 1),"#,
        "guard let limit = Int(text), (1...100).contains(limit) else {",
        "if parts.count == 2, let month = Int(parts[0]), let year = Int(parts[1]) {",
        "                let row = Int(parts[1])",
        #"let weekdays = Set(form.all("weekday").compactMap(Int.init).filter((1...7).contains)).sorted()"#,
        #"guard let counter = Int(try context.parameters.require("counter")) else { throw Problem.notFound }"#,
        "case .money: Int(text).map { Money(dong: $0).text } ?? text",
        "return Int(typed).flatMap { (0...99).contains($0) ? $0 : nil }",
        "case [4]: self.init(year: Int(parts[0]), month: nil)",
        "let minute = LocalMinute.minutes(text) ?? Int64(text)",
        "guard let value = Double(text), value <= 100_000 else {",
        "expecting: form[\"version\"].flatMap({ Int($0) }),",
    ])
    func `what once trapped is found`(line: String) {
        #expect(NumberReading.isFound(in: line))
    }

    @Test(arguments: [
        "guard let limit = Int(typed: text, in: 1...100) else {", "let told = max(5, Int((wait / 5).rounded()) * 5)",
        "count = Int(status.st_size)", "return Int(high) << 8 | Int(low)", "self.burst = Double(burst)",
        "let staffed = min(1, Double(session.staff ?? counters.count) / Double(max(1, counters.count)))",
        "arrivals: Double(came.count)", "let count = Double(times.count)",
    ])
    func `what is a number already is left alone`(line: String) {
        #expect(!NumberReading.isFound(in: line))
    }

    @Test func `a bare number in a request is found`() {
        let text = """
            private struct Order: Decodable {
                let text: String?
                let amount: Int?
                let all: [Double]
                let count: Quantity?
            }
            struct Shape: Encodable {
                let count: Int
            }
            """
        #expect(NumberReading.bareFields(text.components(separatedBy: "\n")) == [2, 3])
    }
}

/// How a line looks that makes a number of text: such a conversion may fail, so its answer is an optional, or what is
/// converted is called what text is called here.
private enum NumberReading {
    private static let number = #"\b(Int|Int64|Int32|UInt|UInt64|Double|Float)"#
    private static let patterns = [
        // flatMap(Int.init), compactMap { Double($0) }
        #"(flatMap|compactMap)\(\#(number)\.init"#,
        #"(flatMap|compactMap)\s*\(?\{[^}]*\#(number)\("#,
        // Int(x) ?? 1, Int(x).map { … }
        #"\#(number)\([^()]*(\([^()]*\)[^()]*)*\)\s*(\?\?|\.map|\.flatMap|\?\.)"#,
        // if let number = Int(x)
        #"(guard|if|,)\s+(let|var) \w+ = \#(number)\("#,
        #"\#(number)\((try )?(typed|text|digits|form|query|fields|condition|context|request|string)(\)|\.filled|\.parameters|\[")"#,
        #"\#(number)\((parts\[|cell\()"#,
    ]

    static func isFound(in line: String) -> Bool {
        let line = line.replacing("Int(typed:", with: "").replacing("Double(typed:", with: "")
        guard ["Int", "Double", "Float"].contains(where: { line.contains($0) }) else { return false }
        return patterns.contains { line.range(of: $0, options: .regularExpression) != nil }
    }

    /// The lines inside of a `Decodable` type that declare a number as such.
    static func bareFields(_ lines: [String]) -> [Int] {
        var found: [Int] = []
        // The brace that closes a type stands under the word that began it.
        var margins: [String] = []
        for (index, line) in lines.enumerated() {
            let margin = String(line.prefix { $0 == " " })
            if line.contains(/struct \w+.*\bDecodable\b.*\{\s*$/) { margins.append(margin) }
            if let last = margins.last, line == "\(last)}" { margins.removeLast() }
            if !margins.isEmpty, line.contains(/(let|var) \w+: \[*(Int|Int64|UInt|Double|Float)\b/) {
                found.append(index)
            }
        }
        return found
    }
}
