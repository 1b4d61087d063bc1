import Kernel
import Synchronization
import TestSupport
import Testing

@testable import Persistence

@Suite struct EventStoreTests {
    private struct Broken: Error {}

    private func withStore(
        _ kind: TestDatabase,
        connections: Int = 4,
        _ body: (EventStore, any Database) async throws -> Void
    ) async throws {
        try await kind.fresh(connections: connections) { database in
            try await database.migrate(EventStore.migrations)
            try await body(EventStore(database: database), database)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a refused or broken command leaves no event`(kind: TestDatabase) async throws {
        try await withStore(kind) { events, _ in
            let id = ID<Tally>(rawValue: "o'brien; DROP TABLE event")
            try await events.perform(6, on: id, .noon) { _, _ in }
            await #expect(throws: Tally.Refusal.tooMuch) { try await events.perform(5, on: id, .noon) { _, _ in } }
            await #expect(throws: Broken.self) { try await events.perform(1, on: id, .noon) { _, _ in throw Broken() } }
            let change = try await events.perform(2, on: id, .noon) { _, _ in }
            #expect(change.state.total == 8)
            #expect(change.version == 2)
            #expect(change.events == [Recorded(version: 2, circumstances: .noon, event: .counted(2))])
            #expect(try await events.load(id).total == 8)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `circumstances are stored beside each event`(kind: TestDatabase) async throws {
        try await withStore(kind) { events, _ in
            let id = ID<Tally>(rawValue: "a")
            let circumstances = Circumstances(
                at: Instant(milliseconds: 5),
                actor: .officer(id: ID(rawValue: "o1")),
                onBehalfOf: ID(rawValue: "c1"),
                channel: .counter,
                request: "r1",
                basis: "61/2018/NĐ-CP"
            )
            try await events.perform(3, on: id, circumstances) { _, _ in }
            #expect(
                try await events.history(of: id)
                    == [Recorded(version: 1, circumstances: circumstances, event: .counted(3))]
            )
        }
    }

    @Test func `circumstances and seals are as ever`() throws {
        let at = Instant(milliseconds: 5)
        let circumstances = [
            Circumstances(at: at, actor: .citizen(id: ID(rawValue: "c")), channel: .online),
            Circumstances(
                at: at,
                actor: .officer(id: ID(rawValue: "o")),
                onBehalfOf: ID(rawValue: "c"),
                standingInFor: ID(rawValue: "p"),
                channel: .counter,
                request: "r1",
                basis: "12/QĐ"
            ),
            Circumstances(at: at, actor: .visitor, channel: .post),
            Circumstances(at: at, actor: .system(name: "recount")),
            Circumstances(at: at, actor: .helper(id: ID(rawValue: "h"), for: ID(rawValue: "c")), channel: .online),
        ]
        #expect(try faultsOfStoredForms("Circumstances", circumstances) == [])
        #expect(
            seal(after: "", stream: "tally/a", version: 1, at: 5, circumstances: "{}", payload: "{}")
                == "3ce7ada8a8a99a63c1d89b1b31df37d6fb0545b249ad53f78f917a09331e81a0"
        )
    }

    @Test func `actors that were stored before machines were a type and helpers existed are who they were`() throws {
        let stored: [(String, Actor)] = [
            (#"{"citizen":{"id":"c"}}"#, .citizen(id: ID(rawValue: "c"))),
            (#"{"officer":{"id":"o"}}"#, .officer(id: ID(rawValue: "o"))),
            (#"{"visitor":{}}"#, .visitor),
            // A name that no part of the house has any more is still a machine's.
            (
                #"{"system":{"name":"a chore of earlier days"}}"#,
                .system(name: Machine(rawValue: "a chore of earlier days"))
            ),
        ]
        for (text, actor) in stored {
            #expect(try StoredForm.value(Actor.self, from: text) == actor)
            #expect(try StoredForm.text(actor) == text)
        }
        let old = #"{"actor":{"officer":{"id":"o"}},"at":5,"onBehalfOf":"c","request":""}"#
        let circumstances = try StoredForm.value(Circumstances.self, from: old)
        #expect(
            circumstances.onBehalfOf == ID(rawValue: "c") && circumstances.actor.citizen == nil,
            "an officer is nobody's helper"
        )
    }

    @Test(arguments: TestDatabase.kinds)
    func `a command of an actor who may not give it is refused, and nothing is stored`(kind: TestDatabase) async throws
    {
        try await withStore(kind) { events, _ in
            let id = ID<Tally>(rawValue: "a")
            let others: [Actor] = [
                .visitor, .citizen(id: ID(rawValue: "c")), .helper(id: ID(rawValue: "h"), for: ID(rawValue: "c")),
            ]
            for actor in others {
                await #expect(throws: NotTheirsToGive(kind: actor.kind)) {
                    try await events.perform(1, on: id, Circumstances(at: .init(milliseconds: 5), actor: actor)) {
                        _,
                        _ in
                    }
                }
            }
            #expect(try await events.history(of: id).isEmpty)
            try await events.perform(1, on: id, .noon) { _, _ in }
            #expect(try await events.load(id).total == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a command that changes nothing stores and projects nothing`(kind: TestDatabase) async throws {
        try await withStore(kind) { events, _ in
            let change = try await events.perform(0, on: ID<Tally>(rawValue: "a"), .noon) { _, _ in throw Broken() }
            #expect(change.version == 0)
            #expect(change.events == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `every one of thirty simultaneous commands on one stream is judged`(kind: TestDatabase) async throws {
        try await withStore(kind, connections: 8) { events, _ in
            let id = ID<Tally>(rawValue: "busy")
            let outcomes = await withTaskGroup { group in
                for _ in 1...30 {
                    group.addTask {
                        do {
                            try await events.perform(1, on: id, .noon) { _, _ in }
                            return "accepted"
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["accepted": 10, "tooMuch": 20])
            let total = try await events.load(id).total
            #expect(total == 10)
            let faults = try await events.verifyChains()
            #expect(faults == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever saw an older version is told that somebody else saved first`(kind: TestDatabase) async throws {
        try await withStore(kind) { events, _ in
            let id = ID<Tally>(rawValue: "a")
            try await events.perform(1, on: id, .noon, expecting: 0) { _, _ in }
            await #expect(throws: StaleVersion.self) {
                try await events.perform(1, on: id, .noon, expecting: 0) { _, _ in }
            }
            try await events.perform(1, on: id, .noon, expecting: 1) { _, _ in }
            #expect(try await events.load(id).total == 2)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `several streams change together or not at all`(kind: TestDatabase) async throws {
        try await withStore(kind) { events, _ in
            let (full, other) = (ID<Tally>(rawValue: "full"), ID<Tally>(rawValue: "other"))
            try await events.perform(10, on: full, .noon) { _, _ in }
            await #expect(throws: Tally.Refusal.tooMuch) {
                try await events.transaction { tx in
                    try events.perform(1, on: other, .noon, in: tx) { _, _ in }
                    try events.perform(1, on: full, .noon, in: tx) { _, _ in }
                }
            }
            #expect(try await events.load(other).total == 0)
        }
    }

    // Idempotency

    @Test(arguments: TestDatabase.kinds)
    func `a repetition gets the first answer and has no effect`(kind: TestDatabase) async throws {
        try await withStore(kind) { events, _ in
            let id = ID<Tally>(rawValue: "a")
            let key = IdempotencyKey(scope: "citizen/1", key: "k", digest: "d")
            for _ in 1...3 {
                let answer = try await events.once(key) { tx in
                    try events.perform(1, on: id, .noon, in: tx) { _, _ in }.version
                }
                #expect(answer == 1)
            }
            let other = try await events.once(IdempotencyKey(scope: "citizen/2", key: "k", digest: "d")) { tx in
                try events.perform(1, on: id, .noon, in: tx) { _, _ in }.version
            }
            #expect(other == 2)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a key used for something else is refused`(kind: TestDatabase) async throws {
        try await withStore(kind) { events, _ in
            try await events.once(IdempotencyKey(scope: "s", key: "k", digest: "one")) { _ in "first" }
            await #expect(throws: IdempotencyConflict.self) {
                try await events.once(IdempotencyKey(scope: "s", key: "k", digest: "two")) { _ in "second" }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a refusal is not remembered as an answer`(kind: TestDatabase) async throws {
        try await withStore(kind) { events, _ in
            let key = IdempotencyKey(scope: "s", key: "k", digest: "d")
            await #expect(throws: Broken.self) {
                try await events.once(key) { _ -> String in throw Broken() }
            }
            let answer = try await events.once(key) { _ in "answer" }
            #expect(answer == "answer")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `simultaneous repetitions have one effect and one answer`(kind: TestDatabase) async throws {
        try await withStore(kind, connections: 8) { events, _ in
            let id = ID<Tally>(rawValue: "a")
            let key = IdempotencyKey(scope: "s", key: "k", digest: "d")
            let answers = try await withThrowingTaskGroup { group in
                for _ in 1...20 {
                    group.addTask {
                        // Ten is the most there may be: a second effect would be refused.
                        try await events.once(key) { tx in
                            try events.perform(10, on: id, .noon, in: tx) { _, _ in }.version
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: 1, count: 20))
            #expect(try await events.load(id).total == 10)
        }
    }

    // Seals

    @Test(
        arguments: TestDatabase.kinds,
        [
            (
                "UPDATE event SET payload = '{\"counted\":{\"_0\":4}}' WHERE stream = 'tally/b' AND version = 2", 2,
                ChainFault.Difference.content
            ),
            ("UPDATE event SET at = at + 1 WHERE stream = 'tally/b' AND version = 3", 3, .content),
            ("UPDATE event SET circumstances = '{}' WHERE stream = 'tally/b' AND version = 1", 1, .content),
            ("UPDATE event SET hash = 'x' WHERE stream = 'tally/b' AND version = 2", 2, .seal),
            ("DELETE FROM event WHERE stream = 'tally/b' AND version = 2", 2, .missing),
            ("DELETE FROM event WHERE stream = 'tally/b' AND version = 1", 1, .missing),
        ]
    )
    func `tampering is found and named`(
        kind: TestDatabase,
        tampering: (sql: String, version: Int, difference: ChainFault.Difference)
    ) async throws {
        try await withStore(kind) { events, database in
            for stream in ["a", "b", "c"] {
                for _ in 1...3 { try await events.perform(1, on: ID<Tally>(rawValue: stream), .noon) { _, _ in } }
            }
            #expect(try await events.verifyChains(page: 2) == [])
            try await database.transaction { tx in
                let changed = try tx.execute(SQL(stringLiteral: tampering.sql))
                #expect(changed == 1)
            }
            let fault = ChainFault(stream: "tally/b", version: tampering.version, difference: tampering.difference)
            #expect(try await events.verifyChains(page: 2) == [fault])
            #expect(try await events.verifyChains() == [fault])
        }
    }
}
