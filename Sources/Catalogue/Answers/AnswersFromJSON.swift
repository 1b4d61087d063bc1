import Kernel
package import Web

extension FormDefinition {
    /// The answers in `tree`, and an error for every key this form does not have and every value of the wrong kind: a
    /// program that misspells a field must hear of it.
    package func answers(in tree: JSONTree) -> (answers: Answers, errors: [FieldError]) {
        var reader = JSONReader(form: self)
        reader.read(tree)
        return (reader.answers, reader.errors.sorted { $0.field < $1.field })
    }
}

private struct JSONReader {
    let form: FormDefinition
    var answers = Answers()
    var errors: [FieldError] = []

    mutating func read(_ tree: JSONTree) {
        guard case .object(let members) = tree else { return refuse("", "một đối tượng JSON", "a JSON object") }
        for (key, value) in members where key != FormDefinition.confirmed || form.rules.isEmpty {
            guard let section = form.section(key) else {
                refuseName(key, among: form.sections.map(\.key))
                continue
            }
            switch (section.rows, value) {
            case (nil, .object(let row)): answers.set([read(row, of: section, index: nil)], of: section)
            case (nil, _): refuse(key, "một đối tượng JSON", "a JSON object")
            case (let limits?, .list(let list)) where list.count <= limits.max:
                let rows = list.enumerated().map { index, value -> Answers.Row in
                    guard case .object(let row) = value else {
                        refuse("\(key).\(index)", "một đối tượng JSON", "a JSON object")
                        return [:]
                    }
                    return read(row, of: section, index: index)
                }
                answers.set(rows, of: section)
            case (let limits?, _):
                refuse(
                    key,
                    "một mảng có tối đa \(limits.max) đối tượng JSON",
                    "an array of at most \(limits.max) JSON objects"
                )
            }
        }
        confirm(members[FormDefinition.confirmed])
    }

    /// `true` or `"yes"` confirms the answers as they are sent; what an answer of ours gave as confirmed is taken back as
    /// it is, and counts no more when the answers are others.
    private mutating func confirm(_ tree: JSONTree?) {
        guard let tree, !form.rules.isEmpty else { return }
        guard case .object(let members) = tree else {
            return refuse(FormDefinition.confirmed, "một đối tượng JSON", "a JSON object")
        }
        let known = form.rules.filter { $0.kind == .asked }
        for key in members.keys.sorted() where !known.contains(where: { $0.key == key }) {
            refuseName("\(FormDefinition.confirmed).\(key)", among: known.map(\.key))
        }
        let sent = answers
        answers = form.confirming(sent) { rule in
            switch members[rule.key] {
            case .flag(true), .text("yes"): form.mark(of: rule, in: sent)
            case .text(let text): text
            case nil, .flag, .null, .integer, .number, .list, .object: nil
            }
        }
    }

    private mutating func read(_ members: [String: JSONTree], of section: FormSection, index: Int?) -> Answers.Row {
        var row: Answers.Row = [:]
        for (key, value) in members {
            let path = FieldPath(section: section.key, row: index, field: key).rawValue
            guard let field = section.field(key) else {
                refuseName(path, among: section.fields.map(\.key))
                continue
            }
            row[key] = answer(value, to: field, path)
        }
        return row
    }

    private mutating func answer(_ value: JSONTree, to field: FormField, _ path: String) -> Answers.Answer? {
        switch (field.type, value) {
        case (_, .null): return nil
        case (.choices, .list(let list)):
            let texts = list.compactMap { if case .text(let text) = $0 { text.tidied } else { nil } }
            guard texts.count == list.count, list.count <= 1000 else { break }
            return texts.isEmpty ? nil : .several(texts)
        case (.choices, _): break
        case (_, .text(let text)): return text.tidied.isEmpty ? nil : .text(text.tidied)
        case (.yesNo, .flag(let flag)): return .text(flag ? "yes" : "no")
        case (.number, .integer(let integer)), (.money, .integer(let integer)): return .text(String(integer))
        // Numbers are stored as Vietnamese writes them, with a decimal comma.
        case (.number, .number(let number)): return .text("\(number)".replacing(".", with: ","))
        case (_, .flag), (_, .integer), (_, .number), (_, .list), (_, .object): break
        }
        switch field.type {
        case .choices: refuse(path, "một mảng các chuỗi", "an array of strings")
        case .yesNo: refuse(path, "true hoặc false", "true or false")
        case .number, .money: refuse(path, "một số", "a number")
        case .name, .party, .text, .paragraph, .date, .partialDate, .choice, .phone, .email, .nationalNumber, .idNumber,
            .address:
            refuse(path, "một chuỗi", "a string")
        }
        return nil
    }

    private mutating func refuse(_ path: String, _ vi: String, _ en: String) {
        errors.append(FieldError(path, "Giá trị phải là \(vi).", "The value must be \(en)."))
    }

    private mutating func refuseName(_ path: String, among known: [String]) {
        let path = String(path.tidied.prefix(100))
        // Whoever misspells this many is told that each is wrong, not each time what would be right.
        guard errors.count < 20 else {
            errors.append(FieldError(path, "Mẫu đơn không có mục này.", "The form has no such member."))
            return
        }
        let names = known.joined(separator: ", ")
        errors.append(
            FieldError(
                path,
                "Mẫu đơn không có mục này. Các mục hợp lệ: \(names).",
                "The form has no such member. It knows: \(names)."
            )
        )
    }
}
