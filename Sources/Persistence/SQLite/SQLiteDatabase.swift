import Foundation
import GRDB
import Synchronization

/// SQLite through GRDB: one writer whose commits are shared, and readers beside it.
package final class SQLiteDatabase: Database {
    package let bell = Bell()
    private let pool: DatabasePool
    /// As many as there are connections for reading, so that whoever has a thread has a connection too. GRDB's own way
    /// for tasks takes a queue for the connection and another to wait for one; on few cores every change of threads
    /// costs more than most of our queries.
    private let readers: BlockingThreads
    private let writer: CommitGroup
    private let checkpoints: CheckpointsAside
    /// Removed on close.
    private let temporaryFolder: URL?
    private let isClosed = Atomic(false)

    package var dialect: Dialect { .sqlite }

    /// Opens the database in this file, or begins it.
    package static func file(_ path: String) throws -> SQLiteDatabase {
        try SQLiteDatabase(path: path, temporaryFolder: nil)
    }

    /// Begins a database in a folder of its own that is removed on close.
    package static func temporary() throws -> SQLiteDatabase {
        let folder = FileManager.default.temporaryDirectory.appending(path: "motcua-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try SQLiteDatabase(path: folder.appending(path: "motcua.db").path, temporaryFolder: folder)
    }

    private init(path: String, temporaryFolder: URL?) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        // Another process, such as a backup or `motcua verify`, may hold the file for a moment.
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = max(4, ProcessInfo.processInfo.activeProcessorCount)
        // Reader connections keep their prepared statements and page cache.
        configuration.persistentReadOnlyConnections = true
        pool = try DatabasePool(path: path, configuration: configuration)
        readers = BlockingThreads(count: configuration.maximumReaderCount)
        // GRDB opens with NORMAL, under which a commit may be lost when the machine loses power.
        // A commit touches pages all over the indexes: they should fit into memory, and a checkpoint, which writes them
        // one by one, should come seldom. Both are bounds: 32 MB of pages, 64 MB of log.
        // What a savepoint needs to be rolled back would be written into temporary files, page by page.
        try pool.writeWithoutTransaction {
            try $0.execute(
                sql: """
                    PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 16000;
                    PRAGMA temp_store = MEMORY
                    """
            )
        }
        checkpoints = try CheckpointsAside(path: path)
        writer = CommitGroup(pool: pool, bell: bell, checkpoints: checkpoints)
        self.temporaryFolder = temporaryFolder
    }

    @discardableResult
    package func transaction<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        try await writer.commit(body)
    }

    package func read<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        try await readers.run { [pool] in try pool.read { try Transaction(session: SQLiteSession($0)).finish(body) } }
    }

    package func statement(_ sql: SQL) async throws -> [Row] {
        try await transaction { tx in try tx.fetch(sql) }
    }

    /// Copies one moment into a new file, beside writers, and answers what `body` reads in the copy.
    func copy<T: Sendable>(
        to path: String,
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        try await BlockingThreads(count: 1).run { [pool] in
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            // The copy is one file, which needs no log beside it to be whole.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            let value = try copy.read { try Transaction(session: SQLiteSession($0)).finish(body) }
            try copy.close()
            try DurableFile.flush(path)
            return value
        }
    }

    package func close() async {
        await writer.close()
        // A checkpoint of a connection that is gone is the end of the process.
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        await readers.close()
        checkpoints.close()
        // Whoever copies the file of a server that was stopped has all of it then. What is not moved, because another
        // process reads, lies in the log beside it as before.
        _ = try? await pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        // Only fails while statements are still running, and none is: the connections close when the last of
        // them ends.
        try? pool.close()
        // A temporary folder left behind harms nobody.
        if let temporaryFolder { try? FileManager.default.removeItem(at: temporaryFolder) }
    }
}
