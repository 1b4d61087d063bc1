import CPostgres
import Glibc

/// What one connection does: transactions, begun again after a conflict, and single statements.
///
/// Unchecked because libpq leaves it to us that only one thread at a time uses a connection; the pool sees to that.
final class PostgresConnection: @unchecked Sendable {
    enum Access { case readWrite, readOnly }

    private let pipeline: PostgresPipeline

    init(_ conninfo: String) { pipeline = PostgresPipeline(conninfo) }

    func open() throws { try pipeline.open() }
    func close() { pipeline.close() }

    func statement(_ sql: SQL) throws -> [Row] {
        guard !sql.holdsNul else { throw UnstorableText() }
        try pipeline.makeReady()
        return try told { try pipeline.run(sql, after: nil).rows }
    }

    func transaction<T>(
        _ access: Access,
        _ body: (borrowing Transaction) throws -> T
    ) throws -> (value: T, news: Set<Bell.Topic>) {
        var attempt = 1
        while true {
            do {
                return try attemptTransaction(access, body)
            } catch let error as PostgresError where error.isConflict && attempt < 8 {
                // Serialisation failure or deadlock: the other side has gone on, so it is our turn after a moment
                // that differs from everyone else's.
                usleep(.random(in: 500...4000) * UInt32(attempt))
                attempt += 1
            }
        }
    }

    private func attemptTransaction<T>(
        _ access: Access,
        _ body: (borrowing Transaction) throws -> T
    ) throws -> (value: T, news: Set<Bell.Topic>) {
        try pipeline.makeReady()
        let session = PostgresSession(pipeline, access)
        do {
            let value = try Transaction(session: session).finish(body)
            guard session.hasBegun else { return (value, session.news) }
            switch access {
            case .readWrite: try told { try pipeline.command("COMMIT") }
            // It has nothing to make durable, so nobody waits for it.
            case .readOnly: try pipeline.commandWithoutWaiting("COMMIT")
            }
            return (value, session.news)
        } catch {
            // When even this fails the connection is gone, and with it the transaction.
            if session.hasBegun { try? pipeline.commandWithoutWaiting("ROLLBACK") }
            throw error
        }
    }

    /// After a failover we may still hold the old primary, which now only reads: the next lease connects anew.
    private func told<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch let error as PostgresError where error.isReadOnlyServer {
            pipeline.close()
            throw PostgresConnectionLost(message: error.message)
        }
    }
}
