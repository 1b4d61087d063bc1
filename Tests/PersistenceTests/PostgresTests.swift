import TestSupport
import Testing

@testable import Persistence

@Suite(.enabled(if: TestDatabase.kinds.contains(.postgres)))
struct PostgresTests {
    private func backend(of database: any Database) async throws -> Int {
        try await database.transaction { tx in try tx.fetch("SELECT pg_backend_pid()")[0].int(0) }
    }

    @Test func `a connection lost while idle is replaced unnoticed`() async throws {
        let database = try await PostgresDatabase(try TestDatabase.conninfo, connections: 1)
        let other = try await PostgresDatabase(try TestDatabase.conninfo, connections: 1)
        let first = try await backend(of: database)
        try await other.transaction { tx in
            try tx.execute("SELECT pg_terminate_backend(CAST(\(first) AS INTEGER), 5000)")
        }
        #expect(try await backend(of: database) != first)
        await database.close()
        await other.close()
    }

    @Test func `a connection lost inside a transaction is told and the next one works`() async throws {
        let database = try await PostgresDatabase(try TestDatabase.conninfo, connections: 1)
        await #expect(throws: PostgresConnectionLost.self) {
            try await database.transaction { tx in
                try tx.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                try tx.execute("SELECT 1")
            }
        }
        #expect(try await database.read { tx in try tx.fetch("SELECT 1")[0].int(0) } == 1)
        await database.close()
    }

    /// libpq has nothing more to give and calls the connection open: so it was left by a server that was stopped.
    @Test(.timeLimit(.minutes(5))) func `an answer that will never come is a lost connection`() throws {
        let pipeline = PostgresPipeline(try TestDatabase.conninfo)
        try pipeline.open()
        #expect(throws: PostgresConnectionLost.self) { _ = try pipeline.answer() }
        #expect(throws: Never.self) { try pipeline.makeReady() }
    }

    @Test func `a server that is not there stops the start with a reason`() async throws {
        await #expect(throws: PostgresConnectionLost.self) {
            _ = try await PostgresDatabase("host=/nowhere connect_timeout=1", connections: 2)
        }
    }

    @Test func `a deadlock is resolved by judging one of the two again`() async throws {
        try await TestDatabase.postgres.fresh { database in
            try await database.migrate([
                Migration(
                    "a-1",
                    "CREATE TABLE a (n BIGINT PRIMARY KEY, count BIGINT)",
                    "INSERT INTO a VALUES (1, 0), (2, 0)"
                )
            ])
            try await withThrowingTaskGroup { group in
                for (first, second) in [(1, 2), (2, 1), (1, 2), (2, 1)] {
                    group.addTask {
                        try await database.transaction { tx in
                            try tx.execute("UPDATE a SET count = count + 1 WHERE n = \(first)")
                            try tx.execute("SELECT pg_sleep(0.05)")
                            try tx.execute("UPDATE a SET count = count + 1 WHERE n = \(second)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let counts = try await database.read { tx in
                try tx.fetch("SELECT count FROM a ORDER BY n").map { try $0.int(0) }
            }
            #expect(counts == [4, 4])
        }
    }

    @Test func `more different statements than are kept prepared work all the same`() async throws {
        let database = try await PostgresDatabase(try TestDatabase.conninfo, connections: 1)
        for number in 0..<1100 {
            let column = SQL(stringLiteral: "column\(number)")
            let answer = try await database.read { tx in
                try tx.fetch("SELECT \(number) AS \(column)")[0].int("column\(number)")
            }
            #expect(answer == number)
        }
        await database.close()
    }

    @Test func `the same text with values of other types is prepared anew`() async throws {
        let database = try await PostgresDatabase(try TestDatabase.conninfo, connections: 1)
        #expect(try await database.read { tx in try tx.fetch("SELECT \(7) AS a")[0].int("a") } == 7)
        #expect(try await database.read { tx in try tx.fetch("SELECT \("x") AS a")[0].text("a") } == "x")
        #expect(try await database.read { tx in try tx.fetch("SELECT \(8) AS a")[0].int("a") } == 8)
        await database.close()
    }
}
