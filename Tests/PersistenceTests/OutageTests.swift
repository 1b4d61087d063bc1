import Foundation
import GRDB
import Glibc
import Kernel
import TestSupport
import Testing

@testable import Persistence

@Suite struct OutageTests {
    @Test(
        arguments: [
            (SystemFailure(call: "write", number: ENOSPC), .full),
            (SystemFailure(call: "write", number: EDQUOT), .full),
            (SystemFailure(call: "write", number: EIO), .gone), (SystemFailure(call: "open", number: EMFILE), .busy),
            (SystemFailure(call: "open", number: EACCES), nil),
            (PostgresError(sqlState: "53100", message: ""), .full),
            (PostgresError(sqlState: "53300", message: ""), .busy),
            (PostgresError(sqlState: "57P01", message: ""), .gone),
            (PostgresError(sqlState: "57014", message: ""), .busy),
            (PostgresError(sqlState: "42P01", message: ""), nil),
            (PostgresConnectionLost(message: ""), .gone), (DatabaseIsClosed(), .gone),
            (DatabaseError(resultCode: .SQLITE_FULL), .full),
            (DatabaseError(resultCode: .SQLITE_IOERR_WRITE), .gone),
            (DatabaseError(resultCode: .SQLITE_READONLY), .gone), (DatabaseError(resultCode: .SQLITE_BUSY), .busy),
            (DatabaseError(resultCode: .SQLITE_ERROR), nil), (DatabaseError(resultCode: .SQLITE_CORRUPT), nil),
            (AlreadyExists(), nil),
        ] as [(any Error, Unavailable?)]
    )
    func `what passes is told from what is broken`(error: any Error, outage: Unavailable?) {
        #expect(Unavailable(error) == outage)
    }

    @Test func `a full database refuses every writer, reads on, and takes writes again when there is room`()
        async throws
    {
        let database = try SQLiteDatabase.temporary()
        try await database.migrate([Migration("a-1", "CREATE TABLE a (n BIGINT PRIMARY KEY, text TEXT)")])
        let text = String(repeating: "x", count: 20_000)
        _ = try await database.transaction { tx in _ = try tx.fetch("PRAGMA max_page_count = 60") }
        let stored = await withTaskGroup(of: Bool?.self) { group in
            for number in 0..<60 {
                group.addTask {
                    do {
                        try await database.transaction { tx in
                            try tx.execute("INSERT INTO a VALUES (\(number), \(text))")
                        }
                        return true
                    } catch {
                        return Unavailable(error) == .full ? false : nil
                    }
                }
            }
            return await group.reduce(into: [Bool?]()) { $0.append($1) }
        }
        #expect(!stored.contains(nil), "a writer was told something else than that there is no room")
        #expect(stored.contains(false), "the database was never full")
        let count = try await database.read { tx in try tx.fetch("SELECT COUNT(*) FROM a")[0].int(0) }
        #expect(count == stored.count { $0 == true }, "what was acknowledged is not what is there")

        _ = try await database.transaction { tx in _ = try tx.fetch("PRAGMA max_page_count = 100000") }
        try await database.transaction { tx in try tx.execute("INSERT INTO a VALUES (1000, \(text))") }
        #expect(try await database.read { tx in try tx.fetch("PRAGMA integrity_check")[0].text(0) } == "ok")
        await database.close()
    }

    @Test func `a statement that PostgreSQL cancels is an outage and the next one works`() async throws {
        guard TestDatabase.kinds.contains(.postgres) else { return }
        try await TestDatabase.postgres.fresh { database in
            do {
                _ = try await database.transaction { tx in
                    _ = try tx.fetch("SELECT set_config('statement_timeout', '20', true)")
                    _ = try tx.fetch("SELECT 1 AS one FROM pg_sleep(5)")
                }
                Issue.record("the statement was not cancelled")
            } catch {
                #expect(Unavailable(error) == .busy)
            }
            let one = try await database.read { tx in try tx.fetch("SELECT 1 AS one")[0].int(0) }
            #expect(one == 1)
        }
    }

    @Test func `a reserve is touched when less than it is free`() throws {
        let folder = FileManager.default.temporaryDirectory.path
        #expect(!DiskReserve(folders: [folder], floor: 0).isTouched)
        #expect(!DiskReserve(folders: [folder], floor: 1).isTouched)
        let greedy = DiskReserve(folders: [folder], floor: .max)
        #expect(greedy.isTouched)
        #expect(throws: Unavailable.full) { try greedy.requireRoom() }
        #expect(DiskReserve(folders: ["/no/such/folder"], floor: 1).isTouched)
    }
}
