import Catalogue
import Kernel
import Markup
import Web

/// The questions of one section as controls, filled with what was typed.
///
/// What a condition hides is left out by the server, so the page works without a script; a changed answer shows its
/// further questions when the page is sent.
func formSection(
    _ section: FormSection,
    of definition: FormDefinition,
    answers: Answers,
    errors: [FieldError],
    _ context: some AudienceContext
) -> HTML {
    let say = context.language
    guard let shown = definition.shown(answers).sections.first(where: { $0.section.key == section.key }) else {
        return "<p>\(say("Phần này không áp dụng cho trường hợp của bạn.", "This part does not apply to you."))</p>"
    }
    let form = Form(context, typed: typedData(shown), errors: errors)
    return """
        \(section.help.map { "<p class=\"hint\">\(say($0))</p>" as HTML })
        \(shown.rows.map { row in
            section.rows == nil
                ? fields(row, section, definition, form, say)
                : repeated(row, section, definition, form, say, isOnly: shown.rows.count == 1)
        })
        \(section.rows.map { rows in
            shown.rows.count < rows.max
                ? button(
                    say("Thêm dòng", "Add a row"),
                    .plain,
                    name: FormDefinition.addName,
                    value: section.key
                ) : "<p class=\"hint\">\(say("Đã đủ số dòng tối đa.", "No more rows fit."))</p>"
        })
        """
}

private func repeated(
    _ row: ShownForm.Row,
    _ section: FormSection,
    _ definition: FormDefinition,
    _ form: Form,
    _ say: Language,
    isOnly: Bool
) -> HTML {
    let index = row.index ?? 0
    return """
        <fieldset class="row"><legend>\(say(section.name)) \(index + 1)</legend>
        \(fields(row, section, definition, form, say))
        \(isOnly ? nil : button(
            say("Xóa dòng \(index + 1)", "Remove row \(index + 1)"),
            .quiet,
            name: FormDefinition.removeName,
            value: "\(section.key).\(index)"
        ))
        </fieldset>
        """
}

private func fields(
    _ row: ShownForm.Row,
    _ section: FormSection,
    _ definition: FormDefinition,
    _ form: Form,
    _ say: Language
) -> HTML {
    "\(row.fields.map { control($0, name(of: $0, in: section, row), definition, form, say) })"
}

private func name(of field: FormField, in section: FormSection, _ row: ShownForm.Row) -> String {
    FieldPath(section: section.key, row: row.index, field: field.key).rawValue
}

private func control(_ field: FormField, _ name: String, _ definition: FormDefinition, _ form: Form, _ say: Language)
    -> HTML
{
    let label = say(field.label)
    let hint = field.help.map { say($0) }
    // A condition may make it necessary; the check says so when it does.
    let required = field.required == .always
    let options = definition.options(of: field).map { Choice($0.value, say($0.name)) }
    switch field.type {
    case .choice where options.count > 5: return form.select(name, label, options, hint: hint, required: required)
    case .choice, .yesNo: return form.radios(name, label, options, hint: hint, required: required)
    case .choices:
        // An empty value goes along, so that none ticked is an answer too.
        return """
            \(form.hidden(name, ""))\(form.checkboxes(name, label, options, hint: hint, required: required))
            """
    case .paragraph:
        return form.textArea(name, label, hint: hint, required: required, maxLength: field.maximum)
    case .name, .text, .date, .partialDate, .number, .money, .phone, .email, .nationalNumber, .idNumber, .address:
        return form.field(
            name,
            label,
            kind(of: field.type),
            hint: hint ?? standingHint(field.type, say),
            required: required,
            maxLength: field.maximum,
            // Only the applicant's own particulars are what a browser knows.
            autocomplete: name.hasPrefix("applicant.") ? nil : "off"
        )
    }
}

private func kind(of type: FieldType) -> FieldKind {
    switch type {
    case .name: .name
    case .date, .partialDate: .date
    case .number: .number
    case .money: .money
    case .phone: .phone
    case .email: .email
    case .nationalNumber: .nationalNumber
    case .address: .address
    case .text, .paragraph, .choice, .choices, .yesNo, .idNumber: .text
    }
}

private func standingHint(_ type: FieldType, _ say: Language) -> String? {
    switch type {
    case .date: say("Ngày/tháng/năm, ví dụ 31/12/1990", "Day/month/year, such as 31/12/1990")
    case .partialDate:
        say("Ngày/tháng/năm; không nhớ ngày thì ghi tháng/năm hoặc năm", "Day/month/year, or month/year, or the year")
    case .money: say("Số đồng, ví dụ 1.500.000", "In đồng, such as 1.500.000")
    case .name, .text, .paragraph, .choice, .choices, .yesNo, .number, .phone, .email, .nationalNumber, .idNumber,
        .address:
        nil
    }
}

/// What was typed, under the names of the controls.
private func typedData(_ shown: ShownForm.Section) -> FormData {
    var data = FormData()
    for row in shown.rows {
        for field in row.fields {
            let name = name(of: field, in: shown.section, row)
            switch row.answers[field.key] {
            case .text(let text): data.append(name, isDate(field) ? vietnameseDate(text) : text)
            case .several(let several): for value in several { data.append(name, value) }
            case nil: data.append(name, "")
            }
        }
    }
    return data
}

private func isDate(_ field: FormField) -> Bool { field.type == .date || field.type == .partialDate }

/// A date in its stored form as people write it; anything else as it was typed.
private func vietnameseDate(_ text: String) -> String {
    guard text.wholeMatch(of: /\d{4}(-\d\d){0,2}/) != nil else { return text }
    return text.split(separator: "-").reversed().joined(separator: "/")
}
