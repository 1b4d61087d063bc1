import Kernel

/// One word of a text as the search compares it: with its accents, and without.
struct SpelledWord: Hashable, Sendable {
    /// Lower case, with accents, in one of the two ways in which Vietnamese sets them.
    let exact: String
    /// Without accents.
    let folded: String

    /// `bố` is not `bổ`, but whoever types `bo` may mean either.
    var isAccented: Bool { exact != folded }

    /// Whether `typed` may mean this word.
    func isMeant(by typed: SpelledWord) -> Bool {
        typed.isAccented ? exact == typed.exact : folded == typed.folded
    }

    /// The words of a text in their order.
    static func words(of text: String) -> [SpelledWord] {
        text.precomposed.lowercased().split { !$0.isLetter && !$0.isNumber }.compactMap { word in
            let folded = String(word).folded
            guard !folded.isEmpty else { return nil }
            // Most words have no accent; these are their own spelling.
            guard folded.utf8.count != word.utf8.count else { return SpelledWord(exact: folded, folded: folded) }
            return SpelledWord(exact: spelling(of: word), folded: folded)
        }
    }

    /// `hoà` is `hòa` and `lý` is `lí`: two schools write the same word differently.
    private static func spelling(of word: Substring) -> String {
        var letters = Array(word)
        if letters.contains("ð") { letters = letters.map { $0 == "ð" ? "đ" : $0 } }
        guard let last = letters.last, letters.count > 1 else { return String(letters) }
        let before = letters[letters.count - 2]
        if let toned = lateTones[last], toned.glides.contains(before),
            !(before == "u" && letters.count > 2 && letters[letters.count - 3] == "q")
        {
            letters[letters.count - 2] = toned.glide[before] ?? before
            letters[letters.count - 1] = toned.plain
        } else if let other = longI[last], "bcdđghklmnprstvx".contains(before) {
            letters[letters.count - 1] = other
        }
        return String(letters)
    }

    /// What the old way of setting tones writes on the last of two vowels, the new one writes on the first.
    private struct LateTone {
        let plain: Character
        let glide: [Character: Character]
        var glides: Dictionary<Character, Character>.Keys { glide.keys }
    }

    private static let lateTones: [Character: LateTone] = {
        var tones: [Character: LateTone] = [:]
        let toned: [(String, Character, Character, String)] = [
            ("àáảãạ", "a", "o", "òóỏõọ"), ("èéẻẽẹ", "e", "o", "òóỏõọ"), ("ỳýỷỹỵ", "y", "u", "ùúủũụ"),
        ]
        for (late, plain, glide, early) in toned {
            for (last, first) in zip(late, early) { tones[last] = LateTone(plain: plain, glide: [glide: first]) }
        }
        return tones
    }()

    private static let longI: [Character: Character] = ["y": "i", "ỳ": "ì", "ý": "í", "ỷ": "ỉ", "ỹ": "ĩ", "ỵ": "ị"]
}

extension String {
    /// NFC; text in ASCII is its own.
    fileprivate var precomposed: String { utf8.allSatisfy { $0 < 128 } ? self : tidied }
}

/// Whether letters without accents can be a Vietnamese syllable: `khai` can, `birth` cannot.
func isSyllable(_ word: String) -> Bool {
    var rest = Substring(word)
    let onset = onsets.first { rest.hasPrefix($0) } ?? ""
    rest = rest.dropFirst(onset.utf8.count)
    // After `gi` and `qu` the vowel of the onset may be the only one.
    if rest.isEmpty { return onset == "gi" || word == "qu" }
    let vowels = rest.prefix { "aeiouy".contains($0) }
    let coda = rest.dropFirst(vowels.utf8.count)
    return nuclei.contains(String(vowels)) && codas.contains(String(coda))
}

/// Longer ones first.
private let onsets = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n",
    "r", "s", "t", "v", "x",
]
private let nuclei: Set<String> = [
    "a", "e", "i", "o", "u", "y", "ai", "ao", "au", "ay", "eo", "eu", "ia", "ie", "ieu", "iu", "oa", "oai", "oao",
    "oay", "oe", "oeo", "oi", "ua", "uai", "uao", "uau", "uay", "ue", "ueo", "ui", "uo", "uoi", "uou", "uu", "uy",
    "uya",
    "uye", "uyu", "ye", "yeu",
]
private let codas: Set<String> = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"]
