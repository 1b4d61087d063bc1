import Kernel
import Web

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// How well the search answers questions whose right answer is known.
package struct SearchEvaluation: Encodable, Sendable {
    package struct Miss: Encodable, Sendable {
        package let question: String
        package let expected: String
        package let found: [String]
    }

    package private(set) var questions = 0
    /// Questions whose right answer is in the catalogue at all.
    package private(set) var answerable = 0
    package private(set) var first = 0
    package private(set) var firstFive = 0
    package private(set) var misses: [Miss] = []

    package var recallAt1: Double { answerable == 0 ? 0 : Double(first) / Double(answerable) }
    package var recallAt5: Double { answerable == 0 ? 0 : Double(firstFive) / Double(answerable) }

    private struct Question: Decodable {
        let question: String
        let expected: String

        private enum CodingKeys: String, CodingKey {
            case question
            case expected = "expected_procedure_title"
        }
    }

    /// `lines` holds one JSON object per line with `question` and `expected_procedure_title`.
    package init(_ lines: Data, of search: CatalogueSearch, in catalogue: Catalogue) throws {
        let names = catalogue.codes.compactMap { catalogue[$0] }.map { (code: $0.code, words: Title($0.name.vi)) }
        for line in lines.split(separator: UInt8(ascii: "\n")) where !line.isEmpty {
            let question = try JSONDecoder().decode(Question.self, from: Data(line))
            questions += 1
            let title = Title(question.expected)
            let right = Set(names.filter { $0.words.means(title) }.map(\.code))
            guard !right.isEmpty else { continue }
            answerable += 1
            let found = search.find(question.question, limit: 5).map(\.code)
            if let best = found.first, right.contains(best) { first += 1 }
            if found.contains(where: right.contains) {
                firstFive += 1
            }
            if found.first.map(right.contains) != true {
                misses.append(
                    Miss(
                        question: question.question,
                        expected: question.expected,
                        found: found.compactMap { catalogue[$0]?.name.vi }
                    )
                )
            }
        }
    }
}

/// A title for comparison: the portal and its data differ in accents, brackets and what stands in front.
private struct Title {
    let text: String
    let words: Set<Substring>

    init(_ title: String) {
        var text = title.folded
        for prefix in ["ten thu tuc ", "thu tuc "] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
        self.text = text
        words = Set(text.split(separator: " "))
    }

    func means(_ other: Title) -> Bool {
        if text == other.text { return true }
        let (short, long) = text.count < other.text.count ? (text, other.text) : (other.text, text)
        // A title inside a longer one is the same only if it makes up most of it.
        if long.contains(short), short.count * 10 >= long.count * 7 { return true }
        let common = words.intersection(other.words).count
        return common * 100 >= 90 * max(words.count, other.words.count)
    }
}
