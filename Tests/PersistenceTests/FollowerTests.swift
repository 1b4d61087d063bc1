import Glibc
import Kernel
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Persistence

/// Counts in a table, and can be made to fail.
private struct Counting: Follower {
    var name = "counting"
    var beginning = FollowerBeginning.atTheStart
    var categories: Set<String> = [Tally.category]
    var failing: @Sendable () throws -> Void = {}

    static let migration = Migration(
        "counting-1",
        "CREATE TABLE counting (position \(SQL.position), name TEXT NOT NULL, stream TEXT NOT NULL, version BIGINT NOT NULL)"
    )

    func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
        for event in events {
            try tx.execute(
                "INSERT INTO counting (name, stream, version) VALUES (\(name), \(event.stream), \(event.version))"
            )
        }
        try failing()
    }
}

@Suite struct FollowerTests {
    private struct Broken: Error {}

    private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private func withLog(_ kind: TestDatabase, _ body: (EventStore, any Database) async throws -> Void) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations + [Counting.migration])
            try await body(EventStore(database: database), database)
        }
    }

    private func counted(in database: any Database, by name: String = "counting") async throws -> [String] {
        try await database.read { tx in
            try tx.fetch("SELECT stream, version FROM counting WHERE name = \(name) ORDER BY position")
                .map { "\(try $0.text(0))@\(try $0.int(1))" }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `every event is followed once, each stream's in order`(kind: TestDatabase) async throws {
        try await withLog(kind) { events, database in
            let service = FollowerService(database: database, followers: [Counting()], logger: logger)
            try await withThrowingTaskGroup { group in
                for stream in 0..<25 {
                    group.addTask {
                        for _ in 0..<9 {
                            try await events.perform(1, on: ID<Tally>(rawValue: "\(stream)"), .noon) { _, _ in }
                        }
                    }
                }
                group.addTask { for _ in 0..<5 { try await service.catchUp() } }
                try await group.waitForAll()
            }
            try await service.catchUp()
            try await service.catchUp()
            let counted = try await counted(in: database)
            #expect(counted.count == 225)
            #expect(Set(counted).count == 225)
            for stream in 0..<25 {
                #expect(counted.filter { $0.hasPrefix("tally/\(stream)@") } == (1...9).map { "tally/\(stream)@\($0)" })
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an event committed after later ones is not skipped`(kind: TestDatabase) async throws {
        try await withLog(kind) { events, database in
            let service = FollowerService(database: database, followers: [Counting()], logger: logger)
            try await service.catchUp()
            let (early, late) = (ID<Tally>(rawValue: "early"), ID<Tally>(rawValue: "late"))
            let (hasInserted, inserted) = AsyncStream.makeStream(of: Void.self)
            let mayCommit = Flag()
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await events.transaction { tx in
                        try events.perform(1, on: early, .noon, in: tx) { _, _ in }
                        inserted.finish()
                        // SQLite has one writer, so there the other one can only come after this one.
                        while tx.dialect == .postgres && !mayCommit.isRaised { usleep(1000) }
                    }
                }
                for await _ in hasInserted {}
                try await events.perform(1, on: late, .noon) { _, _ in }
                _ = try await service.step(Counting())
                if kind == .postgres {
                    // The later one is committed, but following it now would put the cursor past the earlier one.
                    #expect(try await counted(in: database) == [])
                }
                mayCommit.raise()
                try await group.waitForAll()
            }
            try await service.catchUp()
            #expect(try await counted(in: database) == ["tally/early@1", "tally/late@1"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `effect and cursor are one: what fails after the effect has no effect`(kind: TestDatabase) async throws {
        try await withLog(kind) { events, database in
            try await events.perform(1, on: ID<Tally>(rawValue: "a"), .noon) { _, _ in }
            let broken = Counting(failing: { throw Broken() })
            await #expect(throws: Broken.self) {
                try await FollowerService(database: database, followers: [broken], logger: logger).catchUp()
            }
            #expect(try await counted(in: database) == [])
            try await FollowerService(database: database, followers: [Counting()], logger: logger).catchUp()
            #expect(try await counted(in: database) == ["tally/a@1"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `two services on one database follow every event once`(kind: TestDatabase) async throws {
        try await withLog(kind) { events, database in
            for stream in 0..<30 {
                try await events.perform(1, on: ID<Tally>(rawValue: "\(stream)"), .noon) { _, _ in }
            }
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await FollowerService(database: database, followers: [Counting()], logger: logger).catchUp()
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await counted(in: database).count == 30)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a running service hears of commits, mends failures and stops when asked`(kind: TestDatabase) async throws {
        try await withLog(kind) { events, database in
            let id = ID<Tally>(rawValue: "a")
            let failures = Atomic(0)
            let (signals, signal) = AsyncStream.makeStream(of: Void.self)
            let steady = Counting(failing: { signal.yield() })
            let flaky = Counting(
                name: "flaky",
                failing: {
                    if failures.add(1, ordering: .relaxed).oldValue == 0 { throw Broken() }
                    signal.yield()
                }
            )
            let group = ServiceGroup(
                services: [FollowerService(database: database, followers: [flaky, steady], logger: logger)],
                logger: logger
            )
            try await withThrowingTaskGroup { tasks in
                tasks.addTask { try await group.run() }
                try await events.perform(1, on: id, .noon) { _, _ in }
                for await _ in signals.prefix(2) {}
                // What has begun is finished, so both transactions are committed when the service has stopped.
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            #expect(try await counted(in: database) == ["tally/a@1"])
            #expect(try await counted(in: database, by: "flaky") == ["tally/a@1"])
        }
    }

    @Test(.enabled(if: TestDatabase.kinds.contains(.postgres)))
    func `a log restored into another server is followed on, once it is adopted`() async throws {
        try await withLog(.postgres) { events, database in
            let service = FollowerService(database: database, followers: [Counting()], logger: logger)
            for stream in ["a", "b"] { try await events.perform(1, on: ID<Tally>(rawValue: stream), .noon) { _, _ in } }
            try await service.catchUp()
            try await events.perform(1, on: ID<Tally>(rawValue: "c"), .noon) { _, _ in }
            // What a server sees that has not come as far in its count.
            try await database.transaction { tx in
                try tx.execute("UPDATE event SET tx = tx + 1000000000000")
                try tx.execute("UPDATE follower SET tx = tx + 1000000000000")
            }
            await #expect(throws: LogFromAnotherServer.self) { try await service.catchUp() }
            try await events.adoptRestoredLog()
            try await events.perform(1, on: ID<Tally>(rawValue: "d"), .noon) { _, _ in }
            try await service.catchUp()
            #expect(try await counted(in: database) == ["a", "b", "c", "d"].map { "tally/\($0)@1" })
            let late = FollowerService(database: database, followers: [Counting(name: "late")], logger: logger)
            try await late.catchUp()
            #expect(try await counted(in: database, by: "late") == ["a", "b", "c", "d"].map { "tally/\($0)@1" })
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an event tells whose it is`(kind: TestDatabase) async throws {
        struct Other: Aggregate {
            enum Event: Codable, Equatable { case never }
            enum Refusal: Error { case always }
            static let category = "other/"
            func decide(_ command: Int) throws(Refusal) -> [Event] { throw .always }
            mutating func evolve(_ event: Event) {}
        }
        struct Reading: Follower {
            let name = "reading"
            let beginning = FollowerBeginning.atTheStart
            let categories: Set<String> = [Tally.category]
            func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws {
                for event in events {
                    #expect(try event.read(Other.self) == nil)
                    let (id, recorded) = try #require(try event.read(Tally.self))
                    #expect(id.rawValue == "a")
                    #expect(recorded == Recorded(version: 1, circumstances: .noon, event: .counted(4)))
                }
            }
        }
        try await withLog(kind) { events, database in
            try await events.perform(4, on: ID<Tally>(rawValue: "a"), .noon) { _, _ in }
            try await FollowerService(database: database, followers: [Reading()], logger: logger).catchUp()
        }
    }

    // MARK: - Where they begin, and what they want to hear of

    @Test(arguments: TestDatabase.kinds)
    func `who begins now hears nothing of the past, and of everything that comes`(kind: TestDatabase) async throws {
        try await withLog(kind) { events, database in
            for stream in ["a", "b"] { try await events.perform(1, on: ID<Tally>(rawValue: stream), .noon) { _, _ in } }
            // Until no transaction, of whatever database of this server, is older than these: beside one they would be told.
            try await FollowerService(database: database, followers: [Counting()], logger: logger).catchUp()
            let telling = Counting(name: "telling", beginning: .now)
            try await FollowerService(database: database, followers: [telling], logger: logger).catchUp()
            #expect(try await counted(in: database, by: "telling") == [])
            #expect(try await counted(in: database) == ["tally/a@1", "tally/b@1"])
            try await events.perform(1, on: ID<Tally>(rawValue: "c"), .noon) { _, _ in }
            // Another process, or the same one later: it does not begin again.
            try await FollowerService(database: database, followers: [telling], logger: logger).catchUp()
            #expect(try await counted(in: database, by: "telling") == ["tally/c@1"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `who begins now in an empty log hears of its first event`(kind: TestDatabase) async throws {
        try await withLog(kind) { events, database in
            let telling = Counting(name: "telling", beginning: .now)
            let service = FollowerService(database: database, followers: [telling], logger: logger)
            try await service.catchUp()
            try await events.perform(1, on: ID<Tally>(rawValue: "a"), .noon) { _, _ in }
            try await service.catchUp()
            #expect(try await counted(in: database, by: "telling") == ["tally/a@1"])
        }
    }

    /// In SQLite one writes after the other, so nothing can be committed out of order there.
    @Test(.enabled(if: TestDatabase.kinds.contains(.postgres)))
    func `who begins while a transaction is running hears of what it commits`() async throws {
        try await withLog(.postgres) { events, database in
            let telling = Counting(name: "telling", beginning: .now)
            let service = FollowerService(database: database, followers: [telling], logger: logger)
            let (hasInserted, inserted) = AsyncStream.makeStream(of: Void.self)
            let mayCommit = Flag()
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await events.transaction { tx in
                        try events.perform(1, on: ID<Tally>(rawValue: "slow"), .noon, in: tx) { _, _ in }
                        inserted.finish()
                        while !mayCommit.isRaised { usleep(1000) }
                    }
                }
                for await _ in hasInserted {}
                try await events.perform(1, on: ID<Tally>(rawValue: "quick"), .noon) { _, _ in }
                try await service.prepare()
                mayCommit.raise()
                try await group.waitForAll()
            }
            try await service.catchUp()
            #expect(try await counted(in: database, by: "telling").contains("tally/slow@1"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a follower hears of the streams it has asked for, and is not held up by others`(kind: TestDatabase)
        async throws
    {
        struct Other: Aggregate {
            enum Event: Codable, Equatable { case happened }
            enum Refusal: Error { case never }
            static let category = "other/"
            func decide(_ command: Int) throws(Refusal) -> [Event] { [.happened] }
            mutating func evolve(_ event: Event) {}
        }
        try await withLog(kind) { events, database in
            // More than are read at once.
            for number in 0..<120 {
                try await events.perform(1, on: ID<Other>(rawValue: "\(number)"), .noon) { _, _ in }
            }
            try await events.perform(1, on: ID<Tally>(rawValue: "a"), .noon) { _, _ in }
            let others = Counting(name: "others", categories: [Other.category])
            let nothing = Counting(name: "nothing", categories: ["dossier/"])
            let followers = [Counting(), others, nothing]
            try await FollowerService(database: database, followers: followers, logger: logger).catchUp()
            #expect(try await counted(in: database) == ["tally/a@1"])
            #expect(try await counted(in: database, by: "others").count == 120)
            #expect(try await counted(in: database, by: "nothing") == [])
        }
    }
}
