import Foundation
import Testing

@testable import Persistence

@Suite struct SQLiteTests {
    @Test func `commits wait for the disk, foreign keys hold and readers stand beside the writer`() async throws {
        let database = try SQLiteDatabase.temporary()
        let settings = try await database.transaction { tx in
            [
                try tx.fetch("PRAGMA synchronous")[0].int(0),
                try tx.fetch("PRAGMA foreign_keys")[0].int(0),
            ]
        }
        #expect(settings == [2, 1])
        #expect(try await database.read { tx in try tx.fetch("PRAGMA journal_mode")[0].text(0) } == "wal")
        await database.close()
    }

    @Test func `what was committed is there when the file is opened again`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "reopen-\(UUID().uuidString).db").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let first = try await openDatabase("sqlite:\(path)")
        try await first.migrate([Migration("a-1", "CREATE TABLE a (n BIGINT)", "INSERT INTO a VALUES (7)")])
        await first.close()
        let second = try await openDatabase("sqlite:\(path)")
        #expect(try await second.read { tx in try tx.fetch("SELECT n FROM a")[0].int("n") } == 7)
        await second.close()
    }

    @Test func `the log is moved into the file beside the writer once enough was committed`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "motcua.db").path
        func size() throws -> Int { try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0 }
        let database = try SQLiteDatabase.file(path)
        try await database.migrate([Migration("a-1", "CREATE TABLE a (text TEXT)")])
        try await database.transaction { tx in
            for _ in 0..<100 { try tx.execute("INSERT INTO a VALUES (\(String(repeating: "x", count: 4000)))") }
        }
        let before = try size()
        let checkpoints = try CheckpointsAside(path: path)
        checkpoints.follow(499)
        #expect(try size() == before)
        checkpoints.follow(1)
        // Waits for what was begun.
        checkpoints.close()
        #expect(try size() > before + 400_000)
        #expect(try await database.read { tx in try tx.fetch("SELECT COUNT(*) FROM a")[0].int(0) } == 100)
        await database.close()
        await #expect(throws: DatabaseIsClosed.self) { try await database.read { tx in try tx.fetch("SELECT 1") } }
    }

    @Test func `closing waits for what was submitted`() async throws {
        let database = try SQLiteDatabase.temporary()
        try await database.migrate([Migration("a-1", "CREATE TABLE a (n BIGINT)")])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    do {
                        try await database.transaction { tx in try tx.execute("INSERT INTO a VALUES (\(number))") }
                    } catch is DatabaseIsClosed {
                        // Came after the close: also an answer.
                    }
                }
            }
            group.addTask { await database.close() }
            try await group.waitForAll()
        }
    }
}
