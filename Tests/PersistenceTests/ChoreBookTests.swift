import Kernel
import TestSupport
import Testing

@testable import Persistence

@Suite struct ChoreBookTests {
    private struct Broken: Error {}
    private let idle: @Sendable () async throws -> Void = {}

    /// What must be done daily, on a database.
    private struct Daily: Sendable {
        let database: any Database
        let clock: TestClock

        /// By a process of its own each time, as after a restart.
        func perform(_ work: @Sendable () async throws -> Void) async throws -> Bool {
            try await ChoreBook(database: database).perform("sweep", every: .days(1), now: { clock.now }, work)
        }
    }

    private func daily(_ kind: TestDatabase, _ body: (Daily) async throws -> Void) async throws {
        try await kind.fresh { database in
            try await database.migrate(ChoreBook.migrations)
            try await body(Daily(database: database, clock: TestClock()))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a server that is started again every hour does daily work once a day`(kind: TestDatabase) async throws {
        try await daily(kind) { daily in
            var runs = 0
            for _ in 0..<72 {
                if try await daily.perform(idle) { runs += 1 }
                daily.clock.advance(by: .hours(1))
            }
            #expect(runs == 3)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of several processes one does it`(kind: TestDatabase) async throws {
        try await daily(kind) { daily in
            let runs = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try await daily.perform({}) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(runs == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what fails is due again before its day is over, and not at once`(kind: TestDatabase) async throws {
        try await daily(kind) { daily in
            await #expect(throws: Broken.self) { try await daily.perform { throw Broken() } }
            let atOnce = try await daily.perform(idle)
            daily.clock.advance(by: .hours(3))
            let later = try await daily.perform(idle)
            #expect(!atOnce && later)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever dies at it holds nobody up for longer than an hour`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(ChoreBook.migrations)
            let clock = TestClock()
            let end = clock.now + .hours(1)
            _ = try await database.transaction { tx in
                try tx.execute("INSERT INTO chore (name, last_run, claimed_until) VALUES ('sweep', 0, \(end))")
            }
            let book = ChoreBook(database: database)
            #expect(try await !book.perform("sweep", every: .days(1), now: { clock.now }, idle))
            clock.advance(by: .hours(1))
            #expect(try await book.perform("sweep", every: .days(1), now: { clock.now }, idle))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a clock that was a year ahead does not put work off for a year`(kind: TestDatabase) async throws {
        try await daily(kind) { daily in
            daily.clock.advance(by: .days(365))
            let ahead = try await daily.perform(idle)
            daily.clock.advance(by: .days(-365))
            let (back, again) = (try await daily.perform(idle), try await daily.perform(idle))
            #expect(ahead && back && !again)
        }
    }
}
