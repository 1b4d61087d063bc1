import Foundation
import Kernel
import Web

/// Which procedures say which words, and how weightily: BM25F over folded syllables and pairs of them.
///
/// Vietnamese writes every syllable as a word of its own, so that pairs (`khai sinh`) carry the meaning.
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
    private var numbers: [String: Int] = [:]
    /// Single words in order, for beginnings of words.
    private(set) var vocabulary: [String] = []
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
        for (document, text) in texts.enumerated() { add(text, averages, Int32(document)) }
        vocabulary = numbers.keys.filter { !$0.contains(" ") }.sorted()
    }

    private static func texts(_ part: Part, _ procedure: Procedure, _ fieldName: (String) -> String) -> [[String]] {
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
        return texts.map { $0.folded.split(separator: " ").map(String.init) }
    }

    private mutating func add(_ texts: [[[String]]], _ averages: [Float], _ document: Int32) {
        var frequencies: [Int: Float] = [:]
        for part in Part.allCases {
            let words = texts[part.rawValue]
            let length = Float(words.reduce(0) { $0 + $1.count })
            let effect = part.lengthEffect
            let share = part.weight / (1 - effect + effect * length / averages[part.rawValue])
            for text in words {
                for word in text { frequencies[number(word), default: 0] += share }
                guard part.hasPairs else { continue }
                for (first, second) in zip(text, text.dropFirst()) {
                    frequencies[number("\(first) \(second)"), default: 0] += share
                }
            }
        }
        for (number, frequency) in frequencies {
            postings[number].append(Posting(document: document, frequency: frequency))
        }
    }

    private mutating func number(_ term: String) -> Int {
        if let number = numbers[term] { return number }
        numbers[term] = postings.count
        postings.append([])
        return postings.count - 1
    }

    func term(_ text: String) -> Int? { numbers[text] }

    /// How much a term tells documents apart.
    func rarity(of term: Int) -> Float {
        let count = Float(postings[term].count)
        return log1p((Float(documents) - count + 0.5) / (count + 0.5))
    }

    /// The words that begin with `prefix`, the commonest first.
    func words(beginningWith prefix: String, limit: Int) -> [Int] {
        var low = 0
        var high = vocabulary.count
        while low < high {
            let middle = (low + high) / 2
            if vocabulary[middle] < prefix { low = middle + 1 } else { high = middle }
        }
        let matches = vocabulary[low...].prefix { $0.hasPrefix(prefix) }.compactMap(term)
        return Array(matches.sorted { postings[$0].count > postings[$1].count }.prefix(limit))
    }

    /// The words that somebody typed without blanks between them; `word` itself when it is no such thing.
    func split(_ word: String) -> [String] {
        let letters = Array(word.utf8)
        guard (5...40).contains(letters.count), numbers[word] == nil, words(beginningWith: word, limit: 1).isEmpty
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
                if numbers[piece] != nil, before.count + 1 < shortest?.count ?? Int.max { shortest = before + [piece] }
            }
            best.append(shortest)
        }
        return best[letters.count] ?? [word]
    }

    /// The words one slip of the finger away.
    func words(near word: String, limit: Int) -> [Int] {
        let letters = Array(word.utf8)
        let matches = vocabulary.filter { editDistance(Array($0.utf8), letters, limit: 1) == 1 }.compactMap(term)
        return Array(matches.sorted { postings[$0].count > postings[$1].count }.prefix(limit))
    }
}
