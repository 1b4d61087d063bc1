import Kernel

extension FormDefinition {
    /// How many of `unit` the answers ask for, over all rows; nil where no field that is shown counts it, and while one
    /// that must be filled in is not.
    package func count(of unit: FeeUnit, in answers: Answers) -> Int? {
        var total: Int?
        for part in shown(answers).sections {
            for row in part.rows {
                for field in row.fields where field.counts == unit {
                    guard case .text(let text) = row.answers[field.key], !text.isEmpty else {
                        if field.required != .never { return nil }
                        total = total ?? 0
                        continue
                    }
                    guard let count = Int(typed: text.filter { $0 != "." }, in: 0...1_000_000) else { return nil }
                    total = (total ?? 0) + count
                }
            }
        }
        return total
    }

    /// `answers` with the fields that repeat the way of return; who asks twice may hear two answers.
    package func following(returnByPost: Bool, _ answers: Answers) -> Answers {
        var result = answers
        for section in sections where section.rows == nil {
            for field in section.fields where field.fill == .returnByPost {
                let values = options(of: field).map(\.value)
                // Of two answers the first is no and the second yes, as in the lists of the ministries.
                guard values.count == 2 else { continue }
                result[section.key, field.key] = values[returnByPost ? 1 : 0]
            }
        }
        return result
    }
}
