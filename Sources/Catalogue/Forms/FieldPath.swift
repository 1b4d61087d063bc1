/// Where a field stands in a form: `child.fullName`, or `residence.0.fromDate` in a repeated section. It is the name of
/// the control on the page and of the field in an error.
package struct FieldPath: RawRepresentable, Hashable, Sendable {
    package let section: String
    package let row: Int?
    package let field: String

    package init(section: String, row: Int? = nil, field: String) {
        self.section = section
        self.row = row
        self.field = field
    }

    package init?(rawValue: String) {
        let parts = rawValue.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 2: self.init(section: parts[0], field: parts[1])
        case 3:
            guard parts[1].utf8.count <= 6, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
                let row = Int(parts[1])
            else { return nil }
            self.init(section: parts[0], row: row, field: parts[2])
        default: return nil
        }
    }

    package var rawValue: String { row.map { "\(section).\($0).\(field)" } ?? "\(section).\(field)" }
}
