import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

@Suite struct `The queues are kept in rows` {
    private static let office = ID<Agency>(rawValue: "ba-dinh")

    private func hall(
        _ kind: TestDatabase,
        connections: Int = 4,
        _ body: (TicketBook, TestClock) async throws -> Void
    ) async throws {
        try await kind.fresh(connections: connections) { database in
            try await database.migrate(EventStore.migrations + OneStop.migrations)
            let book = TicketBook(database: database) { office, now in
                office == Self.office && now.localDate == QueueHall.date ? QueueHall.setting(capacity: 6) : nil
            }
            try await body(book, TestClock(QueueHall.at("08:00")))
        }
    }

    private func now(_ clock: TestClock) -> Circumstances { QueueHall.circumstances(clock.now) }

    @Test(arguments: TestDatabase.kinds)
    func `500 people at once get 500 numbers, and each person one`(kind: TestDatabase) async throws {
        try await hall(kind, connections: 12) { book, clock in
            // Everybody presses the button, and every fifth presses it on another device as well.
            let wishes = (0..<500).map { $0 } + (0..<100).map { $0 * 5 }
            let circumstances = now(clock)
            let receipts = try await withThrowingTaskGroup(of: TicketBook.Receipt?.self) { group in
                for person in wishes {
                    group.addTask {
                        do {
                            let wish = TicketBook.Wish(QueueHall.land, holder: "person \(person)")
                            return try await book.take(wish, at: Self.office, circumstances)
                        } catch OfficeDay.Refusal.hasTicket {
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: [TicketBook.Receipt?]()) { $0.append($1) }
            }
            let given = receipts.compactMap { $0 }
            #expect(given.count == 500)
            #expect(Set(given.map(\.number)) == Set((1...500).map { TicketNumber(letter: "A", count: $0) }))
            #expect(Set(given.map(\.secret)).count == 500)
            let rows = try await book.database.read { tx in
                try tx.fetch("SELECT COUNT(*) AS n FROM ticket WHERE office = \(Self.office)")[0].int(0)
            }
            #expect(rows == 500)
            let board = try #require(try await book.board(of: Self.office, on: QueueHall.date))
            #expect(board.waiting.count == 500)
            #expect(board.summary.inside <= 6)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a form sent twice takes one ticket`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let key = IdempotencyKey(scope: "door", key: "k1", digest: "")
            let wish = TicketBook.Wish(QueueHall.land, holder: "phone 1")
            let first = try await book.take(wish, at: Self.office, now(clock), once: key)
            #expect(try await book.take(wish, at: Self.office, now(clock), once: key) == first)
            #expect(try await book.board(of: Self.office, on: QueueHall.date)?.waiting.count == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the ticket's page follows the counter`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let lines = [QueueHall.land]
            try await book.perform([.openCounter(1, lines: lines, at: clock.now)], at: Self.office, now(clock))
            let receipt = try await book.take(.init(QueueHall.land, holder: "phone 1"), at: Self.office, now(clock))
            #expect(receipt.number == "A001")
            var holding = try #require(try await book.ticket(receipt.secret))
            #expect(holding.ticket.isInside)
            #expect(holding.board["A001"]?.expected?.ahead == 0)
            try await book.perform([.callNext(counter: 1, at: clock.now)], at: Self.office, now(clock))
            holding = try #require(try await book.ticket(receipt.secret))
            #expect(holding.ticket.counter == 1)
            #expect(holding.board.position(1)?.visitor == "A001")
            #expect(try await book.ticket("0000000000000000") == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `several commands are done together or not at all`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let at = clock.now
            try await book.perform([.openCounter(1, lines: [QueueHall.land], at: at)], at: Self.office, now(clock))
            _ = try await book.take(.init(QueueHall.land, holder: "phone 1"), at: Self.office, now(clock))
            try await book.perform([.callNext(counter: 1, at: at)], at: Self.office, now(clock))
            await #expect(throws: OfficeDay.Refusal.nobodyWaits) {
                try await book.perform(
                    [.begin(counter: 1, at: at), .finish(counter: 1, at: at), .callNext(counter: 1, at: at)],
                    at: Self.office,
                    now(clock)
                )
            }
            #expect(try await book.board(of: Self.office, on: QueueHall.date)?.position(1)?.visitor == "A001")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `arrivals are counted by line and half hour`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            for (person, line) in [("1", QueueHall.land), ("2", QueueHall.land), ("3", QueueHall.civil)] {
                _ = try await book.take(.init(line, holder: person), at: Self.office, now(clock))
            }
            clock.now = QueueHall.at("08:31")
            _ = try await book.take(.init(QueueHall.land, holder: "4"), at: Self.office, now(clock))
            let arrivals = try await book.arrivals(
                at: Self.office,
                from: QueueHall.at("00:00"),
                to: QueueHall.at("23:00")
            )
            #expect(
                arrivals == [
                    .init(halfHour: QueueHall.at("08:00"), line: QueueHall.civil, count: 1),
                    .init(halfHour: QueueHall.at("08:00"), line: QueueHall.land, count: 2),
                    .init(halfHour: QueueHall.at("08:30"), line: QueueHall.land, count: 1),
                ]
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `every office stands in one list, and only those that receive`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            _ = try await book.take(.init(QueueHall.land, holder: "1"), at: Self.office, now(clock))
            let summaries = try await book.summaries(on: QueueHall.date)
            #expect(summaries.map(\.office) == [Self.office])
            #expect(summaries.first?.summary.waiting == 1)
            await #expect(throws: TicketBook.NotReceiving.self) {
                _ = try await book.take(
                    .init(QueueHall.land, holder: "1"),
                    at: ID(rawValue: "elsewhere"),
                    now(clock)
                )
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the log knows nobody's number, and two days know nothing of each other`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            _ = try await book.take(.init(QueueHall.land, holder: "phone 0912000001"), at: Self.office, now(clock))
            let payloads = try await book.database.read { tx in
                try tx.fetch("SELECT payload FROM event ORDER BY position").map { try $0.text(0) }
            }
            #expect(payloads.contains { $0.contains("\"taken\"") })
            #expect(!payloads.contains { $0.contains("0912000001") })
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an hour after closing the day ends, and whoever waits is told`(kind: TestDatabase) async throws {
        try await hall(kind) { book, clock in
            let lines = [QueueHall.land]
            try await book.perform([.openCounter(1, lines: lines, at: clock.now)], at: Self.office, now(clock))
            let first = try await book.take(.init(QueueHall.land, holder: "1"), at: Self.office, now(clock))
            let second = try await book.take(.init(QueueHall.land, holder: "2"), at: Self.office, now(clock))
            try await book.perform([.callNext(counter: 1, at: clock.now)], at: Self.office, now(clock))
            try await book.closeDays(at: QueueHall.at("18:00"))
            #expect(try await book.ticket(second.secret)?.ticket.stage == .waiting)
            try await book.closeDays(at: QueueHall.at("18:01"))
            #expect(try await book.ticket(first.secret)?.ticket.stage == .missed(at: QueueHall.at("18:00")))
            #expect(try await book.ticket(second.secret)?.ticket.stage == .unserved(at: QueueHall.at("18:00")))
            let salts = try await book.database.read { tx in
                try tx.fetch("SELECT salt FROM office_day").map { try $0.text(0) }
            }
            #expect(salts == [""], "nobody can be found by a number any more")
            let version = try await book.versions(of: [Self.office], on: QueueHall.date)
            try await book.closeDays(at: QueueHall.at("19:00"))
            #expect(try await book.versions(of: [Self.office], on: QueueHall.date) == version)
        }
    }

    @Test func `a day through the book agrees with the rules`() async throws {
        try await hall(.sqlite) { book, clock in
            let id = ID<OfficeDay>(Self.office, QueueHall.date)
            let events = EventStore(database: book.database)
            var dice = Dice(seed: 7)
            let visitors = SimulatedDay.visitors(90, dice: &dice)
            var simulation = SimulatedDay(capacity: 6, visitors: visitors) { command in
                let before: [Recorded<OfficeDay.Event>] = try await events.history(of: id)
                let at = command.time ?? QueueHall.at("06:45")
                if case .take(let request, _) = command {
                    let wish = TicketBook.Wish(
                        request.line,
                        holder: request.person.rawValue,
                        priority: request.priority,
                        appointment: request.appointment
                    )
                    _ = try await book.take(wish, at: Self.office, QueueHall.circumstances(at))
                } else {
                    try await book.perform([command], at: Self.office, QueueHall.circumstances(at))
                }
                let after: [Recorded<OfficeDay.Event>] = try await events.history(of: id)
                return (OfficeDay(replaying: after.map(\.event)), after.dropFirst(before.count).map(\.event))
            }
            try await simulation.play()
            #expect(simulation.watch.injustices == [])
            #expect(simulation.watch.mostInside <= 6)
            #expect(simulation.watch.taken == 90)
            #expect(simulation.watch.stillWaiting == 0)
            let day: OfficeDay = try await events.load(id)
            let states = try await book.database.read { tx in
                try tx.fetch("SELECT number, state FROM ticket WHERE office = \(Self.office) ORDER BY number")
                    .map { (try $0.text(0), try StoredForm.value(Ticket.self, from: try $0.text(1))) }
            }
            #expect(states.count == 90)
            for (number, ticket) in states { #expect(day.tickets[TicketNumber(rawValue: number)] == ticket) }
            let arrivals = try await book.arrivals(
                at: Self.office,
                from: QueueHall.at("00:00"),
                to: QueueHall.at("23:00")
            )
            #expect(arrivals.map(\.count).reduce(0, +) == 90)
        }
    }
}

@Suite struct `Pages hear that their queue has changed` {
    private static let office = ID<Agency>(rawValue: "ba-dinh")
    private static let caller = Caller("10.0.0.1")

    private func feed(
        _ kind: TestDatabase,
        capacity: Int = 10,
        lifetime: Duration = .seconds(900),
        _ body: (QueueFeed, TicketBook, Circumstances) async throws -> Void
    ) async throws {
        try await kind.fresh { database in
            try await database.migrate(EventStore.migrations + OneStop.migrations)
            let book = TicketBook(database: database) { _, _ in QueueHall.setting() }
            let office = Office { QueueHall.at("08:00") }
            try await body(
                QueueFeed(
                    book: book,
                    office: office,
                    places: Places(.init(total: capacity, each: nil)),
                    lifetime: lifetime
                ),
                book,
                QueueHall.circumstances(office.now)
            )
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a change reaches whoever watches that office, and nobody else`(kind: TestDatabase) async throws {
        try await feed(kind) { feed, book, now in
            let (mine, signals) = try #require(feed.listen(to: Self.office, from: Self.caller))
            let (other, silence) = try #require(feed.listen(to: ID(rawValue: "elsewhere"), from: Self.caller))
            // Written by another process as far as this feed is concerned: it looks by itself.
            _ = try await book.take(.init(QueueHall.land, holder: "1"), at: Self.office, now)
            try await feed.look()
            var changes = signals.makeAsyncIterator()
            guard case .changed(let version) = await changes.next() else {
                Issue.record("no change was heard")
                return
            }
            #expect(try await book.versions(of: [Self.office], on: QueueHall.date) == [Self.office: version])
            feed.forget(mine)
            feed.stop()
            var others = silence.makeAsyncIterator()
            #expect(await others.next() == nil)
            feed.forget(other)
            #expect(feed.listeners == 0)
        }
    }

    @Test func `so many may listen and no more, and none while stopping`() async throws {
        try await feed(.sqlite, capacity: 2) { feed, _, _ in
            let first = try #require(feed.listen(to: Self.office, from: Self.caller))
            let second = try #require(feed.listen(to: Self.office, from: Self.caller))
            #expect(feed.listen(to: Self.office, from: Self.caller) == nil)
            feed.forget(first.listener)
            #expect(feed.listen(to: Self.office, from: Self.caller) != nil)
            feed.stop()
            #expect(feed.listen(to: Self.office, from: Self.caller) == nil)
            withExtendedLifetime(second) {}
        }
    }

    @Test func `an answer that never began gives its place back`() async throws {
        try await feed(.sqlite, capacity: 1) { feed, _, _ in
            do { _ = try #require(feed.listen(to: Self.office, from: Self.caller)) }
            #expect(feed.listeners == 0)
            #expect(feed.listen(to: Self.office, from: Self.caller) != nil)
        }
    }

    @Test func `a stream ends after its lifetime`() async throws {
        try await feed(.sqlite, capacity: 1, lifetime: .zero) { feed, _, _ in
            let (_, signals) = try #require(feed.listen(to: Self.office, from: Self.caller))
            feed.beat()
            for await signal in signals { Issue.record("\(signal) was heard after the end") }
            #expect(feed.listeners == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `while it runs, a commit is heard without being looked for`(kind: TestDatabase) async throws {
        try await feed(kind) { feed, book, now in
            let (_, signals) = try #require(feed.listen(to: Self.office, from: Self.caller))
            let running = Task { await feed.run() }
            _ = try await book.take(.init(QueueHall.land, holder: "1"), at: Self.office, now)
            var heard = false
            for await case .changed in signals {
                heard = true
                break
            }
            #expect(heard)
            running.cancel()
            await running.value
        }
    }
}
