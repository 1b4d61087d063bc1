import Foundation
import Kernel
import Web

/// Which procedures say which words, and how weightily: BM25F over syllables and pairs of them.
///
/// Vietnamese writes every syllable as a word of its own, so that pairs (`khai sinh`) carry the meaning. Every word is
/// indexed without its accents, and once more with them; English names by the stems of their words.
struct SearchIndex: Sendable {
    struct Posting: Sendable {
        let document: Int32
        /// Frequency over all parts of the document, weighted and freed of the length of each part.
        let frequency: Float
    }

    /// Where a word stands decides how much it says about the procedure.
    private enum Part: Int, CaseIterable {
        case name, also, field, results, components, summary

        var weight: Float {
            switch self {
            case .name: 5
            case .also: 5
            case .field: 1
            case .results: 1.5
            case .components: 0.3
            case .summary: 0.6
            }
        }

        /// How strongly the length of the part tempers it.
        var lengthEffect: Float {
            switch self {
            case .name: 0.6
            case .also: 0.3
            case .field, .results, .components, .summary: 0.7
            }
        }

        /// Pairs of words are only worth their memory where texts are short.
        var hasPairs: Bool {
            switch self {
            case .name, .also, .results, .field: true
            case .components, .summary: false
            }
        }
    }

    private(set) var postings: [[Posting]] = []
    /// Words and pairs without accents.
    private var folded: [String: Int] = [:]
    /// Those of them that have accents, with them.
    private var exact: [String: Int] = [:]
    /// Stems of the English names, and pairs of them.
    private var english: [String: Int] = [:]
    /// The words with accents, by what they are without.
    private let spellings: [String: [String]]
    /// Single words without accents in order, for beginnings of words.
    private(set) var vocabulary: [String] = []
    private let englishVocabulary: [String]
    let documents: Int

    init(_ procedures: [Procedure], fieldName: (String) -> String) {
        documents = procedures.count
        let texts = procedures.map { procedure in Part.allCases.map { SearchIndex.texts($0, procedure, fieldName) } }
        var averages = Part.allCases.map { _ in Float(0) }
        for text in texts {
            for part in Part.allCases {
                averages[part.rawValue] += Float(text[part.rawValue].reduce(0) { $0 + $1.count })
            }
        }
        for index in averages.indices { averages[index] = max(1, averages[index] / Float(max(1, documents))) }
        var builder = Builder()
        for (document, text) in texts.enumerated() { builder.add(text, averages, Int32(document)) }
        builder.addEnglish(procedures.map(SearchIndex.englishWords))
        postings = builder.postings
        (folded, exact, english) = (builder.folded, builder.exact, builder.english)
        spellings = Dictionary(grouping: builder.exact.keys.filter { !$0.contains(" ") }, by: \.folded)
        vocabulary = folded.keys.filter { !$0.contains(" ") }.sorted()
        englishVocabulary = english.keys.filter { !$0.contains(" ") }.sorted()
    }

    private static func texts(
        _ part: Part,
        _ procedure: Procedure,
        _ fieldName: (String) -> String
    ) -> [[SpelledWord]] {
        let revision = procedure.revisions.last
        let texts: [String] =
            switch part {
            case .name: [procedure.name.vi]
            case .also: procedure.also
            case .field: [fieldName(procedure.field)]
            case .results: revision?.results.map(\.name.vi) ?? []
            case .components: revision?.components.map(\.name.vi) ?? []
            case .summary: [revision?.summary?.vi ?? ""]
            }
        return texts.map(SpelledWord.words)
    }

    /// The stems of the English name and of what the summary adds. Imported procedures have only a Vietnamese name.
    private static func englishWords(_ procedure: Procedure) -> (name: [String], more: [String]) {
        let revision = procedure.revisions.last
        let name = procedure.name.en == procedure.name.vi ? "" : procedure.name.en
        let summary = revision?.summary.map { $0.en == $0.vi ? "" : $0.en } ?? ""
        let results = revision?.results.map { $0.name.en == $0.name.vi ? "" : $0.name.en } ?? []
        return (EnglishWords.stems(of: name), EnglishWords.stems(of: summary) + results.flatMap(EnglishWords.stems))
    }

    /// Gathers postings while the index is made.
    private struct Builder {
        var postings: [[Posting]] = []
        var folded: [String: Int] = [:]
        var exact: [String: Int] = [:]
        var english: [String: Int] = [:]

        mutating func add(_ texts: [[[SpelledWord]]], _ averages: [Float], _ document: Int32) {
            var frequencies: [Int: Float] = [:]
            for part in Part.allCases {
                let words = texts[part.rawValue]
                let length = Float(words.reduce(0) { $0 + $1.count })
                let effect = part.lengthEffect
                let share = part.weight / (1 - effect + effect * length / averages[part.rawValue])
                for text in words {
                    for word in text {
                        frequencies[number(word.folded, \.folded), default: 0] += share
                        if word.isAccented { frequencies[number(word.exact, \.exact), default: 0] += share }
                    }
                    guard part.hasPairs else { continue }
                    for (first, second) in zip(text, text.dropFirst()) {
                        frequencies[number("\(first.folded) \(second.folded)", \.folded), default: 0] += share
                        guard first.isAccented || second.isAccented else { continue }
                        frequencies[number("\(first.exact) \(second.exact)", \.exact), default: 0] += share
                    }
                }
            }
            post(frequencies, document)
        }

        mutating func addEnglish(_ texts: [(name: [String], more: [String])]) {
            let total = texts.reduce(0) { $0 + $1.name.count }
            let average = max(1, Float(total) / Float(max(1, texts.count { !$0.name.isEmpty })))
            for (document, text) in texts.enumerated() {
                var frequencies: [Int: Float] = [:]
                let share = 5 / (0.4 + 0.6 * Float(text.name.count) / average)
                for word in text.name { frequencies[number(word, \.english), default: 0] += share }
                for (first, second) in zip(text.name, text.name.dropFirst()) {
                    frequencies[number("\(first) \(second)", \.english), default: 0] += share
                }
                for word in text.more { frequencies[number(word, \.english), default: 0] += 0.5 }
                post(frequencies, Int32(document))
            }
        }

        private mutating func post(_ frequencies: [Int: Float], _ document: Int32) {
            for (number, frequency) in frequencies {
                postings[number].append(Posting(document: document, frequency: frequency))
            }
        }

        private mutating func number(_ term: String, _ numbers: WritableKeyPath<Builder, [String: Int]>) -> Int {
            if let number = self[keyPath: numbers][term] { return number }
            self[keyPath: numbers][term] = postings.count
            postings.append([])
            return postings.count - 1
        }
    }

    // MARK: - Terms

    /// A word or pair without accents.
    func term(_ text: String) -> Int? { folded[text] }

    /// A word with the accents with which it was typed.
    func exactTerm(_ word: SpelledWord) -> Int? { exact[word.exact] }

    /// The words that a word with other accents may have been meant for. Whoever types accents has the letter đ too, and
    /// means d where it stands.
    func terms(misspelled word: SpelledWord) -> [Int] {
        let others = spellings[word.folded] ?? []
        return others.filter { $0.contains("đ") == word.exact.contains("đ") }.sorted().compactMap { exact[$0] }
    }

    /// A pair as it was typed.
    func term(_ first: SpelledWord, _ second: SpelledWord) -> Int? {
        first.isAccented || second.isAccented
            ? exact["\(first.exact) \(second.exact)"] : folded["\(first.folded) \(second.folded)"]
    }

    func englishTerm(_ stem: String) -> Int? { english[stem] }
    func hasEnglish(_ stem: String) -> Bool { english[stem] != nil }

    /// How much a term tells documents apart.
    func rarity(of term: Int) -> Float { rarity(count: postings[term].count) }

    func rarity(count: Int) -> Float {
        let count = Float(count)
        return log1p((Float(documents) - count + 0.5) / (count + 0.5))
    }

    /// Whether a document says a term; documents stand in order.
    func says(_ term: Int, _ document: Int) -> Bool {
        let list = postings[term]
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(list[middle].document) < document { low = middle + 1 } else { high = middle }
        }
        return low < list.count && Int(list[low].document) == document
    }

    /// The words that begin with `prefix`, the commonest first.
    func words(beginningWith prefix: String, limit: Int) -> [Int] {
        SearchIndex.matches(of: prefix, in: vocabulary).compactMap(term).commonest(limit, postings)
    }

    func englishWords(beginningWith prefix: String, limit: Int) -> [Int] {
        SearchIndex.matches(of: prefix, in: englishVocabulary).compactMap(englishTerm).commonest(limit, postings)
    }

    private static func matches(of prefix: String, in vocabulary: [String]) -> ArraySlice<String> {
        var low = 0
        var high = vocabulary.count
        while low < high {
            let middle = (low + high) / 2
            if vocabulary[middle] < prefix { low = middle + 1 } else { high = middle }
        }
        return vocabulary[low...].prefix { $0.hasPrefix(prefix) }
    }

    /// The words that somebody typed without blanks between them; `word` itself when it is no such thing.
    func split(_ word: String) -> [String] {
        let letters = Array(word.utf8)
        guard (5...40).contains(letters.count), folded[word] == nil, words(beginningWith: word, limit: 1).isEmpty
        else {
            return [word]
        }
        // The fewest words that end at each letter; syllables have two to six letters once accents are gone.
        var best: [[String]?] = [[]]
        for end in 1...letters.count {
            var shortest: [String]?
            for length in 2...6 where length <= end {
                guard let before = best[end - length] else { continue }
                let piece = String(decoding: letters[(end - length)..<end], as: UTF8.self)
                if folded[piece] != nil, before.count + 1 < shortest?.count ?? Int.max { shortest = before + [piece] }
            }
            best.append(shortest)
        }
        return best[letters.count] ?? [word]
    }

    /// The words one slip of the finger away.
    func words(near word: String, limit: Int) -> [Int] {
        let letters = Array(word.utf8)
        return vocabulary.filter { editDistance(Array($0.utf8), letters, limit: 1) == 1 }.compactMap(term)
            .commonest(limit, postings)
    }

    func englishWords(near stem: String, limit: Int) -> [Int] {
        let letters = Array(stem.utf8)
        return englishVocabulary.filter { editDistance(Array($0.utf8), letters, limit: 1) == 1 }
            .compactMap(englishTerm).commonest(limit, postings)
    }
}

extension [Int] {
    /// Of the terms, those that most documents say.
    fileprivate func commonest(_ limit: Int, _ postings: [[SearchIndex.Posting]]) -> [Int] {
        Array(sorted { postings[$0].count > postings[$1].count }.prefix(limit))
    }
}
