import Kernel
import TestSupport
import Testing

@testable import Persistence

@Suite struct `Long streams are read from where they were left` {
    private struct Broken: Error {}

    private static let id = ID<Tally>(rawValue: "long")
    private static let length = RememberedStates.shortest + 10

    /// A stream that is long enough to be remembered, with a total of 0.
    private func withLongStream(
        _ kind: TestDatabase,
        _ body: (EventStore, any Database) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations)
            let events = EventStore(database: database)
            for step in 0..<Self.length { try await count(step.isMultiple(of: 2) ? 1 : -1, events) }
            try await body(events, database)
        }
    }

    @discardableResult
    private func count(_ number: Int, _ events: EventStore) async throws -> Change<Tally> {
        try await events.perform(number, on: Self.id, .noon) { _, _ in }
    }

    private func spoilTheFirstEvent(_ database: any Database) async throws {
        try await database.transaction { tx in
            try tx.execute("UPDATE event SET payload = '?' WHERE stream = \(Self.id.stream) AND version = 1")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what was read once is not read again`(kind: TestDatabase) async throws {
        try await withLongStream(kind) { events, database in
            try await spoilTheFirstEvent(database)
            let change = try await count(3, events)
            #expect(change.state.total == 3)
            #expect(change.version == Self.length + 1)
            #expect(try await events.load(Self.id).total == 3)
            // Whoever has never seen the stream has to read it from the beginning.
            await #expect(throws: (any Error).self) { try await count(1, EventStore(database: database)) }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what another process has appended is seen`(kind: TestDatabase) async throws {
        try await withLongStream(kind) { events, database in
            let other = EventStore(database: database)
            try await count(4, other)
            try await count(4, other)
            try await spoilTheFirstEvent(database)
            await #expect(throws: Tally.Refusal.tooMuch) { try await count(3, events) }
            #expect(try await count(2, events).state.total == 10)
            #expect(try await other.load(Self.id).total == 10)
            #expect(try await count(-1, other).version == Self.length + 4)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what was rolled back is not remembered`(kind: TestDatabase) async throws {
        try await withLongStream(kind) { events, database in
            await #expect(throws: Broken.self) {
                try await events.perform(5, on: Self.id, .noon) { _, _ in throw Broken() }
            }
            #expect(try await events.load(Self.id).total == 0)
            await #expect(throws: Broken.self) {
                try await events.perform(5, on: Self.id, .noon) { _, _ in throw Broken() }
            }
            // Another event has taken the version of the one that never was.
            try await count(2, EventStore(database: database))
            #expect(try await count(1, events).state.total == 3)
            #expect(try await events.verifyChains() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `several commands of one transaction see each other`(kind: TestDatabase) async throws {
        try await withLongStream(kind) { events, database in
            let total = try await database.transaction { tx in
                try events.perform(6, on: Self.id, .noon, in: tx) { _, _ in }
                return try events.perform(on: Self.id, in: tx) { state, _ in
                    (state.total == 6 ? 1 : 0, .noon)
                } project: { _, _ in
                }.state.total
            }
            #expect(total == 7)
        }
    }

    @Test func `the least used is forgotten first`() {
        let remembered = RememberedStates()
        func keep(_ number: Int) {
            remembered.keep(.init(state: number, version: RememberedStates.shortest, seal: ""), of: "s/\(number)")
        }
        for number in 0..<256 { keep(number) }
        #expect(remembered.state(of: "s/0") != nil)
        keep(256)
        #expect(remembered.state(of: "s/0") != nil)
        #expect(remembered.state(of: "s/1") == nil)
        remembered.keep(.init(state: 0, version: RememberedStates.shortest - 1, seal: ""), of: "short")
        #expect(remembered.state(of: "short") == nil)
    }
}
