import Kernel

/// What somebody has typed, as words of one language or of both.
struct SearchQuestion {
    /// Those that are looked for in the Vietnamese texts.
    private(set) var vietnamese: [SpelledWord] = []
    /// Stems that are looked for in the English names.
    private(set) var english: [String] = []
    /// The last word as it was typed, which may be a beginning.
    let last: SpelledWord?

    /// More are no question.
    private static let mostWords = 60

    init(_ text: String, _ index: SearchIndex) {
        let words = Array(SpelledWord.words(of: text).prefix(Self.mostWords))
        last = words.last
        guard !words.contains(where: \.isAccented) else {
            vietnamese = words
            return
        }
        // Some words are words of both languages (`can`, `to`, `me`): the others tell which was meant.
        let strange = words.map { !isSyllable($0.folded) }
        let knownEnglish = zip(words, strange).count { word, isStrange in
            isStrange && (EnglishWords.asking.contains(word.folded) || index.hasEnglish(EnglishWords.stem(word.folded)))
        }
        let knownVietnamese = zip(words, strange).count { word, isStrange in
            !isStrange && !EnglishWords.asking.contains(word.folded) && index.term(word.folded) != nil
        }
        let isEnglish = knownEnglish > knownVietnamese
        let mayBeEither = knownEnglish == knownVietnamese
        let folded = words.map(\.folded)
        for place in words.indices {
            if isEnglish || mayBeEither || strange[place], EnglishWords.spokenOf(folded, place) {
                english.append(EnglishWords.stem(folded[place]))
            }
            if !isEnglish { vietnamese.append(words[place]) }
        }
    }
}
