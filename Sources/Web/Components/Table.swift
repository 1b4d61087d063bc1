package import Markup

/// A column of a table. Its heading is repeated beside every cell where the table becomes cards on a narrow screen.
package struct Column: Sendable {
    package let heading: String
    package let isNumeric: Bool

    package init(_ heading: String, numeric: Bool = false) {
        self.heading = heading
        isNumeric = numeric
    }
}

/// How close the rows of a table stand.
package enum Density: String, Sendable {
    /// For citizens.
    case roomy
    /// For officers, who look at hundreds of rows a day.
    case dense
}

/// A table whose first cell names its row. `rows` hold one cell per column.
package func table(
    _ caption: String,
    _ columns: [Column],
    density: Density = .roomy,
    hidesCaption: Bool = false,
    rows: [[HTML]]
) -> HTML {
    """
    <table class="\(density.rawValue)"><caption class="\(hidesCaption ? "unseen" : "")">\(caption)</caption>
    <thead><tr>\(columns.map(heading))</tr></thead>
    <tbody>\(rows.map { row($0, columns) })</tbody></table>
    """
}

private func heading(_ column: Column) -> HTML {
    "<th scope=\"col\" class=\"\(column.isNumeric ? "number" : "")\">\(column.heading)</th>"
}

private func row(_ cells: [HTML], _ columns: [Column]) -> HTML {
    let cells = zip(cells, columns).enumerated().map { index, pair in
        let (cell, column) = pair
        let kind = column.isNumeric ? "number" : ""
        return index == 0
            ? "<th scope=\"row\" class=\"\(kind)\">\(cell)</th>" as HTML
            : "<td class=\"\(kind)\" data-label=\"\(column.heading)\">\(cell)</td>"
    }
    return "<tr>\(cells)</tr>\n"
}
