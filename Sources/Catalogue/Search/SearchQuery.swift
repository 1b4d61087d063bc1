import Kernel

/// A question as terms of the index.
struct SearchQuery {
    struct Term {
        let number: Int
        let weight: Float
    }

    /// Each part is one word or pair of the question with what may stand for it.
    private(set) var parts: [[Term]] = []
    /// Of each word of the question, the terms that say it; none for a word that no procedure says.
    private(set) var asked: [[Int]] = []

    private static let pairWeight: Float = 1.3
    private static let synonymWeight: Float = 0.5
    private static let prefixWeight: Float = 0.7
    private static let typoWeight: Float = 0.6
    /// A word with other accents than those that were typed is another word, unless no procedure says the one typed.
    private static let otherAccentsWeight: Float = 0.05
    private static let strangeAccentsWeight: Float = 0.5
    /// Each unknown word is compared with every word of the catalogue; whoever has mistyped more has not written words.
    private static let mostTypos = 8

    init(_ question: SearchQuestion, _ index: SearchIndex, _ synonyms: Synonyms, english: Synonyms) {
        var typos = 0
        addVietnamese(question, index, synonyms, &typos)
        addEnglish(question, index, english, &typos)
        parts.removeAll(where: \.isEmpty)
    }

    // MARK: - Vietnamese

    private mutating func addVietnamese(
        _ question: SearchQuestion,
        _ index: SearchIndex,
        _ synonyms: Synonyms,
        _ typos: inout Int
    ) {
        let typed = question.vietnamese.flatMap { word in
            word.isAccented ? [word] : index.split(word.folded).map { SpelledWord(exact: $0, folded: $0) }
        }
        let words = QuestionWords.removed(from: synonyms.understood(typed)) { index.term($0, $1) != nil }
        var seen: Set<SpelledWord> = []
        for (position, word) in words.enumerated() where seen.insert(word).inserted {
            // The last word of a question that is still being typed may be a beginning.
            let isLast = position == words.count - 1 && word == question.last
            var terms = SearchQuery.terms(for: word, isLast: isLast, index)
            var said = terms.filter { $0.weight >= SearchQuery.strangeAccentsWeight }.map(\.number)
            if terms.isEmpty, word.folded.utf8.count >= 5, typos < SearchQuery.mostTypos {
                typos += 1
                terms = index.words(near: word.folded, limit: 5).map {
                    Term(number: $0, weight: SearchQuery.typoWeight)
                }
                said = terms.map(\.number)
            }
            // A word of English in a Vietnamese question is asked for there.
            if !(terms.isEmpty && question.english.contains(EnglishWords.stem(word.folded))) { asked.append(said) }
            parts.append(terms)
        }
        var pairs: Set<Int> = []
        for (first, second) in zip(words, words.dropFirst()) {
            if let pair = index.term(first, second), pairs.insert(pair).inserted {
                parts.append([Term(number: pair, weight: SearchQuery.pairWeight)])
            }
        }
        addSynonyms(of: words, index, synonyms)
    }

    private static func terms(for word: SpelledWord, isLast: Bool, _ index: SearchIndex) -> [Term] {
        let folded = index.term(word.folded)
        if word.isAccented, let exact = index.exactTerm(word) {
            return [Term(number: exact, weight: 1)]
                + (folded.map { [Term(number: $0, weight: otherAccentsWeight)] } ?? [])
        }
        if word.isAccented {
            return index.terms(misspelled: word).map { Term(number: $0, weight: strangeAccentsWeight) }
        }
        if let folded { return [Term(number: folded, weight: 1)] }
        // A whole syllable is not the beginning of another word.
        guard isLast, word.folded.utf8.count >= 2, !isSyllable(word.folded) else { return [] }
        return index.words(beginningWith: word.folded, limit: 8).map { Term(number: $0, weight: prefixWeight) }
    }

    /// What stands for a phrase adds its own words, each once and less weightily.
    private mutating func addSynonyms(of words: [SpelledWord], _ index: SearchIndex, _ synonyms: Synonyms) {
        var own = Set(parts.joined().map(\.number))
        for start in words.indices {
            for other in synonyms.others[words[start].folded] ?? [] where other.isSaid(in: words[start...]) {
                let singles = other.meaning.map { index.exactTerm($0) ?? index.term($0.folded) }
                let pairs = zip(other.meaning, other.meaning.dropFirst()).map { index.term($0, $1) }
                for number in (singles + pairs).compactMap(\.self) where own.insert(number).inserted {
                    parts.append([Term(number: number, weight: SearchQuery.synonymWeight)])
                }
            }
        }
    }

    // MARK: - English

    private mutating func addEnglish(
        _ question: SearchQuestion,
        _ index: SearchIndex,
        _ synonyms: Synonyms,
        _ typos: inout Int
    ) {
        guard !question.english.isEmpty else { return }
        let typed = question.english.map { SpelledWord(exact: $0, folded: $0) }
        let words = synonyms.understood(typed).map(\.folded)
        var seen: Set<String> = []
        for (position, word) in words.enumerated() where seen.insert(word).inserted {
            var terms = index.englishTerm(word).map { [Term(number: $0, weight: 1)] } ?? []
            let isLast = position == words.count - 1
            if terms.isEmpty, isLast, word.utf8.count >= 5 {
                terms = index.englishWords(beginningWith: word, limit: 5)
                    .map { Term(number: $0, weight: SearchQuery.prefixWeight) }
            }
            if terms.isEmpty, word.utf8.count >= 5, typos < SearchQuery.mostTypos {
                typos += 1
                terms = index.englishWords(near: word, limit: 5)
                    .map { Term(number: $0, weight: SearchQuery.typoWeight) }
            }
            parts.append(terms)
            asked.append(terms.map(\.number))
        }
        for (first, second) in zip(words, words.dropFirst()) {
            if let pair = index.englishTerm("\(first) \(second)") {
                parts.append([Term(number: pair, weight: SearchQuery.pairWeight)])
            }
        }
        var own = Set(parts.joined().map(\.number))
        for start in typed.indices {
            for other in synonyms.others[typed[start].folded] ?? [] where other.isSaid(in: typed[start...]) {
                for number in other.meaning.compactMap({ index.englishTerm($0.folded) })
                where own.insert(number).inserted {
                    parts.append([Term(number: number, weight: SearchQuery.synonymWeight)])
                }
            }
        }
    }
}
