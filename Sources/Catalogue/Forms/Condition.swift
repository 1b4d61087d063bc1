/// Holds when an earlier field has one of the values.
package struct Condition: Codable, Hashable, Sendable {
    /// Nil: the field stands in the same section, and in the same row of it.
    package let section: String?
    package let field: String
    package let values: [String]

    package init(section: String?, field: String, values: [String]) {
        self.section = section
        self.field = field
        self.values = values
    }

    func holds(in row: Answers.Row, of shown: [String: Answers.Row]) -> Bool {
        let place = section.map { shown[$0] ?? [:] } ?? row
        return switch place[field] {
        case nil: false
        case .text(let text): values.contains(text)
        case .several(let several): several.contains(where: values.contains)
        }
    }
}
