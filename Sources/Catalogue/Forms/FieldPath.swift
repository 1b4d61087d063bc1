import Kernel

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
            guard let row = Self.row(parts[1]) else { return nil }
            self.init(section: parts[0], row: row, field: parts[2])
        default: return nil
        }
    }

    static func row(_ text: some StringProtocol) -> Int? { Int(typed: text, in: 0...999_999) }

    package var rawValue: String { row.map { "\(section).\($0).\(field)" } ?? "\(section).\(field)" }
}
