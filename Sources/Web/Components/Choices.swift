package import Markup

extension Form {
    /// One of a few answers, all of them in sight.
    package func radios(
        _ name: String,
        _ legend: String,
        _ choices: [Choice],
        hint: String? = nil,
        required: Bool = true,
        value: String? = nil
    ) -> HTML {
        let chosen = typed[name] ?? value
        return group(name, legend, "radio", choices, hint: hint, required: required) { $0.value == chosen }
    }

    /// Any of a few answers.
    package func checkboxes(
        _ name: String,
        _ legend: String,
        _ choices: [Choice],
        hint: String? = nil,
        required: Bool = false,
        values: [String] = []
    ) -> HTML {
        let chosen = typed.pairs.isEmpty ? values : typed.all(name)
        return group(name, legend, "checkbox", choices, hint: hint, required: required) { chosen.contains($0.value) }
    }

    /// A statement to agree with.
    package func checkbox(_ name: String, _ label: String, value: String = "yes", isChecked: Bool = false) -> HTML {
        let id = fieldID(name)
        let problem = error(of: name)
        let chosen = typed.pairs.isEmpty ? isChecked : typed.all(name).contains(value)
        return """
            <div class="field \(problem == nil ? "" : "wrong")">\(problem.map { message($0, id) })\
            <div class="choice"><input id="\(id)" name="\(name)" type="checkbox" value="\(value)" \
            \(attribute: "aria-describedby", problem == nil ? nil : "\(id)-error") \
            \(attribute: "checked", when: chosen)><label for="\(id)">\(label)</label></div></div>
            """
    }

    private func group(
        _ name: String,
        _ legend: String,
        _ type: String,
        _ choices: [Choice],
        hint: String?,
        required: Bool,
        isChosen: (Choice) -> Bool
    ) -> HTML {
        let id = fieldID(name)
        let problem = error(of: name)
        let described = [hint.map { _ in id + "-hint" }, problem.map { _ in id + "-error" }].compactMap(\.self)
        let items = choices.enumerated().map { index, choice in
            // The summary of errors links to the first answer.
            let own = index == 0 ? id : "\(id)-\(index)"
            return """
                <div class="choice"><input id="\(own)" name="\(name)" type="\(type)" value="\(choice.value)" \
                \(attribute: "aria-describedby", choice.hint == nil ? nil : "\(own)-more") \
                \(attribute: "checked", when: isChosen(choice))><label for="\(own)">\(choice.label)</label>\
                \(choice.hint.map { "<p class=\"hint\" id=\"\(own)-more\">\($0)</p>" as HTML })</div>
                """ as HTML
        }
        return """
            <fieldset class="field \(problem == nil ? "" : "wrong")" \
            \(attribute: "aria-describedby", described.isEmpty ? nil : described.joined(separator: " "))>\
            <legend>\(legend)\(optional(required))</legend>\
            \(hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" as HTML })\
            \(problem.map { message($0, id) })<div class="choices">\(items)</div></fieldset>
            """
    }
}
