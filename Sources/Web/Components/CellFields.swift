package import Markup

/// Fields in the cells of a table. The headings of row and column name them for the eye; their label says the same to
/// those who cannot see both at once.
extension Form {
    /// A small number.
    package func cellNumber(_ name: String, _ label: String, value: Int) -> HTML {
        cell(name) { id, described in
            """
            <input id="\(id)" name="\(name)" type="text" inputmode="numeric" class="tiny" maxlength="2" \
            value="\(typed[name] ?? String(value))" aria-label="\(label)" \(attribute: "aria-describedby", described) \
            \(attribute: "aria-invalid", described == nil ? nil : "true")>
            """
        }
    }

    /// A few lines of text.
    package func cellText(_ name: String, _ label: String, rows: Int = 2, maxLength: Int = 4000) -> HTML {
        cell(name) { id, described in
            // As in any text area: the first line break is the browser's.
            """
            <textarea id="\(id)" name="\(name)" rows="\(rows)" maxlength="\(maxLength)" aria-label="\(label)" \
            \(attribute: "aria-describedby", described) \(attribute: "aria-invalid", described == nil ? nil : "true")>
            \(typed[name] ?? "")</textarea>
            """
        }
    }

    /// The tick that chooses a row, with the row's own name as its label; an error about all of them leads to the first.
    package func cellTick(_ name: String, _ value: String, _ label: String, isFirst: Bool) -> HTML {
        let id = isFirst ? fieldID(name) : fieldID("\(name)-\(value)")
        return """
            <div class="choice"><input id="\(id)" name="\(name)" type="checkbox" value="\(value)" \
            \(attribute: "checked", when: typed.all(name).contains(value))><label for="\(id)">\(label)</label></div>
            """
    }

    /// What is wrong with a group of ticks, above their table.
    package func cellsError(_ name: String) -> HTML? { error(of: name).map { message($0, fieldID(name)) } }

    private func cell(_ name: String, input: (_ id: String, _ described: String?) -> HTML) -> HTML {
        let id = fieldID(name)
        let problem = error(of: name)
        return """
            <div class="cell \(problem == nil ? "" : "wrong")">\(problem.map { message($0, id) })\
            \(input(id, problem.map { _ in "\(id)-error" }))</div>
            """
    }
}
