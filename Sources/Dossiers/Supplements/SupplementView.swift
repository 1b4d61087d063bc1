import DossierCore
import Kernel
import Markup
import Web

extension AskedSupplement {
    /// The day until which the office waits, marked once it has passed.
    func deadline(now: Instant, _ say: Language) -> HTML? {
        guard let answerBy else { return nil }
        let isOver = answeredAt == nil && answerBy.isOver(at: now)
        return """
            <p>\(say("Hạn bổ sung", "To be answered by")): <strong>\(answerBy.vietnamese)</strong>\
            \(isOver ? " \(tag(say("Đã quá hạn", "Passed"), .bad))" as HTML : nil)</p>
            """
    }

    /// What is asked for, one by one; `withAnswers` tells also what has come of each.
    func list(_ rules: FilingRules, withAnswers: Bool, _ say: Language) -> HTML? {
        guard !items.isEmpty else { return nil }
        return "<ul class=\"asked\">\(items.map { line($0, rules, withAnswers, say) })</ul>"
    }

    private func line(_ asked: Item, _ rules: FilingRules, _ withAnswers: Bool, _ say: Language) -> HTML {
        let counts = asked.item.counts(say)
        return """
            <li><strong>\(say(rules.itemName(asked.item)))</strong>\
            \(counts.isEmpty ? nil : " <span class=\"quiet\">(\(counts))</span>" as HTML)\
            \(withAnswers ? " \(state(of: asked, say))" as HTML : nil)\
            \(asked.text.map { "<div class=\"pre\">\($0)</div>" as HTML })\
            \(asked.word.map { "<div class=\"pre quiet\">\(say("Người nộp", "Applicant")): \($0)</div>" as HTML })</li>
            """
    }

    private func state(of asked: Item, _ say: Language) -> HTML {
        guard answeredAt != nil else { return tag(say("Đang chờ", "Awaited"), .waiting) }
        if !asked.papers.isEmpty { return tag(say("Đã nhận", "Received"), .good) }
        return asked.word == nil ? tag(say("Chưa có", "Missing"), .bad) : tag(say("Có lời giải thích", "Explained"))
    }
}

extension LocalDate {
    /// A day on which something could still be done has ended.
    func isOver(at now: Instant) -> Bool { now.localDate > self }
}
