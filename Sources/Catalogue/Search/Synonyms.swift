import Kernel
import Web

/// What people say for what procedures are called: groups of words for the same thing, and everyday sayings with what
/// they mean here.
package struct Synonyms: Sendable {
    /// A phrase and what stands for it.
    struct Saying: Sendable {
        let phrase: [SpelledWord]
        let meaning: [SpelledWord]
    }

    /// What may stand beside a phrase, by its first word without accents.
    private(set) var others: [String: [Saying]] = [:]
    /// What is meant instead of a phrase, by its first word without accents; longer phrases first.
    private(set) var sayings: [String: [Saying]] = [:]

    package init() {}

    /// `words` reads a text in the language of the questions.
    init(
        groups: [[String]],
        sayings: [(said: [String], meaning: String)] = [],
        words: (String) -> [SpelledWord] = SpelledWord.words
    ) {
        for group in groups {
            let phrases = group.map(words)
            for phrase in phrases {
                guard let first = phrase.first else { continue }
                let rest = phrases.filter { $0 != phrase }
                others[first.folded, default: []] += rest.map { Saying(phrase: phrase, meaning: $0) }
            }
        }
        for (said, meaning) in sayings {
            for phrase in said.map(words) {
                guard let first = phrase.first else { continue }
                let saying = Saying(phrase: phrase, meaning: words(meaning))
                self.sayings[first.folded, default: []].append(saying)
            }
        }
        for first in self.sayings.keys { self.sayings[first]?.sort { $0.phrase.count > $1.phrase.count } }
    }

    /// Reads `- [khai sinh, giấy khai sinh]` and `- { say: [bố mất, mẹ mất], mean: đăng ký khai tử }`.
    init(_ root: YAMLNode, words: (String) -> [SpelledWord] = SpelledWord.words) {
        var groups: [[String]] = []
        var sayings: [(said: [String], meaning: String)] = []
        for node in root.list() ?? [] {
            if node.isObject {
                guard let object = node.object(["say", "mean"]), let said = object.required("say")?.list(),
                    let meaning = object.required("mean")?.text()
                else { continue }
                sayings.append((said.compactMap { $0.text() }.flatMap(Self.written), meaning))
                continue
            }
            let group = (node.list() ?? []).compactMap { $0.text() }
            if group.count < 2 {
                node.fault(
                    Words("Nhóm từ đồng nghĩa có ít hơn hai từ.", "A group of synonyms has fewer than two words."),
                    Words("Thêm từ hoặc xóa nhóm.", "Add a word, or delete the group.")
                )
            }
            groups.append(group)
        }
        self.init(groups: groups, sayings: sayings, words: words)
    }

    /// `father|mother died` is written once for both.
    private static func written(_ phrase: String) -> [String] {
        phrase.split(separator: " ").reduce([""]) { phrases, word in
            phrases.flatMap { start in word.split(separator: "|").map { start.isEmpty ? "\($0)" : "\(start) \($0)" } }
        }
    }

    /// The words with every saying replaced by what it means; what was replaced is not looked for itself.
    func understood(_ words: [SpelledWord]) -> [SpelledWord] {
        var understood: [SpelledWord] = []
        var index = 0
        while index < words.count {
            if let saying = sayings[words[index].folded]?.first(where: { $0.isSaid(in: words[index...]) }) {
                understood += saying.meaning
                index += saying.phrase.count
            } else {
                understood.append(words[index])
                index += 1
            }
        }
        return understood
    }
}

extension Synonyms.Saying {
    /// Whether the words begin with it.
    func isSaid(in words: ArraySlice<SpelledWord>) -> Bool {
        words.count >= phrase.count && zip(phrase, words).allSatisfy { $0.isMeant(by: $1) }
    }
}
