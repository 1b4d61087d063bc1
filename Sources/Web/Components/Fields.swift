package import Markup

/// What a field is for: decides the keyboard a phone shows and what the browser may fill in.
package enum FieldKind: Sendable {
    case text, name, phone, email, date, number, money, nationalNumber, address, search, password, newPassword, code

    fileprivate var inputType: String {
        switch self {
        case .text, .name, .date, .number, .money, .nationalNumber, .address, .code: "text"
        case .phone: "tel"
        case .email: "email"
        case .search: "search"
        case .password, .newPassword: "password"
        }
    }

    fileprivate var keyboard: String? {
        switch self {
        case .date, .number, .money, .nationalNumber: "numeric"
        case .text, .name, .phone, .email, .address, .search, .password, .newPassword, .code: nil
        }
    }

    fileprivate var autocomplete: String? {
        switch self {
        case .name: "name"
        case .phone: "tel"
        case .email: "email"
        case .address: "street-address"
        case .password: "current-password"
        case .newPassword: "new-password"
        case .code: "one-time-code"
        case .text, .date, .number, .money, .nationalNumber, .search: nil
        }
    }

    /// How many characters wide the box is, so that its width tells what belongs into it.
    fileprivate var size: String {
        switch self {
        case .date, .number: "short"
        case .phone, .money, .nationalNumber, .code: "medium"
        case .text, .name, .email, .address, .search, .password, .newPassword: "long"
        }
    }
}

extension Form {
    /// One line of text.
    package func field(
        _ name: String,
        _ label: String,
        _ kind: FieldKind = .text,
        hint: String? = nil,
        required: Bool = true,
        maxLength: Int? = nil,
        autocomplete: String? = nil,
        value: String? = nil
    ) -> HTML {
        let isSecret = kind == .password || kind == .newPassword
        return control(name, label, hint: hint, required: required) { id, described in
            """
            <input id="\(id)" name="\(name)" type="\(kind.inputType)" class="\(kind.size)" \
            value="\(isSecret ? "" : typed[name] ?? value ?? "")" \(attribute: "inputmode", kind.keyboard) \
            \(attribute: "autocomplete", autocomplete ?? kind.autocomplete) \
            \(attribute: "maxlength", maxLength.map(String.init)) \(attribute: "aria-describedby", described) \
            \(attribute: "aria-invalid", error(of: name) == nil ? nil : "true") \(attribute: "required", when: required)>
            """
        }
    }

    /// Several lines of text.
    package func textArea(
        _ name: String,
        _ label: String,
        hint: String? = nil,
        required: Bool = true,
        maxLength: Int? = nil,
        rows: Int = 5,
        value: String? = nil
    ) -> HTML {
        control(name, label, hint: hint, required: required) { id, described in
            // The line break after the tag is dropped by browsers, so that a text may begin with one.
            """
            <textarea id="\(id)" name="\(name)" rows="\(rows)" \(attribute: "maxlength", maxLength.map(String.init)) \
            \(attribute: "aria-describedby", described) \
            \(attribute: "aria-invalid", error(of: name) == nil ? nil : "true") \
            \(attribute: "required", when: required)>
            \(typed[name] ?? value ?? "")</textarea>
            """
        }
    }

    /// One of many answers.
    package func select(
        _ name: String,
        _ label: String,
        _ choices: [Choice],
        hint: String? = nil,
        required: Bool = true,
        value: String? = nil
    ) -> HTML {
        let chosen = typed[name] ?? value ?? ""
        return control(name, label, hint: hint, required: required) { id, described in
            """
            <select id="\(id)" name="\(name)" \(attribute: "aria-describedby", described) \
            \(attribute: "aria-invalid", error(of: name) == nil ? nil : "true") \(attribute: "required", when: required)>\
            <option value="">\(say("– Chọn –", "– Choose –"))</option>\
            \(choices.map { option($0, isChosen: $0.value == chosen) })</select>
            """
        }
    }

    private func option(_ choice: Choice, isChosen: Bool) -> HTML {
        "<option value=\"\(choice.value)\" \(attribute: "selected", when: isChosen)>\(choice.label)</option>"
    }

    /// A file to send along, with what is accepted said beside it.
    package func fileField(
        _ name: String,
        _ label: String,
        hint: String? = nil,
        required: Bool = true,
        /// When it is needed, where that depends on what else is chosen.
        neededWhen: String? = nil,
        isThere: Bool = false,
        several: Bool = false
    ) -> HTML {
        let accepted = say(
            "Tệp PDF, ảnh JPG hoặc PNG, mỗi tệp không quá 50 MB. Ảnh chụp bằng điện thoại cũng được.",
            "A PDF file or a JPG or PNG picture, at most 50 MB each. A photo taken with a phone will do."
        )
        let label = neededWhen.map { "\(label) (\($0))" } ?? label
        return control(name, label, hint: hint ?? accepted, required: required || neededWhen != nil) { id, described in
            """
            <input id="\(id)" name="\(name)" type="file" accept=".pdf,.jpg,.jpeg,.png" class="file" \
            \(attribute: "multiple", when: several) \(attribute: "aria-describedby", described) \
            \(attribute: "aria-invalid", error(of: name) == nil ? nil : "true") \
            \(attribute: "required", when: required && !isThere)>
            """
        }
    }

    /// A label, a hint, an error and whatever is typed into, tied together for those who cannot see them together.
    private func control(
        _ name: String,
        _ label: String,
        hint: String?,
        required: Bool,
        input: (_ id: String, _ described: String?) -> HTML
    ) -> HTML {
        let id = fieldID(name)
        let problem = error(of: name)
        let described = [hint.map { _ in id + "-hint" }, problem.map { _ in id + "-error" }].compactMap(\.self)
        return """
            <div class="field \(problem == nil ? "" : "wrong")"><label for="\(id)">\(label)\(optional(required))</label>\
            \(hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" as HTML })\
            \(problem.map { message($0, id) })\
            \(input(id, described.isEmpty ? nil : described.joined(separator: " ")))</div>
            """
    }

    /// What is wrong with a field that is drawn in a table, at the place to which the summary of errors leads.
    package func errorLine(of name: String) -> HTML? { error(of: name).map { message($0, fieldID(name)) } }

    func message(_ problem: String, _ id: String) -> HTML {
        """
        <p class="error" id="\(id)-error"><span class="unseen">\(say("Lỗi", "Error")): </span>\(problem)</p>
        """
    }

    /// Fields are needed unless they say otherwise; stars would have to be explained.
    func optional(_ required: Bool) -> HTML? {
        required ? nil : " <span class=\"optional\">\(say("(không bắt buộc)", "(optional)"))</span>"
    }
}
