package import Markup

/// One of several answers to choose from.
package struct Choice: Sendable, Hashable {
    package let value: String
    package let label: String
    package let hint: String?

    package init(_ value: String, _ label: String, hint: String? = nil) {
        self.value = value
        self.label = label
        self.hint = hint
    }
}

/// The fields of one form, filled with what was typed and accompanied by what is wrong with it.
///
///     let form = Form(context, typed: draft, errors: problem.errors)
///     form.summary
///     form.post(to: "/dossiers") { "\(form.field("phone", say("Số điện thoại", "Phone"), .phone))" }
package struct Form: Sendable {
    let say: Language
    let csrf: String
    let typed: FormData
    package let errors: [FieldError]

    package init(_ context: some AudienceContext, typed: FormData = FormData(), errors: [FieldError] = []) {
        say = context.language
        csrf = context.visit.formToken
        // Whoever is back on the page from which their form was not taken finds what they had typed.
        self.typed = typed.pairs.isEmpty ? context.visit.returned?.form ?? typed : typed
        self.errors = errors
    }

    /// A form that is sent by POST and proves that it came from one of our pages.
    ///
    /// `autosave` is an address that keeps what is typed while it is typed; `hasFiles` sends files as well.
    package func post(
        to path: String,
        hasFiles: Bool = false,
        autosave: String? = nil,
        label: String? = nil,
        fields: () throws -> HTML
    ) rethrows -> HTML {
        // The token comes first, so that a form with files can be refused before any file is read.
        """
        <form method="post" action="\(path)" \(attribute: "enctype", hasFiles ? "multipart/form-data" : nil) \
        \(attribute: "data-autosave", autosave) \(attribute: "data-progress", when: hasFiles) \
        \(attribute: "aria-label", label) novalidate><input type="hidden" name="csrf" value="\(csrf)">
        \(try fields())
        \(autosave == nil ? nil : "<p class=\"saved quiet\" role=\"status\"></p>" as HTML)
        </form>
        """
    }

    /// A field people do not see.
    package func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    /// Everything that is wrong, above the form, each with a link to its field.
    package var summary: HTML? { errorSummary(errors, say) }

    /// Nothing was typed into it yet.
    package var isUntouched: Bool { typed.pairs.isEmpty }

    /// Whether something was chosen or typed in a field, so that it should be in sight.
    package func hasChosen(_ name: String) -> Bool { typed.filled(name) != nil }

    func error(of name: String) -> String? { errors.first { $0.field == name }.map { say($0.vi, $0.en) } }
}

/// Everything that is wrong with a form, each with a link to its field.
package func errorSummary(_ errors: [FieldError], _ say: Language) -> HTML? {
    guard !errors.isEmpty else { return nil }
    return """
        <div class="notice bad summary" role="alert" tabindex="-1">\
        <h2>\(say("Cần sửa \(errors.count) mục", errors.count == 1 ? "Please mend 1 field" : "Please mend \(errors.count) fields"))</h2>\
        <ul>\(errors.map { "<li><a href=\"#\(fieldID($0.field))\">\(say($0.vi, $0.en))</a></li>" as HTML })</ul></div>
        """
}

/// The id of a field's input: its name with what CSS and fragments find hard to read made plain.
func fieldID(_ name: String) -> String {
    "f-" + String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
}
