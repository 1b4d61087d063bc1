import Catalogue
import Foundation
import Kernel
import Web

extension FormDefinition {
    /// Answers that an invented person gives, complete and valid for the rules of the form.
    func filled(today: LocalDate, _ lot: inout Lot) throws -> Answers {
        var person = DemoPeople.Generator(seed: lot.next())
        var answers: [String: Any] = [:]
        for section in self.sections where section.rows?.min != 0 {
            let rows = (0..<max(1, section.rows?.min ?? 1)).map { _ in
                var row: [String: Any] = [:]
                for field in section.fields {
                    row[field.key] = answer(to: field, in: section, today: today, &person, &lot)
                }
                return row
            }
            answers[section.key] = section.rows == nil ? rows[0] : rows as Any
        }
        // People who invent each answer by itself contradict themselves: what does not fit together is thought over.
        var checked = check(try Self.answers(answers), on: today)
        for _ in 0..<Self.mostThoughts {
            guard let error = checked.errors.first else { break }
            guard let path = FieldPath(rawValue: lot.pick(checked.compared[error] ?? [error.field])) else { break }
            var thought = answers
            think(again: path, in: &thought, today: today, &person, &lot)
            let better = check(try Self.answers(thought), on: today)
            if better.errors.count <= checked.errors.count { (answers, checked) = (thought, better) }
        }
        return try Self.answers(answers)
    }

    private static let mostThoughts = 1000

    private static func answers(_ answers: [String: Any]) throws -> Answers {
        let json = try JSONSerialization.data(withJSONObject: answers, options: .sortedKeys)
        return try Answers(stored: String(decoding: json, as: UTF8.self))
    }

    private func think(
        again path: FieldPath,
        in answers: inout [String: Any],
        today: LocalDate,
        _ person: inout DemoPeople.Generator,
        _ lot: inout Lot
    ) {
        guard let section = section(path.section), let field = section.field(path.field) else { return }
        let isDay = [.date, .partialDate].contains(field.type) && field.check != .notPast
        let answer =
            isDay
            ? today.adding(days: -lot.number(1...lot.pick([60, 400, 3000, 12_000, 30_000]))).vietnamese
            : answer(to: field, in: section, today: today, &person, &lot)
        if let row = path.row, var rows = answers[section.key] as? [[String: Any]], rows.indices.contains(row) {
            rows[row][field.key] = answer
            answers[section.key] = rows
        } else if var row = answers[section.key] as? [String: Any] {
            row[field.key] = answer
            answers[section.key] = row
        }
    }

    private func answer(
        to field: FormField,
        in section: FormSection,
        today: LocalDate,
        _ person: inout DemoPeople.Generator,
        _ lot: inout Lot
    ) -> String {
        switch field.type {
        case .name, .party: return person.name()
        case .text, .paragraph: return String("Theo hồ sơ số \(lot.number(1...999))".prefix(field.maximum))
        case .address: return person.address()
        case .phone: return person.phone()
        case .email: return "nguoi.dan\(lot.number(1...9999))@example.vn"
        case .nationalNumber, .idNumber: return "001" + padded(lot.below(1_000_000_000), 9)
        case .number:
            let least = field.atLeast ?? 1
            return String(lot.number(least...max(least, min(field.atMost ?? least + 9, least + 9))))
        case .money:
            let least = max(field.atLeast ?? 1_000_000, 0)
            return String(max(least, min(field.atMost ?? .max, least + 1000 * lot.below(1000))))
        case .choice, .choices, .yesNo: return options(of: field).isEmpty ? "" : lot.pick(options(of: field)).value
        case .date, .partialDate: return day(for: field, in: section, today: today, &lot).vietnamese
        }
    }

    private func day(for field: FormField, in section: FormSection, today: LocalDate, _ lot: inout Lot) -> LocalDate {
        switch field.check {
        case .notPast: today.adding(days: lot.number(1...20))
        case .after(let other):
            section.field(other)?.check == .notPast
                ? today.adding(days: lot.number(30...60)) : today.adding(days: -lot.number(400...3000))
        // Long enough ago for adults, and before whatever has to come after.
        case .adult, .notFuture, .whole, nil: today.adding(days: -lot.number(8000...12000))
        }
    }
}
