import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

@Suite struct `Whoever waits is told what they cannot see` {
    private static let office = ID<Agency>(rawValue: "ba-dinh")
    private static let phone = "0912000001"

    private func hall(
        _ kind: TestDatabase,
        capacity: @escaping @Sendable (Instant) -> Int = { _ in 6 },
        _ body: (TicketBook, TestClock) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(
                EventStore.migrations + Outbox.migrations + NoticeBook.migrations + OneStop.migrations
            )
            let book = TicketBook(database: database, site: "https://dichvucong.hanoi.gov.vn") { _, now in
                QueueHall.setting(capacity: capacity(now))
            }
            try await body(book, TestClock(QueueHall.at("08:00")))
        }
    }

    private func now(_ clock: TestClock) -> Circumstances { QueueHall.circumstances(clock.now) }

    private func take(_ holder: String, _ book: TicketBook, _ clock: TestClock) async throws -> TicketBook.Receipt {
        let phone = PhoneNumber(rawValue: holder)
        let wish = TicketBook.Wish(QueueHall.land, holder: "phone \(holder)", phone: phone)
        return try await book.take(wish, at: Self.office, now(clock))
    }

    private func perform(_ book: TicketBook, _ clock: TestClock, _ command: OfficeDay.Command) async throws {
        try await book.perform([command], at: Self.office, now(clock))
    }

    private func told(_ book: TicketBook) async throws -> [Told] { try await Told.all(in: book.database) }

    private func link(_ ticket: TicketBook.Receipt) -> NoticeFact {
        .link("https://dichvucong.hanoi.gov.vn/v?p=\(ticket.secret)")
    }

    private func contacts(_ book: TicketBook) async throws -> [String] {
        try await book.database.read { tx in
            try tx.fetch("SELECT number FROM ticket_contact ORDER BY number").map { try $0.text(0) }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `when the day ends, whoever left a telephone learns what else they can do`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let first = try await take(Self.phone, book, clock)
            _ = try await take("012345678901", book, clock)
            try await book.closeDays(at: QueueHall.at("18:01"))
            try await book.closeDays(at: QueueHall.at("19:00"))
            #expect(
                try await told(book) == [
                    Told(TicketNotice.tooLate, to: Self.phone, ["number": .name("A001"), "link": link(first)])
                ]
            )
            #expect(try await contacts(book) == [], "the day is over, and so is the reason to keep a telephone")
            let log = try await book.database.read { tx in
                try tx.fetch("SELECT payload, circumstances FROM event").map { try $0.text(0) + (try $0.text(1)) }
            }
            #expect(!log.contains { $0.contains(Self.phone) })
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever was served or went is forgotten at once`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            try await perform(book, clock, .openCounter(1, lines: [QueueHall.land], at: clock.now))
            let first = try await take(Self.phone, book, clock)
            let second = try await take("0912000002", book, clock)
            #expect(try await contacts(book) == [first.number.rawValue, second.number.rawValue])
            try await perform(book, clock, .callNext(counter: 1, at: clock.now))
            try await perform(book, clock, .begin(counter: 1, at: clock.now))
            try await perform(book, clock, .finish(counter: 1, at: clock.now))
            try await perform(book, clock, .giveUp(second.number, at: clock.now))
            #expect(try await contacts(book) == [])
            try await book.closeDays(at: QueueHall.at("18:01"))
            #expect(try await told(book) == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `when the last counter closes after hours, nobody waits until the evening to be told`(kind: TestDatabase)
        async throws
    {
        try await hall(kind) { book, clock in
            try await perform(book, clock, .openCounter(1, lines: [QueueHall.land], at: clock.now))
            try await perform(book, clock, .openCounter(2, lines: [QueueHall.land], at: clock.now))
            let ticket = try await take(Self.phone, book, clock)
            // In the middle of the day another counter may open.
            try await perform(book, clock, .closeCounter(1, at: clock.now))
            clock.now = QueueHall.at("17:00")
            #expect(try await told(book).isEmpty)
            try await perform(book, clock, .closeCounter(2, at: clock.now))
            #expect(try await told(book).count == 1)
            try await book.closeDays(at: QueueHall.at("18:01"))
            #expect(try await told(book).count == 1, "nobody is told twice")
            #expect(try await book.ticket(ticket.secret)?.ticket.stage == .unserved(at: QueueHall.at("18:00")))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `when the hall has to be cleared, those who wait learn it`(kind: TestDatabase) async throws {
        try await hall(kind, capacity: { $0 < QueueHall.at("09:00") ? 6 : 0 }) { book, clock in
            _ = try await take(Self.phone, book, clock)
            clock.now = QueueHall.at("09:00")
            try await perform(book, clock, .openCounter(1, lines: [QueueHall.land], at: clock.now))
            #expect(try await told(book).map(\.kind) == [TicketNotice.paused.name])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever waits elsewhere is called back in time, once`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let ticket = try await take(Self.phone, book, clock)
            let other = try await take("0912000002", book, clock)
            let back = QueueHall.at("10:40")
            for number in [ticket.number, other.number] {
                try await perform(book, clock, .waitElsewhere(number, until: back, at: clock.now))
            }
            try await perform(book, clock, .comeBack(other.number, at: clock.now))
            try await book.callBack(at: QueueHall.at("10:29"))
            #expect(try await told(book) == [])
            for _ in 0..<2 { try await book.callBack(at: QueueHall.at("10:30")) }
            #expect(
                try await told(book) == [
                    Told(
                        TicketNotice.comeBack,
                        to: Self.phone,
                        ["number": .name("A001"), "time": .time(back.localMinute), "link": link(ticket)]
                    )
                ]
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever waits outside is asked in, unless they stand at the door`(kind: TestDatabase) async throws {
        try await hall(kind, capacity: { _ in 2 }) { book, clock in
            try await perform(book, clock, .openCounter(1, lines: [QueueHall.land], at: clock.now))
            _ = try await take("0912000002", book, clock)
            let outside = try await take(Self.phone, book, clock)
            #expect(try await book.ticket(outside.secret)?.ticket.isInside == false)
            clock.now = QueueHall.at("08:20")
            try await perform(book, clock, .callNext(counter: 1, at: clock.now))
            #expect(try await book.ticket(outside.secret)?.ticket.isInside == true)
            let asked = try await told(book)
            #expect(
                asked == [Told(TicketNotice.letIn, to: Self.phone, ["number": .name("A002"), "link": link(outside)])]
            )
            try await perform(book, clock, .giveUp(outside.number, at: clock.now))
            let here = try await take("0912000003", book, clock)
            #expect(try await book.ticket(here.secret)?.ticket.isInside == true)
            #expect(try await told(book) == asked)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a telephone stays nowhere once there is nothing left to tell`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let wish = TicketBook.Wish(
                QueueHall.land,
                holder: "phone 1",
                phone: PhoneNumber(rawValue: Self.phone),
                in: .en
            )
            _ = try await book.take(wish, at: Self.office, now(clock))
            try await book.closeDays(at: QueueHall.at("18:01"))
            #expect(try await told(book).map(\.language) == ["en"], "told in the language of the ticket")
            try await Told.handOver(in: book.database, at: QueueHall.at("18:02"))
            let rows = try await book.database.read { tx in
                try tx.fetch("SELECT phone, facts, state FROM notice").map {
                    [try $0.optionalText(0), try $0.optionalText(1), try $0.text(2)]
                }
            }
            #expect(rows == [[nil, nil, "handedOver"]])
        }
    }

    @Test func `a typed telephone is one to be told at, an identity number is not`() throws {
        func wish(_ holder: String) throws -> TicketBook.Wish {
            try TicketForm(FormData(["line": QueueHall.land.rawValue, "holder": holder])).wish()
        }
        #expect(try wish("0912 000 001").phone == PhoneNumber(rawValue: Self.phone))
        #expect(try wish("001085000123").phone == nil)
    }
}
