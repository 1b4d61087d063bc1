import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

/// The machines and displays of a hall are known by name, and whoever keeps the office can end that.
struct HallDeviceTests {
    private static let office: ID<Agency> = "ba-dinh"
    private static let start = QueueHall.at("08:00")
    private static let leader = OfficeAuthority(agency: office, roles: [.admin], isAbove: true)

    private func by(_ officer: ID<Officer>? = nil, at now: Instant = start) -> Circumstances {
        Circumstances(at: now, actor: officer.map { .officer(id: $0) } ?? .visitor)
    }

    private func open(_ kind: TestDatabase, _ body: (HallDeviceBook) async throws -> Void) async throws {
        try await kind.fresh { database in
            try await database.migrate(
                EventStore.migrations + Outbox.migrations + NoticeBook.migrations + OneStop.migrations
            )
            let book = HallDeviceBook(database: database)
            try await body(book)
            #expect(try await book.verify() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a device is listed with when it was last seen, until it is revoked`(kind: TestDatabase) async throws {
        try await open(kind) { book in
            let id = try await book.register(.display, named: "Cửa chính", at: Self.office, by())
            #expect(try await book.list(at: Self.office).map(\.seen) == [nil])
            let later = Self.start + .minutes(5)
            #expect(try await book.entry(id, at: Self.office, seen: later)?.isKnown(at: later) == true)
            // Seen to the minute: a display asks every ten seconds.
            _ = try await book.entry(id, at: Self.office, seen: later + .seconds(10))
            #expect(try await book.list(at: Self.office).map(\.seen) == [later])
            #expect(try await book.entry(id, at: "hue", seen: later) == nil, "it is a device of its own hall only")
            #expect(try await book.revoked(among: [id]).isEmpty)

            try await book.revoke(id, at: Self.office, by: Self.leader, by("lan", at: later))
            let revoked = try #require(try await book.entry(id, at: Self.office, seen: later + .hours(1)))
            #expect(revoked.revoked == later && revoked.revokedBy == "lan" && !revoked.isKnown(at: later))
            #expect(revoked.seen == later, "what was revoked is not seen any more")
            #expect(try await book.revoked(among: [id]) == [id])
        }
    }

    @Test func `whoever may not set the office up revokes nothing, and nothing is revoked twice`() throws {
        let known = HallDevices.Event.registered(device: "a", kind: .machine, name: nil, until: Self.start + .days(180))
        let stranger = OfficeAuthority(agency: "hue", roles: [.admin], isAbove: false)
        let officer = OfficeAuthority(agency: Self.office, roles: [.reception], isAbove: true)
        for other in [stranger, officer] {
            #expect(throws: HallDevices.Refusal.notYourOffice) {
                try HallDevices(replaying: [known]).decide(.revoke("a", by: other))
            }
        }
        #expect(throws: HallDevices.Refusal.noSuchDevice) {
            try HallDevices(replaying: [known]).decide(.revoke("b", by: Self.leader))
        }
        #expect(throws: HallDevices.Refusal.revokedAlready) {
            try HallDevices(replaying: [known, .revoked(device: "a")]).decide(.revoke("a", by: Self.leader))
        }
    }

    @Test func `a hall has only so many devices, and one that was revoked makes room`() throws {
        var devices = HallDevices()
        for number in 0..<HallDevices.most {
            let command = HallDevices.Command.register(ID(rawValue: "d\(number)"), .display, name: nil, at: Self.start)
            for event in try devices.decide(command) { devices.evolve(event) }
        }
        let one = HallDevices.Command.register("more", .display, name: nil, at: Self.start)
        #expect(throws: HallDevices.Refusal.tooMany) { try devices.decide(one) }
        devices.evolve(.revoked(device: "d3"))
        #expect(try devices.decide(one).count == 1)
    }

    @Test(arguments: TestDatabase.kinds)
    func `the stream of a revoked device ends, and nobody else's`(kind: TestDatabase) async throws {
        try await open(kind) { book in
            let queue = TicketBook(database: book.database, reach: .demonstration) { _, _ in
                QueueHall.setting(capacity: 6)
            }
            let feed = QueueFeed(
                book: queue,
                office: Office { Self.start },
                places: Places(.init(total: 10, each: 10))
            )
            let id = try await book.register(.display, named: nil, at: Self.office, by())
            let caller = Caller("192.0.2.1")
            let (_, ending) = try #require(feed.listen(to: Self.office, from: caller, as: id))
            let (_, staying) = try #require(feed.listen(to: Self.office, from: caller))
            try await feed.look()
            #expect(feed.listeners == 2)
            try await book.revoke(id, at: Self.office, by: Self.leader, by("lan"))
            try await feed.look()
            for await _ in ending {}
            #expect(feed.listeners == 1)
            feed.stop()
            // Held until here: a stream that nobody holds ends by itself.
            for await _ in staying {}
        }
    }

    @Test func `events are stored as ever`() throws {
        let examples: [HallDevices.Event] = [
            .registered(device: "a", kind: .machine, name: nil, until: Self.start),
            .registered(device: "b", kind: .display, name: "Cửa chính", until: Self.start), .revoked(device: "a"),
        ]
        #expect(try faultsOfStoredForms("HallDevices.Event", examples) == [])
    }
}
