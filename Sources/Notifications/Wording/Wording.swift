import Web

/// How one kind of notice is worded, short enough for a short message, with `{fact}` where a fact of it stands. Written
/// with accents; the channel knows what they cost.
struct Wording: Sendable {
    let kind: String
    /// The subject of a letter. It stands in lists where others look, and says nothing about anybody.
    let title: Words
    let words: Words

    init(_ kind: String, _ title: Words, _ vietnamese: String, _ english: String) {
        (self.kind, self.title, words) = (kind, title, Words(vietnamese, english))
    }

    static let all = appointments + tickets + dossiers

    private static let byKind = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0) })

    static func of(_ kind: String) -> Wording? { byKind[kind] }

    /// Nil when a fact is missing that it speaks of: half a sentence is told to nobody.
    func text(_ facts: [String: NoticeFact], in language: Language) -> String? {
        var result = ""
        for part in Self.parts(of: language(words)) {
            switch part {
            case .plain(let text): result += text
            case .fact(let name):
                guard let fact = facts[name] else { return nil }
                result += fact.text
            }
        }
        return result
    }

    /// What it speaks of, in one language.
    func facts(in language: Language) -> Set<String> {
        Set(Self.parts(of: language(words)).compactMap { if case .fact(let name) = $0 { name } else { nil } })
    }

    private enum Part { case plain(String), fact(String) }

    private static func parts(of text: String) -> [Part] {
        text.split(separator: "{", omittingEmptySubsequences: false).enumerated().flatMap { index, piece -> [Part] in
            guard index > 0, let end = piece.firstIndex(of: "}") else { return [.plain(String(piece))] }
            return [.fact(String(piece[..<end])), .plain(String(piece[piece.index(after: end)...]))]
        }
    }
}
