/// One row of a result; all rows of a result share their column names and one array of values.
package struct Row: Sendable {
    let result: ResultTable
    let first: Int

    package func text(_ column: String) throws -> String { try text(result.index(of: column)) }
    package func int(_ column: String) throws -> Int { try int(result.index(of: column)) }
    package func bool(_ column: String) throws -> Bool { try int(column) != 0 }
    package func real(_ column: String) throws -> Double { try real(result.index(of: column)) }
    package func optionalText(_ column: String) throws -> String? { try optionalText(result.index(of: column)) }
    package func optionalInt(_ column: String) throws -> Int? { try optionalInt(result.index(of: column)) }

    /// By position, counted from 0: for long lists, where looking up names would show.
    package func text(_ column: Int) throws -> String {
        guard case .text(let text) = self[column] else { throw unreadable(column, as: "text") }
        return text
    }

    package func int(_ column: Int) throws -> Int {
        guard case .integer(let integer) = self[column] else { throw unreadable(column, as: "integer") }
        return integer
    }

    package func bool(_ column: Int) throws -> Bool { try int(column) != 0 }

    package func real(_ column: Int) throws -> Double {
        switch self[column] {
        case .real(let real): return real
        case .integer(let integer): return Double(integer)
        case .null, .text: throw unreadable(column, as: "real")
        }
    }

    package func optionalText(_ column: Int) throws -> String? {
        if case .null = self[column] { return nil }
        return try text(column)
    }

    package func optionalInt(_ column: Int) throws -> Int? {
        if case .null = self[column] { return nil }
        return try int(column)
    }

    private subscript(column: Int) -> Cell { result.cells[first + column] }

    private func unreadable(_ column: Int, as kind: String) -> Unreadable {
        Unreadable(column: result.columns[column], kind: kind)
    }

    /// The column is not part of the result, or holds something else; the value is left out because it may be
    /// about a person.
    package struct Unreadable: Error, Equatable {
        package let column: String
        package let kind: String
    }
}

enum Cell: Sendable, Equatable {
    case null
    case text(String)
    case integer(Int)
    case real(Double)
}

final class ResultTable: Sendable {
    let columns: [String]
    let cells: [Cell]

    init(columns: [String], cells: [Cell]) {
        (self.columns, self.cells) = (columns, cells)
    }

    var rows: [Row] {
        guard !columns.isEmpty else { return [] }
        return stride(from: 0, to: cells.count, by: columns.count).map { Row(result: self, first: $0) }
    }

    /// Results have few columns with short names, so looking at each is quicker than hashing.
    func index(of column: String) throws -> Int {
        guard let index = columns.firstIndex(of: column) else {
            throw Row.Unreadable(column: column, kind: "column")
        }
        return index
    }
}
