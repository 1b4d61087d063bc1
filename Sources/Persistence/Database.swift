/// Which of the two databases answers; the few words in which they differ stand in `SQL`.
package enum Dialect: Sendable { case sqlite, postgres }

/// Where transactions run. Their bodies are synchronous on purpose: nothing that waits on a network can be called
/// while rows are locked.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Runs `body` in a transaction that is durable when this returns; after a conflict `body` may run again.
    ///
    /// Once a statement has failed the transaction is lost: catch its error outside, not inside `body`.
    @discardableResult
    func transaction<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T

    /// Runs `body` on one read-only snapshot, beside writers.
    func read<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T

    /// Finishes what was begun and gives every connection back; the second time it does nothing.
    func close() async

    /// Runs one statement as a transaction of its own, without the ceremony around it.
    func statement(_ sql: SQL) async throws -> [Row]

    /// Rings after commits of this process, so that services need not ask the database all the time.
    var bell: Bell { get }
}

/// Not copyable and only ever lent, so it cannot be kept beyond the transaction it stands for.
package struct Transaction: ~Copyable {
    let session: any Session

    package var dialect: Dialect { session.dialect }

    /// The rows `sql` answers.
    package borrowing func fetch(_ sql: SQL) throws -> [Row] { try session.run(sql).rows }

    /// Runs `sql` and tells how many rows it changed.
    @discardableResult
    package borrowing func execute(_ sql: SQL) throws -> Int { try session.run(sql).changes }

    /// Has the bell rung for `topic`, if and when this transaction is committed.
    borrowing func announce(_ topic: Bell.Topic) { session.news.insert(topic) }

    /// Runs `body`, and does not take its word for it when one of its statements had failed.
    borrowing func finish<T>(_ body: (borrowing Transaction) throws -> T) throws -> T {
        let value = try body(self)
        guard !session.isLost else { throw TransactionIsLost() }
        return value
    }
}

/// One connection during one transaction; a driver has one kind of its own.
protocol Session: AnyObject {
    var dialect: Dialect { get }
    var news: Set<Bell.Topic> { get set }
    /// A statement has failed, so nothing of this transaction may be committed.
    var isLost: Bool { get }
    func run(_ sql: SQL) throws -> Answer
}

struct Answer {
    var rows: [Row] = []
    var changes = 0
}

/// A row with this key is there already; both drivers say it the same way.
package struct AlreadyExists: Error {
    package init() {}
}

/// An earlier statement of the transaction failed, and its error was caught inside the body.
///
/// PostgreSQL refuses to go on then; SQLite is made to refuse too, so that no body works on one of them only.
package struct TransactionIsLost: Error {
    package init() {}
}

/// The database was closed before this could begin.
package struct DatabaseIsClosed: Error {
    package init() {}
}

/// Opens `sqlite:path`, `postgres://…` or a libpq conninfo such as `host=/run/postgresql dbname=motcua`.
package func openDatabase(_ url: String, connections: Int = 16) async throws -> any Database {
    if url.hasPrefix("sqlite:") { return try SQLiteDatabase.file(String(url.dropFirst("sqlite:".count))) }
    return try await PostgresDatabase(url, connections: connections)
}
