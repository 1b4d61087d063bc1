import Kernel

/// How English is read by the search: procedures have English names, and people ask in whole sentences.
enum EnglishWords {
    /// The stems of what a text speaks of.
    static func stems(of text: String) -> [String] {
        let words = SpelledWord.words(of: text).map(\.folded)
        return words.indices.compactMap { spokenOf(words, $0) ? stem(words[$0]) : nil }
    }

    /// Whether the word at `place` says something about what is asked for.
    static func spokenOf(_ words: [String], _ place: Int) -> Bool {
        guard words[place] == "will" else { return !asking.contains(words[place]) }
        // After one of these it is the paper and not the verb.
        return place > 0 && ["a", "the", "my", "your", "his", "her", "last", "our"].contains(words[place - 1])
    }

    /// The part of a word that its forms share, as far as the names of procedures need: `cards`, `married`.
    static func stem(_ word: String) -> String {
        guard word.utf8.count > 3 else { return word }
        for (ending, other) in endings where word.hasSuffix(ending) && word.utf8.count - ending.utf8.count >= 3 {
            let stem = word.dropLast(ending.utf8.count) + other
            return String(stem)
        }
        return word
    }

    /// Longer ones first; what stands for the ending.
    private static let endings = [
        ("ations", "at"), ("ation", "at"), ("ating", "at"), ("ated", "at"), ("ates", "at"), ("ate", "at"),
        ("ements", ""), ("ement", ""), ("ments", ""), ("ment", ""), ("sses", "ss"), ("ies", "y"), ("ied", "y"),
        ("ying", "y"), ("tting", "t"), ("tted", "t"), ("nning", "n"), ("ings", ""), ("ing", ""), ("ers", ""),
        ("er", ""), ("ed", ""), ("es", ""), ("ss", "ss"), ("us", "us"), ("s", ""), ("e", ""),
    ]

    /// Words with which people ask and which say nothing about what they ask for.
    static let asking: Set<String> = [
        "a", "about", "after", "all", "also", "am", "an", "and", "any", "apply", "are", "as", "at", "be", "been",
        "before",
        "both", "but", "by", "can", "cannot", "could", "did", "do", "does", "documents", "document", "d", "don", "done",
        "for", "from", "get", "getting", "go", "going", "got", "had", "has", "have", "he", "help", "her", "here", "him",
        "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "ll", "like", "long", "m", "make", "many",
        "may",
        "me", "much", "must", "my", "need", "needed", "no", "not", "now", "of", "on", "one", "or", "our", "out",
        "paper",
        "papers", "please", "procedure", "re", "s", "she", "should", "so", "some", "someone", "somebody", "t", "take",
        "that", "the", "their", "them", "there", "they", "this", "to", "up", "us", "ve", "want", "was", "we", "were",
        "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
    ]
}
