import Synchronization

/// PostgreSQL through libpq: as many connections as threads, so a query that blocks never holds up the threads that
/// serve requests.
///
/// Commits are not gathered here as they are for SQLite: the server lets simultaneous commits share one flush of its
/// log by itself. Measured with 32 tasks, each a SELECT and two INSERTs: 16 connections committed 4,200 a second,
/// batches with a savepoint per command between 3,300 (two connections) and 4,300 (eight); and a batch would make
/// everyone in it wait for whoever waits for a row.
package final class PostgresDatabase: Database {
    package let bell = Bell()
    private let threads: BlockingThreads
    /// Connections nobody uses. Whoever runs on one of the threads finds one here, since there are as many; the most
    /// recently used comes first because its backend is the warmest.
    private let idle: Mutex<[PostgresConnection]>

    package var dialect: Dialect { .postgres }

    /// Opens all `connections` at once, so that a wrong conninfo stops the start and not the first visitor.
    package init(_ conninfo: String, connections: Int) async throws {
        threads = BlockingThreads(count: connections)
        idle = Mutex([])
        let opened = try await threads.run {
            try (0..<connections).map { _ in
                let connection = PostgresConnection(conninfo)
                try connection.open()
                return connection
            }
        }
        idle.withLock { $0 = opened }
    }

    @discardableResult
    package func transaction<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        let (value, news) = try await leased { try $0.transaction(.readWrite, body) }
        bell.ring(news)
        return value
    }

    package func read<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        try await leased { try $0.transaction(.readOnly, body).value }
    }

    package func statement(_ sql: SQL) async throws -> [Row] {
        try await leased { try $0.statement(sql) }
    }

    package func close() async {
        await threads.close()
        for connection in idle.withLock({ $0 }) { connection.close() }
    }

    /// Runs `work` with a connection on a thread of its own, in order of arrival.
    private func leased<T: Sendable>(
        _ work: @escaping @Sendable (PostgresConnection) throws -> T
    ) async throws -> T {
        let isCancelled = Flag()
        return try await withTaskCancellationHandler {
            try await threads.run {
                guard !isCancelled.isRaised else { throw CancellationError() }
                let connection = self.idle.withLock { $0.removeLast() }
                defer { self.idle.withLock { $0.append(connection) } }
                return try work(connection)
            }
        } onCancel: {
            // What has begun is finished: its caller must learn whether it is stored.
            isCancelled.raise()
        }
    }
}
