import Kernel
import Web

/// Finds procedures by everyday words, with or without accents, in memory.
package struct CatalogueSearch: Sendable {
    package struct Hit: Hashable, Sendable, Encodable {
        package let code: ProcedureCode
        package let score: Float
    }

    private let procedures: [Procedure]
    /// How much each of them is worth beside the words, in the same order.
    private let standings: [Float]
    private let index: SearchIndex
    private let synonyms: Synonyms
    private let englishSynonyms: Synonyms

    package init(_ catalogue: Catalogue, synonyms: Synonyms = Synonyms(), english: Synonyms = Synonyms()) {
        let procedures = catalogue.codes.compactMap { catalogue[$0] }
        self.procedures = procedures
        self.synonyms = synonyms
        englishSynonyms = english
        standings = procedures.map(CatalogueSearch.standing)
        index = SearchIndex(procedures) { key in catalogue.fields[key]?.name.vi ?? key }
    }

    /// The best first. Without words, whatever passes the filter, by name.
    package func find(_ words: String, limit: Int = 20, filter: SearchFilter = SearchFilter()) -> [Hit] {
        finding(words, limit: limit, filter: filter).hits
    }

    /// What was found, and whether it is what was asked for.
    package struct Finding: Sendable {
        package let hits: [Hit]
        /// The best of them says less than half of what was asked for: it is the nearest, not the thing itself.
        package let isLoose: Bool
    }

    /// The same with the word on whether it fits.
    package func finding(_ words: String, limit: Int = 20, filter: SearchFilter = SearchFilter()) -> Finding {
        let text = String(words.prefix(500)).tidied
        if let code = ProcedureCode(rawValue: text.plainCode.uppercased()),
            let found = procedures.first(where: { $0.code == code })
        {
            return Finding(hits: [Hit(code: found.code, score: 1)], isLoose: false)
        }
        let question = SearchQuestion(text, index)
        guard question.last != nil else { return Finding(hits: everything(limit, filter), isLoose: false) }
        return ranked(SearchQuery(question, index, synonyms, english: englishSynonyms), limit, filter)
    }

    private func everything(_ limit: Int, _ filter: SearchFilter) -> [Hit] {
        procedures.filter(filter.admits).sorted { $0.name.vi.folded < $1.name.vi.folded }.prefix(limit)
            .map { Hit(code: $0.code, score: 0) }
    }

    /// Saturation of BM25: the tenth mention says little more than the third.
    private static let saturation: Float = 1.2

    private func ranked(_ query: SearchQuery, _ limit: Int, _ filter: SearchFilter) -> Finding {
        var scores = [Float](repeating: 0, count: procedures.count)
        for alternatives in query.parts {
            // Of a word and what may stand for it, each procedure is given the best, not the sum.
            if alternatives.count == 1 {
                score(alternatives[0]) { scores[$0] += $1 }
            } else {
                var best: [Int: Float] = [:]
                for alternative in alternatives { score(alternative) { best[$0] = max(best[$0] ?? 0, $1) } }
                for (document, value) in best { scores[document] += value }
            }
        }
        // What shares only a common word with the question helps nobody.
        let least = (scores.max() ?? 0) * 0.15
        let found = scores.indices.filter { scores[$0] > least && filter.admits(procedures[$0]) }
        let hits = found.map { (document: $0, hit: Hit(code: procedures[$0].code, score: scores[$0] * standings[$0])) }
            .sorted { ($1.hit.score, $0.hit.code) < ($0.hit.score, $1.hit.code) }
        let isLoose = hits.first.map { share(of: query, saidBy: $0.document) < 0.5 } ?? false
        return Finding(hits: hits.prefix(limit).map(\.hit), isLoose: isLoose)
    }

    /// How much of what was asked for a procedure says; rare words ask for more, and those that no procedure says for
    /// most.
    private func share(of query: SearchQuery, saidBy document: Int) -> Float {
        var (said, asked): (Float, Float) = (0, 0)
        for terms in query.asked {
            let weight = index.rarity(count: terms.map { index.postings[$0].count }.max() ?? 0)
            asked += weight
            if terms.contains(where: { index.says($0, document) }) { said += weight }
        }
        return asked == 0 ? 1 : said / asked
    }

    private func score(_ term: SearchQuery.Term, _ add: (Int, Float) -> Void) {
        let weight = term.weight * index.rarity(of: term.number) * (CatalogueSearch.saturation + 1)
        for posting in index.postings[term.number] {
            add(Int(posting.document), weight * posting.frequency / (posting.frequency + CatalogueSearch.saturation))
        }
    }

    /// What many people need stands a little before what few need, when both fit the words; and to get something stands
    /// before what can only be done with it afterwards.
    private static func standing(of procedure: Procedure) -> Float {
        var standing: Float = 1
        if procedure.audiences.contains(.citizen) { standing += 0.03 }
        if procedure.levels.contains(.commune) { standing += 0.03 }
        if !procedure.also.isEmpty { standing += 0.05 }
        let name = procedure.name.vi.folded
        if afterwards.contains(where: name.hasPrefix) { standing -= 0.06 }
        return standing
    }

    private static let afterwards = [
        "đăng ký lại", "cấp lại", "cấp đổi", "thu hồi", "thay đổi", "chấm dứt", "gia hạn", "miễn nhiệm", "xóa",
    ].map(\.folded)
}
