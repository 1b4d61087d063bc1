import Kernel
package import Web

/// Answers as they are shown and printed: every question that applies, with the answer in words.
package struct AnswerSummary: Sendable {
    package struct Section: Sendable {
        package let name: Words
        /// One list of lines per row; exactly one when the section is not repeated.
        package let rows: [[Line]]
        package let isRepeated: Bool
    }

    package struct Line: Hashable, Sendable {
        package let path: FieldPath
        package let label: Words
        /// Nil when nothing was answered.
        package let value: Words?
    }

    package let sections: [Section]
}

extension FormDefinition {
    package func summary(of answers: Answers) -> AnswerSummary {
        let confirmed = confirmations(in: answers).map { rule in
            AnswerSummary.Line(
                path: FieldPath(section: FormDefinition.confirmed, field: rule.key),
                label: rule.message,
                value: Words("Người khai xác nhận đúng như vậy", "Confirmed by who declared it")
            )
        }
        return AnswerSummary(
            sections: shown(answers).sections.map { part in
                AnswerSummary.Section(
                    name: part.section.name,
                    rows: part.rows.filter { $0.index == nil || !$0.isBlank }.map { row in
                        row.fields.map { field in
                            AnswerSummary.Line(
                                path: FieldPath(section: part.section.key, row: row.index, field: field.key),
                                label: field.label,
                                value: row.answers[field.key].flatMap { words(for: $0, in: field) }
                            )
                        }
                    },
                    isRepeated: part.section.rows != nil
                )
            }
                + (confirmed.isEmpty
                    ? []
                    : [
                        AnswerSummary.Section(
                            name: Words("Điều khác thường đã xác nhận", "Odd things that were confirmed"),
                            rows: [confirmed],
                            isRepeated: false
                        )
                    ])
        )
    }

    func words(for answer: Answers.Answer, in field: FormField) -> Words? {
        guard !answer.isBlank else { return nil }
        let names = Dictionary(options(of: field).map { ($0.value, $0.name) }, uniquingKeysWith: { first, _ in first })
        switch answer {
        case .several(let several):
            let words = several.map { names[$0] ?? Words($0, $0) }
            return Words(words.map(\.vi).joined(separator: "; "), words.map(\.en).joined(separator: "; "))
        case .text(let text):
            let shown = FormDefinition.displayed(text, as: field.type)
            return names[text] ?? Words(shown, shown)
        }
    }

    /// As people write it; what cannot be read stays as it was typed.
    static func displayed(_ text: String, as type: FieldType) -> String {
        switch type {
        case .date, .partialDate: PartialDate(rawValue: text)?.vietnamese ?? text
        case .money: Int(typed: text, in: FieldRule.amounts).map { Money(dong: $0).text } ?? text
        case .name, .party, .text, .paragraph, .choice, .choices, .yesNo, .number, .phone, .email, .nationalNumber,
            .idNumber,
            .address:
            text
        }
    }
}
