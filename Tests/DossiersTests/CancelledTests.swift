import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Registers

/// What was taken in by mistake never was a dossier: it is not counted as one that was stopped.
struct CancelledTests {
    private func takenIn(_ room: Room) async throws -> ID<Dossier> {
        let id = try await room.file(Room.submission(channel: .counter, returnBy: .counter, by: nil)).dossier
        try await room.perform(.accept(by: Room.hoa, due: room.clock.now + .days(9)), on: id)
        return id
    }

    /// One dossier goes on, one is stopped and one was taken in by mistake.
    private func three(_ room: Room) async throws -> (open: ID<Dossier>, stopped: ID<Dossier>, mistaken: ID<Dossier>) {
        let (open, stopped, mistaken) = (try await takenIn(room), try await takenIn(room), try await takenIn(room))
        let (dispute, twice) = (room.text("Có tranh chấp"), room.text("Nhập hai lần"))
        try await room.perform(.stop(by: Room.dung, reason: dispute.sealed), on: stopped, texts: [dispute])
        try await room.perform(
            .correct(.cancelIntake(by: Room.hoa, reason: twice.sealed)),
            on: mistaken,
            texts: [twice]
        )
        return (open, stopped, mistaken)
    }

    private func november(stage: Stage? = nil) throws -> RegisterFilter {
        RegisterFilter(
            by: .received,
            from: try #require(LocalDate(rawValue: "2026-11-01")),
            to: try #require(LocalDate(rawValue: "2026-11-30")),
            stage: stage
        )
    }

    private func listed(_ room: Room, stage: Stage? = nil) async throws -> Set<ID<Dossier>> {
        let part = try await room.book.register(november(stage: stage), of: [Room.justice], now: room.clock.now)
        return Set(part.entries.map(\.id))
    }

    @Test(arguments: TestDatabase.kinds)
    func `totals count it apart, and the register lists it only when asked`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let ids = try await three(room)
            let totals = try await room.book.registerTotals(november(), of: [Room.justice], now: room.clock.now)
            #expect(totals.all == 2 && totals.counter == 2 && totals.solved == 1 && totals.open == 1)
            #expect(totals.solvedOnTime == 1 && totals.solvedEarly == 0 && totals.solvedLate == 0)
            #expect(totals.cancelled == 1)
            #expect(try await listed(room) == [ids.open, ids.stopped])
            #expect(try await listed(room, stage: .stopped) == [ids.stopped])
            #expect(try await listed(room, stage: .cancelled) == [ids.mistaken])
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a database in which it stood as stopped is put right, and what was stopped stays so`(kind: TestDatabase)
        async throws
    {
        try await kind.room { room in
            let ids = try await three(room)
            // As it stood before the migration.
            try await room.change("UPDATE dossier SET stage = 'stopped' WHERE id = \(ids.mistaken)")
            #expect(try await room.differences().count == 1)
            try await room.change("DELETE FROM migration WHERE name = 'dossiers-0.3-cancelled'")
            try await room.database.migrate(DossierBook.migrations)
            #expect(try await room.details(ids.mistaken).row.stage == .cancelled)
            #expect(try await room.details(ids.stopped).row.stage == .stopped)
            #expect(try await room.details(ids.open).row.stage == .accepted)
            #expect(try await room.differences() == [])
            let totals = try await room.book.registerTotals(november(), of: [Room.justice], now: room.clock.now)
            #expect(totals.all == 2 && totals.solved == 1 && totals.cancelled == 1)
        }
    }
}
