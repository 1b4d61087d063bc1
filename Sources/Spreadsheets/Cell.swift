package import Kernel

/// What stands in one cell of a table.
package enum Cell: Hashable, Sendable {
    case text(String)
    case number(Int)
    case date(LocalDate)
    case minute(LocalMinute)
    case empty
}

extension Cell {
    package static func text(_ text: String?) -> Cell { text.map(Cell.text) ?? .empty }
    package static func minute(_ at: Instant?) -> Cell { at.map { .minute($0.localMinute) } ?? .empty }
}

/// A column of a table: its heading, and how wide it is, in characters.
package struct SheetColumn: Hashable, Sendable {
    package let heading: String
    package let width: Int

    package init(_ heading: String, width: Int) {
        self.heading = heading
        self.width = width
    }
}
