import Kernel
import TestSupport
import Testing
import Web

@testable import OneStop
@testable import Persistence

@Suite struct `The rows of a queue are compared with the log` {
    private static let office = ID<Agency>(rawValue: "ba-dinh")

    /// A day with somebody served, corrected, missed and waiting; `isClosed` ends it.
    private func queue(
        _ kind: TestDatabase,
        isClosed: Bool,
        _ body: (TicketBook, any Database) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(
                EventStore.migrations + Outbox.migrations + NoticeBook.migrations + OneStop.migrations
            )
            let book = TicketBook(database: database) { _, _ in QueueHall.setting(capacity: 3) }
            var minute = 450
            for person in 0..<8 {
                let line = person.isMultiple(of: 3) ? QueueHall.civil : QueueHall.land
                let now = QueueHall.circumstances(at(minute))
                let phone = PhoneNumber(rawValue: "091200000\(person)")
                let wish = TicketBook.Wish(
                    line,
                    holder: "phone \(person)",
                    phone: phone,
                    claiming: person > 5 ? .pregnant : nil
                )
                _ = try await book.take(wish, at: Self.office, now)
                minute += 2
            }
            let acts: [(Int, OfficeDay.Command)] = [
                (470, .openCounter(1, lines: [QueueHall.land], at: at(470))),
                (471, .openCounter(2, lines: [QueueHall.land, QueueHall.civil], at: at(471))),
                (471, .confirmPriority("B003", at: at(471))),
                (472, .callNext(counter: 1, at: at(472))), (472, .callNext(counter: 2, at: at(472))),
                (473, .begin(counter: 1, at: at(473))), (473, .begin(counter: 2, at: at(473))),
                (480, .finish(counter: 1, at: at(480))), (480, .takeBack(counter: 1, at: at(480))),
                (480, .finish(counter: 1, at: at(480))), (482, .sendToCorrect(counter: 2, at: at(482))),
                (483, .callNext(counter: 1, at: at(483))), (484, .recall(counter: 1, at: at(484))),
                (485, .recall(counter: 1, at: at(485))), (486, .skip(counter: 1, at: at(486))),
                (487, .callNext(counter: 1, at: at(487))),
            ]
            for (minute, command) in acts {
                try await book.perform([command], at: Self.office, QueueHall.circumstances(at(minute)))
            }
            if isClosed { try await book.closeDays(at: at(1200)) }
            try await body(book, database)
        }
    }

    private func at(_ minute: Int) -> Instant { Instant(LocalMinute(date: QueueHall.date, minuteOfDay: minute)) }

    @Test(arguments: TestDatabase.kinds, [false, true])
    func `what was only worked with agrees`(kind: TestDatabase, isClosed: Bool) async throws {
        try await queue(kind, isClosed: isClosed) { book, _ in
            let differences = try await book.verify()
            #expect(differences == [])
        }
    }

    /// What another hand has done, and what is found.
    private static let meddling: [(SQL, String)] = [
        ("UPDATE ticket SET state = REPLACE(state, 'waiting', 'unserved') WHERE number = 'A004'", "ticket A004 is in"),
        ("UPDATE ticket SET state = '?' WHERE number = 'A001'", "ticket A001 is in another state"),
        ("DELETE FROM ticket WHERE number = 'B001'", "ticket B001 is missing"),
        (
            "INSERT INTO ticket (secret, office, day, number, state) VALUES ('s', 'ba-dinh', '2026-11-23', 'A099', '{}')",
            "ticket A099 was never given"
        ),
        (
            "INSERT INTO ticket (secret, office, day, number, state) VALUES ('s', 'ba-dinh', '2026-11-24', 'A001', '{}')",
            "ticket of ba-dinh on 2026-11-24: the log knows nothing of it"
        ),
        ("UPDATE office_day SET version = version + 1", "version is"),
        ("UPDATE office_day SET capacity = 99", "capacity is 99, should be 3"),
        ("UPDATE office_day SET open_until = 1", "open until another time"),
        ("UPDATE office_day SET board = REPLACE(board, '\"A004\"', '\"A005\"')", "its board is another"),
        ("UPDATE office_day SET summary = REPLACE(summary, '\"served\":1', '\"served\":7')", "its summary is another"),
        ("DELETE FROM office_day", "its row is missing"),
        ("UPDATE office_arrival SET arrivals = arrivals + 1", "its arrivals are others"),
        ("DELETE FROM office_arrival", "its arrivals are others"),
        (
            "INSERT INTO office_arrival (office, half_hour, line, arrivals) VALUES ('hue', 0, 'result', 4)",
            "arrivals of hue on 1970-01-01: the log knows nothing of it"
        ),
    ]

    @Test(arguments: TestDatabase.kinds, meddling.indices)
    func `what another hand has changed is found`(kind: TestDatabase, index: Int) async throws {
        let (statement, found) = Self.meddling[index]
        try await queue(kind, isClosed: false) { book, database in
            let changed = try await database.transaction { tx in try tx.execute(statement) }
            #expect(changed > 0)
            let differences = try await book.verify()
            #expect(differences.contains { $0.contains(found) }, "\(differences)")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `service times and the salt of a day that is over are looked at too`(kind: TestDatabase) async throws {
        try await queue(kind, isClosed: true) { book, database in
            try await database.transaction { tx in try tx.execute("UPDATE office_service SET seconds = '[60]'") }
            #expect(try await book.verify() == ["queue of ba-dinh on 2026-11-23: its service times are others"])
            try await database.transaction { tx in
                try tx.execute("DELETE FROM office_service")
                try tx.execute("UPDATE office_day SET salt = 'kept'")
            }
            let differences = try await book.verify()
            #expect(differences.count == 2)
            #expect(differences.contains { $0.contains("salt should be gone") })
        }
    }
}
