import Catalogue
import DossierCore
import Kernel
import Web

/// What is said to the items of a request: papers, or for each a word why there is none.
struct SupplementAnswers: Sendable {
    private(set) var answers: [SupplementAnswer] = []
    private(set) var texts: [DossierTexts.Draft] = []
    private(set) var errors: [FieldError] = []

    /// `papers` are what was handed in, by component; `words` what is said of an item instead.
    init(
        _ words: [String: String],
        to items: [SupplementItem],
        papers: [FiledPaper],
        _ rules: FilingRules,
        now: Instant
    ) {
        for item in items {
            let own = papers.filter { $0.component == item.component }
            let written = words[item.key]?.written
            let word = written.flatMap {
                DossierTexts.Draft(remark: $0, in: "word-\(item.key)", at: now, &errors)
            }
            if own.isEmpty, written == nil { errors.append(Self.unanswered(item, rules)) }
            if let word { texts.append(word) }
            answers.append(SupplementAnswer(component: item.component, papers: own, word: word?.sealed))
        }
        // What was brought without having been asked for is kept too.
        let asked = Set(items.map(\.component))
        for (component, own) in Dictionary(grouping: papers.filter { !asked.contains($0.component) }, by: \.component)
            .sorted(by: { $0.key < $1.key })
        {
            answers.append(SupplementAnswer(component: component, papers: own))
        }
    }

    /// Where nothing was named there is still something to be brought or said.
    mutating func refuseEmptiness() {
        errors.append(
            FieldError(
                "component",
                "Chưa chọn giấy tờ đã nhận. Hãy đánh dấu hoặc ghi lại lời giải thích.",
                "No paper is chosen. Please tick what was received or note the explanation."
            )
        )
    }

    private static func unanswered(_ item: SupplementItem, _ rules: FilingRules) -> FieldError {
        let (field, name) = ("word-\(item.key)", rules.itemName(item))
        return item.component == nil
            ? FieldError(
                field,
                "Chưa trả lời về “\(name.vi)”. Hãy viết nội dung đúng.",
                "No answer yet about “\(name.en)”. Please write what is right."
            )
            : FieldError(
                field,
                "Còn thiếu “\(name.vi)”. Hãy đưa giấy tờ này, hoặc ghi vì sao không có.",
                "“\(name.en)” is still missing. Please give it, or write why there is none."
            )
    }
}

extension FormData {
    /// What is said instead of papers: the fields `word-<item>`.
    var words: [String: String] {
        Dictionary(
            pairs.filter { $0.name.hasPrefix("word-") }.map { (String($0.name.dropFirst("word-".count)), $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
