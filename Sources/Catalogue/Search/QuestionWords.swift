import Kernel

/// Words with which people ask, and which say nothing about what they ask for.
enum QuestionWords {
    /// Longer phrases first, so that a phrase is not broken by a part of it.
    private static let phrases: [[SpelledWord]] = [
        "tôi muốn hỏi", "cho tôi hỏi", "xin hỏi", "cho hỏi", "đề nghị cho biết", "cho biết", "hướng dẫn",
        "quy định về phí lệ phí",
        "quy định về", "trình tự thủ tục", "trình tự thực hiện", "trình tự", "cách thức thực hiện", "thành phần hồ sơ",
        "thời hạn giải quyết", "thời hạn của", "căn cứ pháp lý", "đối tượng thực hiện", "cơ quan có thẩm quyền",
        "cơ quan nào có thẩm quyền", "cơ quan nào", "cơ quan thực hiện", "yêu cầu điều kiện", "kết quả thực hiện",
        "những đối tượng nào", "trường hợp nào", "thủ tục hành chính", "thủ tục", "hồ sơ thực hiện", "hồ sơ đề nghị",
        "hồ sơ gồm", "hồ sơ", "mẫu đơn", "những loại giấy tờ gì", "loại giấy tờ gì", "giấy tờ gì", "giấy tờ nào",
        "gồm những gì",
        "cần những gì", "phải nộp", "nộp những", "như thế nào", "thế nào", "làm sao", "là gì", "ra sao", "ở đâu",
        "chỗ nào",
        "bao nhiêu tiền", "bao nhiêu", "bao lâu", "mấy ngày", "hết bao", "mất bao", "khi nào", "tôi muốn", "tôi cần",
        "muốn", "cần", "làm", "xin", "những", "của", "các", "và", "là", "thì", "được", "tại", "ở", "tôi", "mình", "em",
        "với",
        "để", "thực hiện", "gì", "nào", "ạ", "nhé",
    ].map(SpelledWord.words).sorted { $0.count > $1.count }

    private static let byFirst = Dictionary(grouping: phrases, by: { $0[0].folded })

    /// `words` without them; all of `words` when nothing else was said.
    ///
    /// Without accents a question word may be a part of another word: "can" is "cần" alone, but "căn" in "can cuoc".
    /// It stays where it makes up one of the `pairs` that procedures speak of.
    static func removed(
        from words: [SpelledWord],
        unless isPair: (SpelledWord, SpelledWord) -> Bool
    ) -> [SpelledWord] {
        var kept: [SpelledWord] = []
        var index = 0
        while index < words.count {
            let rest = words[index...]
            let phrase = byFirst[words[index].folded]?.first { phrase in
                rest.count >= phrase.count && zip(phrase, rest).allSatisfy { $0.isMeant(by: $1) }
            }
            let next = index + 1 < words.count ? words[index + 1] : nil
            let isPart =
                next.map { byFirst[$0.folded] == nil && !words[index].isAccented && isPair(words[index], $0) } ?? false
            if let phrase, phrase.count > 1 || !isPart {
                index += phrase.count
            } else {
                kept.append(words[index])
                index += 1
            }
        }
        return kept.isEmpty ? words : kept
    }
}
