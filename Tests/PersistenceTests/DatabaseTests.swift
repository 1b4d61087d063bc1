import Persistence
import TestSupport
import Testing

@Suite struct DatabaseTests {
    private struct Broken: Error {}

    private static let person = Migration(
        "person-1",
        "CREATE TABLE person (position \(SQL.position), name \(SQL.key) NOT NULL UNIQUE, age BIGINT, adult BIGINT)"
    )

    private func withPeople(_ kind: TestDatabase, _ body: (any Database) async throws -> Void) async throws {
        try await kind.fresh { database in
            try await database.migrate([DatabaseTests.person])
            try await body(database)
        }
    }

    private func names(in database: any Database) async throws -> [String] {
        try await database.read { tx in
            try tx.fetch("SELECT name FROM person ORDER BY name").map { try $0.text("name") }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what is interpolated is bound, never spliced`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            let hostile = "o'brien\"; DROP TABLE person; -- $1 ?1 :a\nNguyễn \u{1F600}"
            try await database.transaction { tx in
                try tx.execute("INSERT INTO person (name, age, adult) VALUES (\(hostile), \(nil as Int?), \(true))")
            }
            let rows = try await database.read { tx in
                try tx.fetch("SELECT name, age, adult FROM person WHERE name = \(hostile)")
            }
            let row = try #require(rows.first)
            #expect(try row.text("name") == hostile)
            #expect(try row.text(0) == hostile)
            #expect(try row.optionalInt("age") == nil)
            #expect(try row.bool("adult"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a column that is absent, null or of another kind is not read as something else`(
        kind: TestDatabase
    ) async throws {
        try await withPeople(kind) { database in
            try await database.transaction { tx in
                try tx.execute("INSERT INTO person (name) VALUES (\("Lan"))")
                let row = try #require(try tx.fetch("SELECT name, age FROM person").first)
                #expect(throws: Row.Unreadable.self) { try row.text("nickname") }
                #expect(throws: Row.Unreadable.self) { try row.int("name") }
                #expect(throws: Row.Unreadable.self) { try row.int("age") }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `sums, counts and averages are numbers`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            let row = try await database.transaction { tx in
                try tx.execute("INSERT INTO person (name, age) VALUES ('a', 20), ('b', 25)")
                return try #require(
                    try tx.fetch("SELECT COUNT(*) AS people, SUM(age) AS years, AVG(age) AS mean FROM person").first
                )
            }
            #expect(try row.int("people") == 2)
            #expect(try row.int("years") == 45)
            #expect(try row.real("mean") == 22.5)
        }
    }

    @Test(arguments: TestDatabase.kinds, [[], ["a"], ["a", "b", "x"], ["a", "b", "c", "d", "e"]])
    func `a list finds what is in it and leaves out the rest`(kind: TestDatabase, list: [String]) async throws {
        try await withPeople(kind) { database in
            try await database.transaction { tx in
                try tx.execute("INSERT INTO person (name) VALUES ('a'), ('b'), ('c')")
            }
            let (inside, outside) = try await database.read { tx in
                (
                    try tx.fetch("SELECT name FROM person WHERE name IN \(list: list)").map { try $0.text(0) },
                    try tx.fetch("SELECT name FROM person WHERE name NOT IN \(list: list)").map { try $0.text(0) }
                )
            }
            #expect(Set(inside) == Set(list).intersection(["a", "b", "c"]))
            #expect(Set(outside) == Set(["a", "b", "c"]).subtracting(list))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `fragments keep their own values in their own places`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            try await database.transaction { tx in
                try tx.execute("INSERT INTO person (name, age) VALUES ('a', 1), ('b', 2), ('c', 3)")
            }
            let younger: SQL = "age < \(3) AND age > \(sqlite: "0", postgres: "0::bigint")"
            let rows = try await database.read { tx in
                try tx.fetch("SELECT name FROM person WHERE name <> \("a") AND (\(younger)) AND age <> \(9)")
            }
            #expect(try rows.map { try $0.text(0) } == ["b"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a text with NUL is refused and the transaction goes on`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            try await database.transaction { tx in
                #expect(throws: UnstorableText.self) { try tx.execute("INSERT INTO person (name) VALUES (\("a\0b"))") }
                try tx.execute("INSERT INTO person (name) VALUES ('c')")
            }
            let names = try await self.names(in: database)
            #expect(names == ["c"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what fails is undone as a whole`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            await #expect(throws: Broken.self) {
                try await database.transaction { tx in
                    try tx.execute("INSERT INTO person (name) VALUES ('a')")
                    throw Broken()
                }
            }
            let names = try await self.names(in: database)
            #expect(names == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a key that is taken is said alike by both databases`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            try await database.transaction { tx in try tx.execute("INSERT INTO person (name) VALUES ('a')") }
            await #expect(throws: AlreadyExists.self) {
                try await database.transaction { tx in try tx.execute("INSERT INTO person (name) VALUES ('a')") }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a transaction does not survive a failed statement, even when its error is caught`(
        kind: TestDatabase
    ) async throws {
        try await withPeople(kind) { database in
            await #expect(throws: TransactionIsLost.self) {
                try await database.transaction { tx in
                    try tx.execute("INSERT INTO person (name) VALUES ('a')")
                    _ = try? tx.execute("INSERT INTO person (name) VALUES ('a')")
                }
            }
            await #expect(throws: TransactionIsLost.self) {
                try await database.transaction { tx in
                    _ = try? tx.execute("INSERT INTO nowhere VALUES (1)")
                    try tx.execute("INSERT INTO person (name) VALUES ('b')")
                }
            }
            let names = try await self.names(in: database)
            #expect(names == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `one refused command among many leaves the others standing`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            let stored = await withTaskGroup { group in
                for number in 0..<60 {
                    group.addTask {
                        do {
                            try await database.transaction { tx in
                                try tx.execute("INSERT INTO person (name) VALUES (\("p\(100 + number)"))")
                                if number % 3 == 0 { throw Broken() }
                                if number % 5 == 0 { try tx.execute("INSERT INTO person (name) VALUES ('same')") }
                            }
                            return [number]
                        } catch {
                            return []
                        }
                    }
                }
                return await group.reduce(into: []) { $0 += $1 }
            }
            #expect(stored.filter { $0 % 5 == 0 }.count == 1)
            #expect(stored.filter { $0 % 5 != 0 }.count == 32)
            let expected = stored.map { "p\(100 + $0)" } + ["same"]
            let names = try await self.names(in: database)
            #expect(names == expected.sorted())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a caller that is cancelled before its turn stores nothing and is told`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await database.transaction { tx in
                    try tx.execute("INSERT INTO person (name) VALUES ('a')")
                }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            let names = try await self.names(in: database)
            #expect(names == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `reading cannot write`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            await #expect(throws: (any Error).self) {
                try await database.read { tx in try tx.execute("INSERT INTO person (name) VALUES ('a')") }
            }
            let names = try await self.names(in: database)
            #expect(names == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `everything read in one go belongs to one moment`(kind: TestDatabase) async throws {
        try await withPeople(kind) { database in
            try await withThrowingTaskGroup { group in
                group.addTask {
                    for number in 0..<100 {
                        try await database.transaction { tx in
                            try tx.execute("INSERT INTO person (name) VALUES (\("p\(number)"))")
                        }
                    }
                }
                for _ in 0..<100 {
                    let (first, second) = try await database.read { tx in
                        let count: SQL = "SELECT COUNT(*) FROM person"
                        return (try tx.fetch(count)[0].int(0), try tx.fetch(count)[0].int(0))
                    }
                    #expect(first == second)
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a migration is taken once, also when several processes start together`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            let second = Migration("person-2", "INSERT INTO person (name) VALUES ('once')")
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await database.migrate([DatabaseTests.person, second]) } }
                try await group.waitForAll()
            }
            let names = try await self.names(in: database)
            #expect(names == ["once"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a migration that fails leaves nothing behind`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            let faulty = Migration("person-2", "INSERT INTO nobody (name) VALUES ('x')")
            await #expect(throws: (any Error).self) { try await database.migrate([DatabaseTests.person, faulty]) }
            try await database.migrate([DatabaseTests.person])
            let names = try await self.names(in: database)
            #expect(names == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a closed database says so, and closing it again does nothing`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            if kind == .sqlite {
                await database.close()
                await #expect(throws: DatabaseIsClosed.self) { try await database.transaction { _ in } }
                await database.close()
            } else {
                let other = try await PostgresDatabase(try TestDatabase.conninfo, connections: 1)
                await other.close()
                await #expect(throws: DatabaseIsClosed.self) { try await other.transaction { _ in } }
                await other.close()
            }
        }
    }
}
