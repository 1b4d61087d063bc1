import Kernel
package import Web

/// One thing that was changed on two pages at once: a field, or the rows of a repeated section.
package struct AnswerClash: Sendable {
    /// The path of the field, or the key of the section.
    package let unit: String
    package let label: Words
    /// What the page has sent, to be sent again.
    package let sent: [(name: String, value: String)]
    /// In words, on this page and elsewhere; nil where nothing is.
    package let here: Words?
    package let there: Words?
    /// Whoever was asked to choose has not.
    package let isUndecided: Bool
}

extension AnswerClash {
    /// The name of the field by which somebody says which of the two is right, and its values.
    package static func choice(of unit: String) -> String { "\(choosing)\(unit)" }
    package static let here = "here", there = "there"
    /// The name of the hidden fields that tell about what was asked.
    package static let asked = "_clash"
    fileprivate static let choosing = "_take."
}

extension FormDefinition {
    /// Takes over, of the fields of one page, those that were changed on it since it was read. What was changed elsewhere
    /// meanwhile, and not here, stays; what was changed on both to something different stays too, and is a clash.
    package func reading(
        _ pairs: [(name: String, value: String)],
        into earlier: Answers,
        of section: FormSection,
        readAs read: ReadMarks
    ) -> FormReading {
        let page = SentPage(definition: self, section: section, pairs: pairs, earlier: earlier, read: read)
        let (taken, clashes) = section.rows == nil ? page.fields() : page.rows()
        var reading = reading(taken, into: earlier)
        reading.clashes = clashes
        return reading
    }
}

/// A page of a form beside what is stored now and what was when it was read.
private struct SentPage {
    let definition: FormDefinition
    let section: FormSection
    let pairs: [(name: String, value: String)]
    let read: ReadMarks
    private let now: ReadMarks
    private let earlier: [Answers.Row]
    private let sent: [Int: [String: [String]]]
    private let choices: [String: String]
    private let asked: Set<String>

    init(
        definition: FormDefinition,
        section: FormSection,
        pairs: [(name: String, value: String)],
        earlier: Answers,
        read: ReadMarks
    ) {
        (self.definition, self.section, self.pairs, self.read) = (definition, section, pairs, read)
        now = ReadMarks(section, in: earlier)
        self.earlier = earlier.rows(of: section)
        sent = definition.sent(pairs)[section.key] ?? [:]
        choices = Dictionary(
            pairs.filter { $0.name.hasPrefix(AnswerClash.choosing) }.map {
                (String($0.name.dropFirst(AnswerClash.choosing.count)), $0.value)
            },
            uniquingKeysWith: { first, _ in first }
        )
        asked = Set(pairs.filter { $0.name == AnswerClash.asked }.map(\.value))
    }

    private enum Verdict { case take, leave, clash(isUndecided: Bool) }

    /// What is taken of the page, and what clashes.
    func fields() -> (taken: [(name: String, value: String)], clashes: [AnswerClash]) {
        var left: Set<String> = []
        // A row of which nothing is sent would be one that was removed, so what stays is sent as it stands.
        var stays: [(name: String, value: String)] = []
        var clashes: [AnswerClash] = []
        for (index, row) in sent.sorted(by: { $0.key < $1.key }) {
            for field in section.fields {
                guard let values = row[field.key] else { continue }
                let path = FieldPath(section: section.key, row: section.rows == nil ? nil : index, field: field.key)
                switch verdict(values, field, index, path.rawValue) {
                case .take: continue
                case .leave: break
                case .clash(let isUndecided):
                    clashes.append(clash(values, field, index, path, isUndecided))
                }
                left.insert(path.rawValue)
                if section.rows != nil { stays += stored(field, index).map { (path.rawValue, $0) } }
            }
        }
        return (pairs.filter { !left.contains($0.name) } + stays, clashes)
    }

    private func stored(_ field: FormField, _ row: Int) -> [String] {
        switch earlier.indices.contains(row) ? earlier[row][field.key] : nil {
        case .text(let text): [text]
        case .several(let several): several
        case nil: [""]
        }
    }

    private func verdict(_ values: [String], _ field: FormField, _ row: Int, _ path: String) -> Verdict {
        let key = ReadMarks.key(row, field, of: section)
        let (here, there) = (ReadMarks.mark(definition.answer(values, to: field), field), now.marks[key])
        let isChangedThere = there != read.marks[key]
        guard here != there else { return .leave }
        if let decided = decided(path, isChangedThere: isChangedThere) { return decided }
        guard isChangedThere else { return .take }
        return here == read.marks[key] ? .leave : .clash(isUndecided: false)
    }

    /// What somebody has chosen who was asked; what has changed since they were is asked again.
    private func decided(_ unit: String, isChangedThere: Bool) -> Verdict? {
        switch choices[unit] {
        case AnswerClash.here: isChangedThere ? .clash(isUndecided: false) : .take
        case AnswerClash.there: isChangedThere ? .clash(isUndecided: false) : .leave
        default: asked.contains(unit) ? .clash(isUndecided: true) : nil
        }
    }

    private func clash(
        _ values: [String],
        _ field: FormField,
        _ row: Int,
        _ path: FieldPath,
        _ isUndecided: Bool
    ) -> AnswerClash {
        let there = earlier.indices.contains(row) ? earlier[row][field.key] : nil
        return AnswerClash(
            unit: path.rawValue,
            label: section.rows == nil
                ? field.label : Words("\(field.label.vi) (dòng \(row + 1))", "\(field.label.en) (row \(row + 1))"),
            sent: values.map { (path.rawValue, $0) },
            here: definition.answer(values, to: field).flatMap { definition.words(for: $0, in: field) },
            there: there.flatMap { definition.words(for: $0, in: field) },
            isUndecided: isUndecided
        )
    }

    // MARK: - Rows

    /// Rows are told apart by their number alone. Where rows came or went on one of the two pages, the section is one
    /// thing; otherwise its fields are.
    func rows() -> (taken: [(name: String, value: String)], clashes: [AnswerClash]) {
        guard !sent.isEmpty else { return (pairs, []) }
        let removed = pairs.first { $0.name == FormDefinition.removeName }.map(\.value)
        let isChangedThere = now != read
        let verdict: Verdict
        if let decided = decided(section.key, isChangedThere: isChangedThere) {
            verdict = decided
        } else if !isChangedThere {
            verdict = .take
        } else if removed == nil, isUntouched {
            verdict = .leave
        } else if removed == nil, now.rows == read.rows, sent.count == read.rows {
            return fields()
        } else {
            verdict = .clash(isUndecided: false)
        }
        let others = pairs.filter { !$0.name.hasPrefix("\(section.key).") }
        switch verdict {
        case .take: return (pairs, [])
        case .leave: return (others, [])
        case .clash(let isUndecided):
            let buttons = [FormDefinition.removeName, FormDefinition.addName]
            return (others.filter { !buttons.contains($0.name) }, [clash(without: removed, isUndecided)])
        }
    }

    private var isUntouched: Bool {
        sent.count == read.rows
            && sent.allSatisfy { index, row in
                row.allSatisfy { key, values in
                    guard let field = section.field(key) else { return true }
                    return ReadMarks.mark(definition.answer(values, to: field), field)
                        == read.marks[ReadMarks.key(index, field, of: section)]
                }
            }
    }

    private func clash(without removed: String?, _ isUndecided: Bool) -> AnswerClash {
        let rows = sent.sorted { $0.key < $1.key }.filter { "\(section.key).\($0.key)" != removed }.map(\.value)
        let here = rows.map { row in
            row.reduce(into: Answers.Row()) { answers, pair in
                answers[pair.key] = section.field(pair.key).flatMap { definition.answer(pair.value, to: $0) }
            }
        }
        return AnswerClash(
            unit: section.key,
            label: section.name,
            sent: rows.enumerated().flatMap { index, row in
                section.fields.flatMap { field in
                    (row[field.key] ?? []).map {
                        (FieldPath(section: section.key, row: index, field: field.key).rawValue, $0)
                    }
                }
            },
            here: words(here),
            there: words(earlier),
            isUndecided: isUndecided
        )
    }

    private func words(_ rows: [Answers.Row]) -> Words? {
        let lines = rows.enumerated().map { index, row in
            let words = section.fields.compactMap { field in
                row[field.key].flatMap { definition.words(for: $0, in: field) }
            }
            return Words(
                "\(index + 1). \(words.map(\.vi).joined(separator: "; "))",
                "\(index + 1). \(words.map(\.en).joined(separator: "; "))"
            )
        }
        guard !lines.isEmpty else { return nil }
        return Words(lines.map(\.vi).joined(separator: "\n"), lines.map(\.en).joined(separator: "\n"))
    }
}
