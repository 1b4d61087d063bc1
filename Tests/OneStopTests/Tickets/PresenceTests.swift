import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

@Suite struct `The code of a door` {
    private static let key = ServerKey(secret: Array(0..<32))
    private static let office = ID<Agency>(rawValue: "ba-dinh")
    private let code = DoorCode(key: key, office: office)

    private func term(_ time: String) -> DoorCode.Term { DoorCode.Term(at: QueueHall.at(time)) }

    @Test func `is six digits, of one office and one half of a day`() {
        let morning = code.digits(in: term("07:30"))
        #expect(morning.utf8.count == 6 && morning.allSatisfy(\.isNumber))
        #expect(code.digits(in: term("11:59")) == morning)
        let others = [
            code.digits(in: term("12:00")),
            code.digits(in: DoorCode.Term(at: QueueHall.at("07:30") + .days(1))),
            DoorCode(key: Self.key, office: "hue").digits(in: term("07:30")),
            DoorCode(key: ServerKey(secret: Array(1..<33)), office: Self.office).digits(in: term("07:30")),
        ]
        #expect(Set(others + [morning]).count == 5)
    }

    @Test(arguments: [("11:59", true), ("12:19", true), ("12:20", false), ("15:00", false)])
    func `is taken for twenty minutes after its half of the day`(time: String, isTaken: Bool) {
        let term = term("08:00")
        #expect(code.accepts(digits: code.digits(in: term), at: QueueHall.at(time)) == isTaken)
        #expect(code.accepts(token: code.token(in: term), at: QueueHall.at(time)) == isTaken)
    }

    @Test func `is not known before its time`() {
        #expect(!code.accepts(digits: code.digits(in: term("12:00")), at: QueueHall.at("11:59")))
    }

    private func presence(_ clock: TestClock) -> Presence { Presence(key: Self.key, office: Office { clock.now }) }

    private func isLetIn(_ form: FormData, _ presence: Presence, from address: String) -> Bool {
        // Whatever the refusal, what counts here is that there is one.
        (try? presence.requireCode(form, at: Self.office, address)) != nil
    }

    @Test func `a thousand guesses end the typing of digits, and not the QR code`() {
        let clock = TestClock(QueueHall.at("08:00"))
        let presence = presence(clock)
        let right = code.digits(in: term("08:00"))
        let wrong = right == "000000" ? "000001" : "000000"
        for guess in 0..<1000 {
            #expect(!isLetIn(FormData(["code": wrong]), presence, from: "10.0.\(guess / 250).\(guess % 250)"))
        }
        #expect(!isLetIn(FormData(["code": right]), presence, from: "192.0.2.1"))
        #expect(isLetIn(FormData(["door": code.token(in: term("08:00"))]), presence, from: "192.0.2.1"))
        // The next half of the day begins anew.
        clock.now = QueueHall.at("13:30")
        let next = code.digits(in: term("13:30"))
        #expect(isLetIn(FormData(["code": "\(next.prefix(3)) \(next.suffix(3))"]), presence, from: "192.0.2.1"))
    }

    @Test func `one address guesses ten times a minute, whatever it guesses`() {
        let clock = TestClock(QueueHall.at("08:00"))
        let presence = presence(clock)
        let right = FormData(["code": code.digits(in: term("08:00"))])
        for _ in 0..<20 { #expect(isLetIn(right, presence, from: "192.0.2.1")) }
        #expect(!isLetIn(right, presence, from: "192.0.2.1"))
        #expect(isLetIn(right, presence, from: "192.0.2.2"), "another address is not kept out")
        clock.advance(by: .seconds(6))
        #expect(isLetIn(right, presence, from: "192.0.2.1"))
    }

    @Test func `the word for a device holds a quarter of an hour and is of one office`() {
        let device = HallDevice(key: Self.key, office: Self.office)
        let start = QueueHall.at("08:00")
        let word = device.word(at: start)
        #expect(word.utf8.count == 12)
        let spaced = "\(word.prefix(4).uppercased()) \(word.dropFirst(4))"
        #expect(device.accepts(word: spaced, at: start + .minutes(15)))
        #expect(!device.accepts(word: word, at: start + .minutes(30)))
        #expect(!device.accepts(word: "", at: start))
        #expect(!HallDevice(key: Self.key, office: "hue").accepts(word: word, at: start))
    }
}

@Suite struct `A ticket from afar needs the telephone` {
    private static let office = ID<Agency>(rawValue: "ba-dinh")
    private static let phone = PhoneNumber(rawValue: "0912000001")!

    private func hall(
        _ kind: TestDatabase,
        reach: NoticeReach = .demonstration,
        _ body: (TicketBook, TestClock) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(
                EventStore.migrations + Outbox.migrations + NoticeBook.migrations + OneStop.migrations
            )
            let book = TicketBook(database: database, reach: reach) { _, _ in QueueHall.setting(capacity: 6) }
            try await body(book, TestClock(QueueHall.at("08:00")))
            #expect(try await book.verify() == [])
        }
    }

    private func now(_ clock: TestClock) -> Circumstances { QueueHall.circumstances(clock.now) }

    private func ask(_ book: TicketBook, _ clock: TestClock) async throws -> PhoneProof {
        let wish = TicketBook.Wish(QueueHall.land, holder: "browser 1", phone: Self.phone, claiming: .merit)
        let id = try await book.ask(wish, provenBy: Self.phone, at: Self.office, now(clock))
        return try #require(try await book.proof(id, at: Self.office))
    }

    private func rows(_ book: TicketBook) async throws -> Int {
        try await book.database.read { tx in try tx.fetch("SELECT COUNT(*) FROM ticket_proof")[0].int(0) }
    }

    @Test(arguments: TestDatabase.kinds)
    func `two devices of one telephone get one ticket`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let (first, second) = (try await ask(book, clock), try await ask(book, clock))
            let receipt = try await book.take(first.id, code: first.code, at: Self.office, now(clock))
            #expect(try await book.take(first.id, code: first.code, at: Self.office, now(clock)) == receipt)
            #expect(try await book.take(second.id, code: second.code, at: Self.office, now(clock)) == receipt)
            #expect(try await book.board(of: Self.office, on: QueueHall.date)?.waiting.count == 1)
            let ticket = try #require(try await book.ticket(receipt.secret)).ticket
            #expect(ticket.claimed == .merit && ticket.priority == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever was first with somebody's number keeps them from nothing`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            // At the door, where a number proves nothing, it stands for the person within their browser only.
            let typed = FormData(["line": QueueHall.land.rawValue, "holder": Self.phone.rawValue])
            let attacker = try TicketForm(typed).wish(of: "browser attacker")
            let victim = try TicketForm(typed).wish(of: "browser victim")
            let first = try await book.take(attacker, at: Self.office, now(clock))
            let second = try await book.take(victim, at: Self.office, now(clock))
            #expect(first.number == "A001" && second.number == "A002")
            await #expect(throws: OfficeDay.Refusal.hasTicket("A002")) {
                _ = try await book.take(victim, at: Self.office, now(clock))
            }
            let proof = try await ask(book, clock)
            let third = try await book.take(proof.id, code: proof.code, at: Self.office, now(clock))
            #expect(third.number == "A003", "what others took with the number does not open for its owner either")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a wrong code is counted, and the sixth try is none`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let proof = try await ask(book, clock)
            for left in [4, 3, 2, 1] {
                await #expect(throws: PhoneProof.Refusal.wrongCode(left: left)) {
                    _ = try await book.take(proof.id, code: "x", at: Self.office, now(clock))
                }
            }
            for code in ["x", proof.code] {
                await #expect(throws: PhoneProof.Refusal.tooManyWrongCodes) {
                    _ = try await book.take(proof.id, code: code, at: Self.office, now(clock))
                }
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `after ten minutes the code is nothing, and the telephone is forgotten`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let proof = try await ask(book, clock)
            try await book.closeDays(at: clock.now)
            #expect(try await rows(book) == 1)
            clock.advance(by: .minutes(10))
            await #expect(throws: PhoneProof.Refusal.lapsed) {
                _ = try await book.take(proof.id, code: proof.code, at: Self.office, now(clock))
            }
            try await book.closeDays(at: clock.now)
            #expect(try await rows(book) == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a telephone is proven only by a code that has gone out to it`(kind: TestDatabase) async throws {
        try await hall(kind, reach: .gateway) { book, clock in
            let proof = try await ask(book, clock)
            for _ in 0..<6 {
                // Not even guesses are counted: there is nothing yet that could be guessed at.
                await #expect(throws: PhoneProof.Refusal.codeNotSent) {
                    _ = try await book.take(proof.id, code: proof.code, at: Self.office, now(clock))
                }
            }
            try await Told.handOver(in: book.database, at: clock.now)
            let receipt = try await book.take(proof.id, code: proof.code, at: Self.office, now(clock))
            #expect(receipt.number == "A001")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a code that could not be sent proves nothing`(kind: TestDatabase) async throws {
        try await hall(kind, reach: .gateway) { book, clock in
            let proof = try await ask(book, clock)
            let delivery = try #require(try await book.codeDelivery(of: proof.id))
            #expect(delivery.state == .waiting(attempts: 0))
            try await NoticeBook(database: book.database).settle(delivery.id, .failed(.unreachable, at: clock.now))
            await #expect(throws: PhoneProof.Refusal.codeNotSent) {
                _ = try await book.take(proof.id, code: proof.code, at: Self.office, now(clock))
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `where nothing can be sent, no code is asked for, and no telephone kept`(kind: TestDatabase) async throws {
        try await hall(kind, reach: .nobody) { book, clock in
            await #expect(throws: PhoneProof.Refusal.nobodyReached) {
                _ = try await ask(book, clock)
            }
            let (kept, told) = (try await rows(book), try await Told.all(in: book.database))
            #expect(kept == 0 && told.isEmpty)
        }
    }

    @Test func `the address of a ticket does not hold its secret`() {
        let secret = "0123456789abcdef"
        #expect(!TicketLink.page(secret).contains(secret))
        #expect(TicketLink.page(secret) == TicketLink.page(secret))
        #expect(TicketLink.page(secret) != TicketLink.page("0123456789abcdeg"))
    }
}
