import Foundation
import Kernel
import TestSupport
import Testing

@testable import Persistence

@Suite struct `A witness of the log` {
    @Test(arguments: TestDatabase.kinds)
    func `says nothing about a log that has only grown`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await with(database) { events, witness in
                #expect(try await witness.gap() == nil)
                try await count(3, in: events)
                try await witness.note()
                try await count(2, in: events)
                #expect(try await witness.gap() == nil)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `tells how many events a log has lost at its end, until that is accepted`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await with(database) { events, witness in
                try await count(10, in: events)
                try await witness.note()
                let seen = try await events.end()
                try await database.transaction { tx in
                    try tx.execute("DELETE FROM event WHERE position > \(seen.position - 4)")
                }
                let gap = LogGap.ends(at: seen.position - 4, seen: seen.position, isExact: kind == .sqlite)
                #expect(try await witness.gap() == gap)
                #expect(gap.description.contains("4 events are missing"))
                try await witness.note()
                #expect(try await witness.gap() == gap, "looking again must not make it forget")
                try await witness.accept()
                #expect(try await witness.gap() == nil)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `tells an event that was put in the place of another`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await with(database) { events, witness in
                try await count(3, in: events)
                try await witness.note()
                let seen = try await events.end()
                try await database.transaction { tx in
                    try tx.execute("UPDATE event SET hash = 'another' WHERE position = \(seen.position)")
                }
                #expect(try await witness.gap() == .differs(seen.position))
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of another log does not judge this one, but is told`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await with(database) { events, witness in
                try await count(5, in: events)
                try await witness.note()
                try await database.transaction { tx in
                    try tx.execute("UPDATE event_log SET id = 'another'")
                    try tx.execute("DELETE FROM event")
                }
                #expect(try await witness.gap() == nil)
                let strangers = try await witness.strangers()
                #expect(strangers.ends.map(\.position) == [5] && !strangers.isThisOneKnown)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a follower that has gone further than the log is named`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await with(database) { events, _ in
                try await count(1, in: events)
                try await database.transaction { tx in
                    let newest = try Cursor.newest(in: tx)
                    let (transaction, position) = (newest.tx, newest.position)
                    try tx.execute(
                        "INSERT INTO follower (name, tx, position) VALUES ('level', \(transaction), \(position))"
                    )
                    try tx.execute(
                        "INSERT INTO follower (name, tx, position) VALUES ('ahead', \(transaction), \(position + 1))"
                    )
                }
                #expect(try await events.followersBeyondTheEnd() == ["ahead"])
            }
        }
    }

    private func with(
        _ database: any Database,
        _ body: (EventStore, LogWitness) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "motcua-\(UUID().uuidString)").path
        // The system removes what is left in its folder for temporary files.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await database.migrate(EventStore.migrations)
        let events = EventStore(database: database)
        try await body(events, LogWitness(folder: folder, events: events))
    }

    private func count(_ number: Int, in events: EventStore) async throws {
        for _ in 0..<number {
            try await events.perform(1, on: ID<Tally>(rawValue: UUID().uuidString), .noon) { _, _ in }
        }
    }
}
