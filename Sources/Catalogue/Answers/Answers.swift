import Kernel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What somebody typed into a form: a draft keeps it as it was typed, a filed dossier in its checked form.
///
/// Its stored form is the JSON that people would expect: `{"child":{"fullName":"…"},"residence":[{…},{…}]}`.
package struct Answers: Hashable, Sendable {
    package typealias Row = [String: Answer]

    package enum Answer: Hashable, Sendable {
        case text(String)
        case several([String])
    }

    enum Section: Hashable, Sendable {
        case once(Row)
        case rows([Row])
    }

    var sections: [String: Section] = [:]

    package init() {}

    /// The text in a field of a section that is not repeated; nil when nothing was typed.
    package subscript(_ section: String, _ field: String) -> String? {
        get {
            guard case .once(let row) = sections[section], case .text(let text) = row[field] else { return nil }
            return text
        }
        set {
            var row = if case .once(let row) = sections[section] { row } else { Row() }
            row[field] = newValue.map(Answer.text)
            sections[section] = row.isEmpty ? nil : .once(row)
        }
    }

    /// The rows that belong to `section`: exactly one when it is not repeated, at least its minimum when it is.
    package func rows(of section: FormSection) -> [Row] {
        switch (section.rows, sections[section.key]) {
        case (nil, .once(let row)): [row]
        case (nil, .rows(let rows)): [rows.first ?? [:]]
        case (nil, nil): [[:]]
        case (let limits?, .rows(let rows)):
            rows + Array(repeating: [:], count: max(0, limits.min - rows.count))
        case (let limits?, .once(let row)): [row] + Array(repeating: [:], count: max(0, limits.min - 1))
        case (let limits?, nil): Array(repeating: [:], count: limits.min)
        }
    }

    mutating func set(_ rows: [Row], of section: FormSection) {
        if section.rows == nil {
            let row = rows.first ?? [:]
            sections[section.key] = row.isEmpty ? nil : .once(row)
        } else {
            sections[section.key] = rows.isEmpty ? nil : .rows(rows)
        }
    }

    package var isEmpty: Bool { sections.isEmpty }

    /// Every text that was typed, in no order.
    package var texts: [String] {
        sections.values.flatMap { section -> [Row] in
            switch section {
            case .once(let row): [row]
            case .rows(let rows): rows
            }
        }.flatMap(\.values).compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    /// Whether something was said of `section`.
    package func tell(of section: FormSection) -> Bool { sections[section.key] != nil }
}

extension Answers: Codable {
    package init(from decoder: any Decoder) throws {
        sections = try decoder.singleValueContainer().decode([String: Section].self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(sections)
    }

    /// Keys in order, so that equal answers are equal bytes.
    package var json: String {
        // By hand, because every dossier and every pause in typing comes through here.
        var bytes: [UInt8] = []
        bytes.append(object: sections) { bytes, section in
            switch section {
            case .once(let row): bytes.append(row)
            case .rows(let rows): bytes.append(array: rows) { $0.append($1) }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads what `json` wrote.
    package init(stored json: String) throws {
        self = try JSONDecoder().decode(Answers.self, from: Data(json.utf8))
    }
}

extension Answers.Section: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let row = try? container.decode(Answers.Row.self) {  // Not an object: then it is a list of them.
            self = .once(row)
        } else {
            self = .rows(try container.decode([Answers.Row].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .once(let row): try container.encode(row)
        case .rows(let rows): try container.encode(rows)
        }
    }
}

extension Answers.Answer: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {  // Not a text: then it is a list of them.
            self = .text(text)
        } else {
            self = .several(try container.decode([String].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .several(let several): try container.encode(several)
        }
    }

    /// Whether nothing was typed or chosen.
    var isBlank: Bool {
        switch self {
        case .text(let text): text.tidied.isEmpty
        case .several(let several): several.isEmpty
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ row: Answers.Row) {
        append(object: row) { bytes, answer in
            switch answer {
            case .text(let text): bytes.append(quoted: text)
            case .several(let several): bytes.append(array: several) { $0.append(quoted: $1) }
            }
        }
    }

    fileprivate mutating func append<Value>(object members: [String: Value], _ write: (inout Self, Value) -> Void) {
        append(UInt8(ascii: "{"))
        for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { append(UInt8(ascii: ",")) }
            append(quoted: member.key)
            append(UInt8(ascii: ":"))
            write(&self, member.value)
        }
        append(UInt8(ascii: "}"))
    }

    fileprivate mutating func append<Value>(array values: [Value], _ write: (inout Self, Value) -> Void) {
        append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { append(UInt8(ascii: ",")) }
            write(&self, value)
        }
        append(UInt8(ascii: "]"))
    }
}
