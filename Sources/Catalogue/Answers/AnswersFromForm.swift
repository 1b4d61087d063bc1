import Kernel

/// What a browser sent for a page of a form.
package struct FormReading: Sendable {
    /// The earlier answers with what was on this page in their place.
    package let answers: Answers
    /// A row was asked for or removed, or the page is to follow the answers: it is to be shown again.
    package let rowsChanged: Bool
    /// What was changed on this page and elsewhere too; the answers hold what it was changed to elsewhere.
    package var clashes: [AnswerClash] = []
}

extension FormDefinition {
    /// The names of the buttons that add a row to, or remove one from, a repeated section.
    package static let addName = "_add"
    package static let removeName = "_remove"
    /// The name of the button by which a page without a script shows what the answers so far make appear.
    package static let updateName = "_update"

    /// Takes over the fields of one page, exactly as they were typed. What the page did not show, such as a section
    /// hidden by a condition, keeps its earlier text: nothing typed is ever lost. Unknown names are left out.
    package func reading(_ pairs: [(name: String, value: String)], into earlier: Answers) -> FormReading {
        let sent = sent(pairs)
        var answers = earlier
        for section in sections {
            guard let rows = sent[section.key] else { continue }
            answers.set(merged(rows, into: earlier.rows(of: section), section), of: section)
        }
        let reading = changed(answers, by: pairs)
        return FormReading(answers: confirming(reading.answers, pairs), rowsChanged: reading.rowsChanged)
    }

    /// The values by section, row and field, without names that are none of ours.
    func sent(_ pairs: [(name: String, value: String)]) -> [String: [Int: [String: [String]]]] {
        var sent: [String: [Int: [String: [String]]]] = [:]
        for (name, value) in pairs {
            guard let path = FieldPath(rawValue: name), let section = section(path.section),
                section.field(path.field) != nil, (path.row == nil) == (section.rows == nil)
            else { continue }
            sent[path.section, default: [:]][path.row ?? 0, default: [:]][path.field, default: []].append(value.tidied)
        }
        return sent
    }

    private func merged(
        _ sent: [Int: [String: [String]]],
        into earlier: [Answers.Row],
        _ section: FormSection
    ) -> [Answers.Row] {
        let indices = section.rows == nil ? [0] : Array(sent.keys.sorted().prefix(section.rows?.max ?? 1))
        return indices.map { index in
            var row = earlier.indices.contains(index) ? earlier[index] : [:]
            for (key, values) in sent[index] ?? [:] {
                guard let field = section.field(key) else { continue }
                row[key] = answer(values, to: field)
            }
            return row
        }
    }

    /// A page sends an empty value along with check boxes, so that none ticked is an answer too.
    func answer(_ values: [String], to field: FormField) -> Answers.Answer? {
        guard field.type != .choices else {
            let chosen = values.filter { !$0.isEmpty }
            return chosen.isEmpty ? nil : .several(chosen)
        }
        return values.last.flatMap { $0.isEmpty ? nil : .text($0) }
    }

    private func changed(_ answers: Answers, by pairs: [(name: String, value: String)]) -> FormReading {
        var answers = answers
        for (name, value) in pairs {
            if name == FormDefinition.addName, let section = section(value), let limits = section.rows {
                let rows = answers.rows(of: section)
                answers.set(rows.count < limits.max ? rows + [[:]] : rows, of: section)
                return FormReading(answers: answers, rowsChanged: true)
            }
            let parts = value.split(separator: ".")
            if name == FormDefinition.removeName, parts.count == 2, let index = FieldPath.row(parts[1]),
                let section = section(String(parts[0])), section.rows != nil
            {
                var rows = answers.rows(of: section)
                if rows.indices.contains(index) { rows.remove(at: index) }
                answers.set(rows, of: section)
                return FormReading(answers: answers, rowsChanged: true)
            }
        }
        return FormReading(answers: answers, rowsChanged: pairs.contains { $0.name == FormDefinition.updateName })
    }
}
