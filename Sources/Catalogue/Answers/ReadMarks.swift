import Kernel
import Web

/// What stood in the fields of a section when a page showed them: a short digest of each. It comes back with the form, so
/// that what was changed on that page can be told from what was changed elsewhere meanwhile.
package struct ReadMarks: Sendable, Equatable {
    /// Of the fields that were not empty, by their path within the section.
    private(set) var marks: [String: String] = [:]
    private(set) var rows: Int

    /// The name of the hidden field that carries them.
    package static let name = "_read"

    package init(_ section: FormSection, in answers: Answers) {
        let rows = answers.rows(of: section)
        self.rows = rows.count
        for (index, row) in rows.enumerated() {
            for field in section.fields {
                marks[Self.key(index, field, of: section)] = Self.mark(row[field.key], field)
            }
        }
    }

    /// Reads what `text` wrote; nil for anything else.
    package init?(text: String) {
        let parts = text.split(separator: " ")
        guard let rows = parts.first.flatMap({ Int(typed: $0, in: 0...999_999) }) else { return nil }
        self.rows = rows
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2 else { return nil }
            marks[String(pair[0])] = String(pair[1])
        }
    }

    package var text: String {
        (["\(rows)"] + marks.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
    }

    static func key(_ row: Int, _ field: FormField, of section: FormSection) -> String {
        section.rows == nil ? field.key : "\(row).\(field.key)"
    }

    /// Nil where nothing was answered. Of what a page shows and sends back untouched it is the same, however it is stored.
    static func mark(_ answer: Answers.Answer?, _ field: FormField) -> String? {
        guard let answer, !answer.isBlank else { return nil }
        let shown =
            switch answer {
            case .text(let text): FormDefinition.edited(text, as: field.type).tidied
            case .several(let several): several.sorted().joined(separator: "\n")
            }
        return String(entityTag(of: shown.utf8).prefix(12))
    }

    fileprivate mutating func set(_ mark: String?, _ key: String) { marks[key] = mark }
    fileprivate mutating func set(rows: Int) { self.rows = rows }
}

extension FormDefinition {
    /// What a page shows of `section` after it has sent `pairs`, which were taken.
    package func marks(_ read: ReadMarks, after pairs: [(name: String, value: String)], of section: FormSection)
        -> ReadMarks
    {
        var marks = read
        let rows = sent(pairs)[section.key] ?? [:]
        for (index, row) in rows {
            for (key, values) in row {
                guard let field = section.field(key) else { continue }
                marks.set(ReadMarks.mark(answer(values, to: field), field), ReadMarks.key(index, field, of: section))
            }
        }
        if section.rows != nil, !rows.isEmpty { marks.set(rows: rows.count) }
        return marks
    }
}
