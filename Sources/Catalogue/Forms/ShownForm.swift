/// The part of a form that applies to given answers: what a page shows, what is judged, and what is printed.
package struct ShownForm: Sendable {
    package struct Section: Sendable {
        package let section: FormSection
        /// Exactly one for a section that is not repeated.
        package let rows: [Row]
    }

    package struct Row: Sendable {
        /// Position in a repeated section.
        package let index: Int?
        package let answers: Answers.Row
        package let fields: [FormField]
    }

    package let sections: [Section]
}

extension FormDefinition {
    /// One pass from top to bottom is enough, because conditions refer to earlier fields only; what is hidden counts as
    /// not answered.
    package func shown(_ answers: Answers) -> ShownForm {
        var known: [String: Answers.Row] = [:]
        var result: [ShownForm.Section] = []
        for section in sections {
            if let when = section.when, !when.holds(in: [:], of: known) { continue }
            let typed = answers.rows(of: section)
            let rows = typed.enumerated().map { index, row in
                var seen: Answers.Row = [:]
                let fields = section.fields.filter { field in
                    if let when = field.when, !when.holds(in: seen, of: known) { return false }
                    seen[field.key] = row[field.key]
                    return true
                }
                return ShownForm.Row(index: section.rows == nil ? nil : index, answers: seen, fields: fields)
            }
            if section.rows == nil { known[section.key] = rows.first?.answers }
            result.append(ShownForm.Section(section: section, rows: rows))
        }
        return ShownForm(sections: result)
    }
}
