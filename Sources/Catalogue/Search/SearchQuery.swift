/// A question as terms of the index.
struct SearchQuery {
    struct Term {
        let number: Int
        let weight: Float
    }

    /// Each part is one word or pair of the question with what may stand for it.
    private(set) var parts: [[Term]] = []

    private static let pairWeight: Float = 1.3
    private static let synonymWeight: Float = 0.5
    private static let prefixWeight: Float = 0.7
    private static let typoWeight: Float = 0.6
    /// Each unknown word is compared with every word of the catalogue; whoever has mistyped more has not written words.
    private static let mostTypos = 8

    init(_ spoken: [String], _ index: SearchIndex, _ synonyms: Synonyms) {
        let spoken = spoken.flatMap { index.split($0) }
        let words = QuestionWords.removed(from: spoken) { index.term("\($0) \($1)") != nil }
        var typos = 0
        for (position, word) in words.enumerated() {
            // A word said twice does not mean twice as much.
            guard !words[..<position].contains(word) else { continue }
            // The last word of a question that is still being typed may be a beginning.
            let isLast = position == words.count - 1 && word == spoken.last
            var terms = SearchQuery.terms(for: word, isLast: isLast, index)
            if terms.isEmpty, word.utf8.count >= 5, typos < SearchQuery.mostTypos {
                typos += 1
                terms = index.words(near: word, limit: 5).map { Term(number: $0, weight: SearchQuery.typoWeight) }
            }
            parts.append(terms)
        }
        var pairs: Set<String> = []
        for (first, second) in zip(words, words.dropFirst()) where pairs.insert("\(first) \(second)").inserted {
            if let pair = index.term("\(first) \(second)") {
                parts.append([Term(number: pair, weight: SearchQuery.pairWeight)])
            }
        }
        parts.removeAll(where: \.isEmpty)
        addSynonyms(of: words, index, synonyms)
    }

    private static func terms(for word: String, isLast: Bool, _ index: SearchIndex) -> [Term] {
        var terms = index.term(word).map { [Term(number: $0, weight: 1)] } ?? []
        if isLast, word.utf8.count >= 2 {
            let weight = terms.isEmpty ? prefixWeight : prefixWeight / 4
            terms += index.words(beginningWith: word, limit: 8).filter { $0 != terms.first?.number }
                .map { Term(number: $0, weight: weight) }
        }
        return terms
    }

    /// Phrases of up to four words; what stands for one adds its own words, each once and less weightily.
    private mutating func addSynonyms(of words: [String], _ index: SearchIndex, _ synonyms: Synonyms) {
        var own = Set(parts.joined().map(\.number))
        for start in words.indices {
            for length in 1...4 where start + length <= words.count {
                for other in synonyms.others[words[start..<start + length].joined(separator: " ")] ?? [] {
                    let others = other.split(separator: " ").map(String.init)
                    let terms = others + zip(others, others.dropFirst()).map { "\($0) \($1)" }
                    for number in terms.compactMap(index.term) where own.insert(number).inserted {
                        parts.append([Term(number: number, weight: SearchQuery.synonymWeight)])
                    }
                }
            }
        }
    }
}
