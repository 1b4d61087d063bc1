import CPostgres

/// A statement that one connection has parsed, with the types it was parsed for.
final class PreparedStatement {
    let name: String
    let types: [Oid]
    /// The same for every result, so they are read from the first.
    private var columns: [String]?

    init(name: String, types: [Oid]) {
        (self.name, self.types) = (name, types)
    }

    func matches(_ values: [SQLValue]) -> Bool {
        types.count == values.count && zip(types, values).allSatisfy { $0 == $1.type }
    }

    func table(from result: OpaquePointer?) -> ResultTable {
        let (rowCount, columnCount) = (PQntuples(result), PQnfields(result))
        let columns = self.columns ?? (0..<columnCount).map { String(cString: PQfname(result, $0)) }
        self.columns = columns
        var cells: [Cell] = []
        cells.reserveCapacity(Int(rowCount * columnCount))
        for row in 0..<rowCount {
            for column in 0..<columnCount { cells.append(Cell(result, row, column)) }
        }
        return ResultTable(columns: columns, cells: cells)
    }
}

/// The types of PostgreSQL that matter here, by their fixed numbers (`pg_type.dat`).
private enum TypeNumber {
    static let bool: Oid = 16
    static let integers: Set<Oid> = [20, 21, 23, 26, 5069]
    static let reals: Set<Oid> = [700, 701]
    static let numeric: Oid = 1700
    static let bigint: Oid = 20
    static let text: Oid = 25
}

extension SQLValue {
    var type: Oid {
        switch self {
        case .text: TypeNumber.text
        case .integer: TypeNumber.bigint
        }
    }
}

extension Cell {
    /// Results come as text: beside the way to the server and back, reading digits does not show.
    fileprivate init(_ result: OpaquePointer?, _ row: Int32, _ column: Int32) {
        guard PQgetisnull(result, row, column) == 0, let bytes = PQgetvalue(result, row, column) else {
            self = .null
            return
        }
        let raw = UnsafeRawBufferPointer(start: bytes, count: Int(PQgetlength(result, row, column)))
        let text = String(decoding: raw, as: UTF8.self)
        let type = PQftype(result, column)
        switch type {
        case TypeNumber.bool: self = .integer(text == "t" ? 1 : 0)
        // `SUM` of integers is numeric here and an integer in SQLite.
        case TypeNumber.numeric: self = Int(text).map(Cell.integer) ?? Double(text).map(Cell.real) ?? .text(text)
        case _ where TypeNumber.integers.contains(type): self = Int(text).map(Cell.integer) ?? .text(text)
        case _ where TypeNumber.reals.contains(type): self = Double(text).map(Cell.real) ?? .text(text)
        default: self = .text(text)
        }
    }
}
