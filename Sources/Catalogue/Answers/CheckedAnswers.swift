package import Kernel
package import Web

/// Answers after the rules of their form.
package struct CheckedAnswers: Sendable {
    /// In their stored form; without what is hidden or blank. Fields with an error keep what was typed.
    package let answers: Answers
    /// In the order of the form; none when the answers may be filed.
    package let errors: [FieldError]

    /// The fields that were compared where an error comes from a rule across sections.
    package let compared: [FieldError: [String]]

    package var isComplete: Bool { errors.isEmpty }

    package init(answers: Answers, errors: [FieldError], compared: [FieldError: [String]] = [:]) {
        self.answers = answers
        self.errors = errors
        self.compared = compared
    }
}

extension FormDefinition {
    /// Judges `typed` by every rule of the form; `sections` limits it to the pages somebody has come to.
    package func check(_ typed: Answers, on today: LocalDate, sections: Set<String>? = nil) -> CheckedAnswers {
        var answers = Answers()
        var errors: [FieldError] = []
        let shown = shown(typed)
        let known = Dictionary(
            shown.sections.filter { $0.section.rows == nil }.map { ($0.section.key, $0.rows.first?.answers ?? [:]) },
            uniquingKeysWith: { first, _ in first }
        )
        for part in shown.sections where sections?.contains(part.section.key) ?? true {
            var checkedRows: [Answers.Row] = []
            for row in part.rows where row.index == nil || !row.isBlank {
                let judge = RowJudge(form: self, section: part.section, row: row, known: known, today: today)
                checkedRows.append(judge.checked(&errors))
            }
            if let limits = part.section.rows {
                errors += FormDefinition.errors(of: part.section, limits, count: checkedRows.count)
            }
            answers.set(checkedRows, of: part.section)
        }
        var compared: [FieldError: [String]] = [:]
        let broken = implausible(shown, on: today)
        let refused = Set(broken.filter { $0.rule.kind == .refused }.map(\.path))
        for implausible in broken where sections?.contains(implausible.section) ?? true {
            let rule = implausible.rule
            // What cannot be is not asked about as well.
            if rule.kind == .asked, refused.contains(implausible.path) { continue }
            if rule.kind == .asked, isConfirmed(rule, in: typed) {
                answers[FormDefinition.confirmed, rule.key] = typed[FormDefinition.confirmed, rule.key]
            } else if compared[implausible.error, default: []].isEmpty {
                errors.append(implausible.error)
                compared[implausible.error] = implausible.compared
            } else {
                // Another row breaks the same rule: one tick is asked for all.
                compared[implausible.error]? += implausible.compared
            }
        }
        return CheckedAnswers(answers: answers, errors: errors, compared: compared)
    }

    private static func errors(of section: FormSection, _ limits: FormSection.Rows, count: Int) -> [FieldError] {
        if count < limits.min {
            return [
                FieldError(
                    section.key,
                    "Phần “\(section.name.vi)” cần ít nhất \(limits.min) dòng. Hãy điền thêm.",
                    "“\(section.name.en)” needs at least \(limits.min) rows. Please fill in more."
                )
            ]
        }
        if count > limits.max {
            return [
                FieldError(
                    section.key,
                    "Phần “\(section.name.vi)” chỉ nhận tối đa \(limits.max) dòng. Hãy xóa bớt.",
                    "“\(section.name.en)” takes at most \(limits.max) rows. Please remove some."
                )
            ]
        }
        return []
    }
}

extension ShownForm.Row {
    var isBlank: Bool { fields.allSatisfy { answers[$0.key]?.isBlank ?? true } }
}

private struct RowJudge {
    let form: FormDefinition
    let section: FormSection
    let row: ShownForm.Row
    let known: [String: Answers.Row]
    let today: LocalDate

    func checked(_ errors: inout [FieldError]) -> Answers.Row {
        var checked: Answers.Row = [:]
        for field in row.fields {
            guard let answer = row.answers[field.key], !answer.isBlank else {
                if isRequired(field) { errors.append(missing(field)) }
                continue
            }
            switch FieldRule(field: field, options: form.options(of: field), today: today).judge(
                answer,
                in: row.answers
            ) {
            case .accepted(let stored): checked[field.key] = stored
            case .refused(let words):
                checked[field.key] = answer
                errors.append(error(field, words))
            }
        }
        return checked
    }

    private func isRequired(_ field: FormField) -> Bool {
        switch field.required {
        case .always: true
        case .never: false
        case .when(let condition): condition.holds(in: row.answers, of: known)
        }
    }

    private func missing(_ field: FormField) -> FieldError {
        switch field.type {
        case .choice, .choices, .yesNo:
            error(field, Words("chưa được chọn. Hãy chọn một mục.", "is not answered. Please choose."))
        case .name, .party, .text, .paragraph, .date, .partialDate, .number, .money, .phone, .email, .nationalNumber,
            .idNumber,
            .address:
            error(field, Words("còn trống. Hãy điền mục này.", "is empty. Please fill it in."))
        }
    }

    /// Names the field by its label, because the summary of errors stands far from it.
    private func error(_ field: FormField, _ words: Words) -> FieldError {
        let path = FieldPath(section: section.key, row: row.index, field: field.key)
        let place = row.index.map { Words(", dòng \($0 + 1)", ", row \($0 + 1),") }
        return FieldError(
            path.rawValue,
            "“\(field.label.vi)”\(place?.vi ?? "") \(words.vi)",
            "“\(field.label.en)”\(place?.en ?? "") \(words.en)"
        )
    }
}
