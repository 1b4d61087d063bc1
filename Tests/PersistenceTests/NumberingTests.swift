import Persistence
import TestSupport
import Testing

@Suite struct NumberingTests {
    @Test(arguments: TestDatabase.kinds)
    func `two hundred simultaneous callers get two hundred different numbers`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(Numbering.migrations)
            let numbering = Numbering(database: database)
            let numbers = try await withThrowingTaskGroup { group in
                for _ in 0..<200 { group.addTask { try await numbering.next(series: "H26-261123") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(numbers.sorted() == Array(1...200))
            #expect(try await numbering.next(series: "H26-261123") == 201)
            #expect(try await numbering.next(series: "H26-261124") == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a number whose transaction failed is not used by two`(kind: TestDatabase) async throws {
        struct Broken: Error {}
        try await kind.fresh { database in
            try await database.migrate(Numbering.migrations)
            let numbering = Numbering(database: database)
            let first = try await numbering.reserve(series: "a")
            await #expect(throws: Broken.self) {
                try await database.transaction { tx in
                    _ = try first.number(in: tx)
                    throw Broken()
                }
            }
            let second = try await numbering.next(series: "a")
            let third = try await numbering.next(series: "a")
            #expect(third == second + 1)
        }
    }
}
