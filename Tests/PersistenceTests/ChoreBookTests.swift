import Kernel
import Synchronization
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
        func perform(_ work: @escaping @Sendable () async throws -> Void) async throws -> Bool {
            let chore = Chore("sweep", every: .days(1), work)
            return try await ChoreBook(database: database).perform(chore) { clock.now }
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
            let chore = Chore("sweep", every: .days(1), idle)
            #expect(try await !book.perform(chore) { clock.now })
            clock.advance(by: .hours(1))
            #expect(try await book.perform(chore) { clock.now })
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

    // MARK: - At an hour of the day

    /// Minutes at which work due at 02:30 was done, by a server that is started anew every half hour and looks once after
    /// each start.
    private func runs(
        _ kind: TestDatabase,
        from start: String,
        to end: String,
        isUp: @escaping @Sendable (LocalMinute) -> Bool = { _ in true }
    ) async throws -> [String] {
        try await kind.fresh { database in
            try await database.migrate(ChoreBook.migrations)
            let clock = TestClock(Instant(LocalMinute(rawValue: start)!))
            let runs = Mutex<[String]>([])
            let chore = Chore("sweep", atHour: 2, minute: 30) {
                runs.withLock { $0.append(clock.now.localMinute.rawValue) }
            }
            while clock.now <= Instant(LocalMinute(rawValue: end)!) {
                if isUp(clock.now.localMinute) {
                    try await ChoreBook(database: database).perform(chore) { clock.now }
                }
                clock.advance(by: .minutes(30))
            }
            return runs.withLock { $0 }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a daily chore runs at its hour also on a server that is restarted every half hour`(kind: TestDatabase)
        async throws
    {
        // The first look finds that it was never done.
        let runs = try await runs(kind, from: "2026-11-23T12:10", to: "2026-11-26T12:10")
        #expect(runs == ["2026-11-23T12:10", "2026-11-24T02:40", "2026-11-25T02:40", "2026-11-26T02:40"])
    }

    @Test(arguments: TestDatabase.kinds)
    func `who was down at the hour does it once, late, and the next day at the hour again`(kind: TestDatabase)
        async throws
    {
        let runs = try await runs(kind, from: "2026-11-23T02:30", to: "2026-11-25T23:30") { minute in
            !("2026-11-24T01:00"..."2026-11-24T09:00").contains(minute.rawValue)
        }
        #expect(runs == ["2026-11-23T02:30", "2026-11-24T09:30", "2026-11-25T02:30"])
    }

    @Test(arguments: TestDatabase.kinds)
    func `a daily chore that fails is tried again within the hour, and its failures are counted`(kind: TestDatabase)
        async throws
    {
        try await kind.fresh { database in
            try await database.migrate(ChoreBook.migrations)
            let clock = TestClock(Instant(LocalMinute(rawValue: "2026-11-23T02:30")!))
            let book = ChoreBook(database: database)
            let broken = Chore("sweep", atHour: 2, minute: 30) { throw Broken() }
            await #expect(throws: Broken.self) { try await book.perform(broken) { clock.now } }
            let failed = try await book.records()
            #expect(failed == ["sweep": .init(lastSuccess: nil, failures: 1)])
            clock.advance(by: .minutes(59))
            #expect(try await !book.perform(Chore("sweep", atHour: 2, minute: 30, idle)) { clock.now })
            clock.advance(by: .minutes(1))
            #expect(try await book.perform(Chore("sweep", atHour: 2, minute: 30, idle)) { clock.now })
            #expect(try await book.records() == ["sweep": .init(lastSuccess: clock.now, failures: 1)])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `work that was stopped has not failed and may begin again at once`(kind: TestDatabase) async throws {
        try await daily(kind) { daily in
            await #expect(throws: CancellationError.self) { try await daily.perform { throw CancellationError() } }
            #expect(try await ChoreBook(database: daily.database).records()["sweep"]?.failures == 0)
            let again = try await daily.perform(idle)
            #expect(again)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what each process does for itself is done by each, every time`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(ChoreBook.migrations)
            let clock = TestClock()
            let runs = Mutex(0)
            let chore = Chore.everyProcess("memory") { runs.withLock { $0 += 1 } }
            for _ in 0..<3 { try await ChoreBook(database: database).perform(chore) { clock.now } }
            #expect(runs.withLock { $0 } == 3)
            #expect(try await ChoreBook(database: database).records() == [:])
        }
    }
}
