import Kernel
import Web

/// Groups of words that people use for the same thing, in folded form.
package struct Synonyms: Sendable {
    /// What may stand for a word or phrase, by that word or phrase.
    private(set) var others: [String: [String]] = [:]

    package init() {}

    package init(groups: [[String]]) {
        for group in groups {
            let phrases = group.map(\.folded)
            for phrase in phrases { others[phrase, default: []] += phrases.filter { $0 != phrase } }
        }
    }

    /// Reads `- [khai sinh, giấy khai sinh]`.
    init(_ root: YAMLNode) {
        let groups = (root.list() ?? []).map { node in
            let words = (node.list() ?? []).compactMap { $0.text() }
            if words.count < 2 {
                node.fault(
                    Words("Nhóm từ đồng nghĩa có ít hơn hai từ.", "A group of synonyms has fewer than two words."),
                    Words("Thêm từ hoặc xóa nhóm.", "Add a word, or delete the group.")
                )
            }
            return words
        }
        self.init(groups: groups)
    }
}
