import GRDB
import GRDBSQLite

/// One SQLite connection during one transaction.
final class SQLiteSession: Session {
    private let connection: GRDB.Database
    private(set) var isLost = false
    var news: Set<Bell.Topic> = []

    init(_ connection: GRDB.Database) { self.connection = connection }

    var dialect: Dialect { .sqlite }

    func run(_ sql: SQL) throws -> Answer {
        guard !isLost else { throw TransactionIsLost() }
        guard !sql.holdsNul else { throw UnstorableText() }
        let arguments = StatementArguments(sql.values.map(\.databaseValue))
        do {
            let statement = try connection.cachedStatement(sql: sql.text(for: .sqlite))
            guard statement.columnCount > 0 else {
                try statement.execute(arguments: arguments)
                return Answer(changes: connection.changesCount)
            }
            let cells = try cells(of: statement, arguments)
            let table = ResultTable(columns: statement.columnNames, cells: cells)
            return Answer(rows: table.rows, changes: statement.isReadonly ? 0 : connection.changesCount)
        } catch let error as DatabaseError {
            isLost = true
            throw error.isKeyTaken ? AlreadyExists() : error
        }
    }

    private func cells(of statement: Statement, _ arguments: StatementArguments) throws -> [Cell] {
        var cells: [Cell] = []
        let count = Int32(statement.columnCount)
        // Straight from SQLite: a list of fifty rows has a thousand values, and boxing each twice would show.
        let rows = try GRDB.Row.fetchCursor(statement, arguments: arguments)
        while try rows.next() != nil {
            for column in 0..<count { cells.append(Cell(statement.sqliteStatement, column)) }
        }
        return cells
    }
}

extension Cell {
    fileprivate init(_ statement: OpaquePointer?, _ column: Int32) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: self = .integer(Int(sqlite3_column_int64(statement, column)))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
        case SQLITE_NULL: self = .null
        // Nothing of ours is stored as bytes; read as text it shows up where it is read.
        default:
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(statement, column),
                count: Int(sqlite3_column_bytes(statement, column))
            )
            self = .text(String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .text(let text?): text.databaseValue
        case .integer(let integer?): integer.databaseValue
        case .text(nil), .integer(nil): .null
        }
    }
}

extension DatabaseError {
    fileprivate var isKeyTaken: Bool {
        [.SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_ROWID]
            .contains(extendedResultCode)
    }
}
