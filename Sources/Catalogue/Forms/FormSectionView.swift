package import Markup
package import Web

/// The questions of one section as they apply to `answers`, to stand inside a form of ours. Without a script the page
/// follows the answers when its update button is pressed, or when it is saved.
package func formSection(
    _ section: FormSection,
    of form: FormDefinition,
    answers: Answers,
    errors: [FieldError],
    _ context: some AudienceContext
) -> HTML {
    let view = FormSectionView(
        definition: form,
        section: section,
        form: Form(context, errors: errors),
        errors: errors,
        say: context.language
    )
    return view.html(answers)
}

/// The same inside a form that asks for more.
package func formSection(
    _ section: FormSection,
    of definition: FormDefinition,
    answers: Answers,
    errors: [FieldError],
    in form: Form,
    _ say: Language
) -> HTML {
    FormSectionView(definition: definition, section: section, form: form, errors: errors, say: say).html(answers)
}

private struct FormSectionView {
    let definition: FormDefinition
    let section: FormSection
    let form: Form
    let errors: [FieldError]
    let say: Language

    func html(_ answers: Answers) -> HTML {
        guard let shown = definition.shown(answers).sections.first(where: { $0.section.key == section.key }) else {
            return "<p>\(say("Phần này không áp dụng cho trường hợp của bạn.", "This part does not apply to you."))</p>"
        }
        let help: HTML? = section.help.map { "<p class=\"hint\">\(say($0))</p>" }
        return """
            \(help)\(shown.rows.map { row($0, isOnly: shown.rows.count == 1) })\
            \(section.rows.map { addButton($0, count: shown.rows.count) })\
            \(definition.rules.compactMap { tick($0, answers) })\
            \(hasInnerConditions ? updateButton : nil)
            """
    }

    private func row(_ row: ShownForm.Row, isOnly: Bool) -> HTML {
        let fields = row.fields.map { field($0, in: row) }
        guard let index = row.index else { return "\(fields)" }
        let remove = button(
            say("Xóa dòng \(index + 1)", "Remove row \(index + 1)"),
            .quiet,
            name: FormDefinition.removeName,
            value: "\(section.key).\(index)"
        )
        return """
            <fieldset class="row"><legend>\(say(section.name)) – \(say("dòng", "row")) \(index + 1)</legend>\(fields)\
            \(isOnly ? nil : actions(remove))</fieldset>
            """
    }

    /// Asked where the last of the fields stands that are odd together. The value says which answers are confirmed.
    private func tick(_ rule: PlausibilityRule, _ answers: Answers) -> HTML? {
        let name = FormDefinition.tick(rule)
        let isConfirmed = definition.isConfirmed(rule, in: answers)
        let isAsked = errors.contains { $0.field == name }
        guard rule.kind == .asked, definition.lastPlace(of: rule)?.section == section.key, isConfirmed || isAsked else {
            return nil
        }
        let mark = definition.mark(of: rule, in: answers)
        return """
            \(form.hidden(name, ""))\(form.checkboxes(
                name,
                // While it is asked, the error says it all.
                isAsked ? say("Điều khác thường", "Something odd") : say(rule.message),
                [Choice(mark, say("Đúng như vậy, tôi xác nhận", "That is so, I confirm it"))],
                required: true,
                values: isConfirmed ? [mark] : []
            ))
            """
    }

    /// What is wrong with the number of rows is said here, at the id to which the summary links.
    private func addButton(_ limits: FormSection.Rows, count: Int) -> HTML {
        let problem = errors.first { $0.field == section.key }
        return """
            <div class="field \(problem == nil ? "" : "wrong")" id="f-\(section.key)" tabindex="-1">\
            \(problem.map { "<p class=\"error\">\(say($0.vi, $0.en))</p>" as HTML })\
            \(count < limits.max
                ? actions(
                    button(say("Thêm dòng", "Add a row"), .plain, name: FormDefinition.addName, value: section.key)
                ) : nil)</div>
            """
    }

    private var hasInnerConditions: Bool { section.fields.contains { $0.when.map { $0.section == nil } ?? false } }

    private var updateButton: HTML {
        actions(
            button(
                say("Cập nhật các mục theo câu trả lời", "Update the questions"),
                .quiet,
                name: FormDefinition.updateName,
                value: section.key
            )
        )
    }

    private func field(_ field: FormField, in row: ShownForm.Row) -> HTML {
        let name = FieldPath(section: section.key, row: row.index, field: field.key).rawValue
        let (label, hint) = (say(field.label), hint(field))
        let required = field.required != .never
        let options = definition.options(of: field).map { Choice($0.value, say($0.name)) }
        let value: String? =
            if case .text(let text) = row.answers[field.key] {
                FormDefinition.edited(text, as: field.type)
            } else { nil }
        if field.fill == .returnByPost, let value {
            return definitionList([
                (label, "\(options.first { $0.value == value }.map(\.label) ?? value)")
            ])
        }
        switch field.type {
        case .paragraph:
            return form.textArea(
                name,
                label,
                hint: hint,
                required: required,
                maxLength: field.maximum,
                rows: field.maximum > 500 ? 5 : 3,
                value: value
            )
        case .choice where options.count > 5:
            return form.select(name, label, options, hint: hint, required: required, value: value)
        case .choice, .yesNo: return form.radios(name, label, options, hint: hint, required: required, value: value)
        case .choices:
            let chosen = if case .several(let several) = row.answers[field.key] { several } else { [String]() }
            return """
                \(form.hidden(name, ""))\(form.checkboxes(name, label, options, hint: hint, required: required, values: chosen))
                """
        case .name, .party, .text, .date, .partialDate, .number, .money, .phone, .email, .nationalNumber, .idNumber,
            .address:
            return form.field(
                name,
                label,
                kind(field.type),
                hint: hint,
                required: required,
                maxLength: field.maximum,
                // Only the applicant is the person in front of the screen; the others must not be filled in for them.
                autocomplete: section.key == "applicant" ? nil : "off",
                value: value
            )
        }
    }

    private func kind(_ type: FieldType) -> FieldKind {
        switch type {
        case .name, .party: .name
        case .date: .date
        case .number: .number
        case .money: .money
        case .phone: .phone
        case .email: .email
        case .nationalNumber: .nationalNumber
        case .address: .address
        case .text, .idNumber, .partialDate, .paragraph, .choice, .choices, .yesNo: .text
        }
    }

    private func hint(_ field: FormField) -> String? {
        let pattern: Words? =
            switch field.type {
            case .date: Words("Ngày/tháng/năm, ví dụ 31/12/1990.", "Day/month/year, such as 31/12/1990.")
            case .partialDate:
                Words(
                    "Ví dụ 31/12/1990; không nhớ ngày thì 12/1990 hoặc 1990.",
                    "Such as 31/12/1990; if you do not know the day, 12/1990 or 1990."
                )
            case .money: Words("Số tiền bằng đồng, ví dụ 1.500.000.", "In đồng, such as 1.500.000.")
            case .name, .party, .text, .paragraph, .choice, .choices, .yesNo, .number, .phone, .email, .nationalNumber,
                .idNumber,
                .address:
                nil
            }
        let hints = [field.help, pattern].compactMap { $0 }.map { say($0) }
        return hints.isEmpty ? nil : hints.joined(separator: " ")
    }
}

extension FormDefinition {
    /// As people edit it: dates as they are written, amounts as bare digits.
    static func edited(_ text: String, as type: FieldType) -> String {
        type == .date || type == .partialDate ? displayed(text, as: type) : text
    }
}
