import Agencies
import Kernel
import Logging
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

@Suite struct `What is offered can succeed` {
    @Test(arguments: [false, true])
    func `the pages' rule for tickets is the command's, at every minute`(isClosed: Bool) throws {
        var hall = try QueueHall(open: [])
        if isClosed { try hall.perform(.close(at: QueueHall.at("11:00"))) }
        let board = DayBoard(hall.day, QueueHall.setting(), at: QueueHall.at("07:00"))
        for minute in stride(from: 0, to: 1440, by: 5) {
            let now = Instant(LocalMinute(date: QueueHall.date, minuteOfDay: minute))
            var refused: OfficeDay.Refusal?
            do throws(OfficeDay.Refusal) {
                _ = try hall.day.decide(
                    .take(TicketRequest(QueueHall.land, by: PersonKey(rawValue: "lan")), at: now)
                )
            } catch { refused = error }
            // Once closed, the day is over whatever the hour.
            #expect(board.summary.refusal(at: now) == refused, "\(minute)")
        }
    }

    @Test func `no time is foretold that has passed, nor any where no counter is open`() throws {
        var hall = try QueueHall(open: [1])
        for person in 0..<5 { try hall.take("person \(person)") }
        let setting = QueueHall.setting()
        let board = DayBoard(hall.day, setting, at: QueueHall.at("08:00"))
        let telling = Telling(board: board, day: QueueHall.date, say: .vi)
        let last = try #require(board["A005"]?.expected)
        // Nothing has happened for two hours, and the page is looked at again.
        let text = telling.time(last, now: QueueHall.at("10:00"))
        for stale in ["08:", "09:"] { #expect(!text.contains(stale), "\(text)") }
        #expect(telling.time(last, now: QueueHall.at("17:00")) == "đã hết giờ tiếp nhận")
        try hall.perform(.closeCounter(1, at: QueueHall.at("08:05")))
        let empty = Telling(
            board: DayBoard(hall.day, setting, at: QueueHall.at("08:05")),
            day: QueueHall.date,
            say: .vi
        )
        #expect(empty.time(last, now: QueueHall.at("08:05")) == "chưa có quầy mở")
    }
}

@Suite struct `What changes a rule changes the boards at once` {
    @Test(arguments: TestDatabase.kinds)
    func `an order, its end and a change of the hall, without any ticket`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, places: 16) { scene in
            scene.clock.now = Instant(LocalMinute(date: BookingScene.monday, minuteOfDay: 480))
            let office = Office { scene.clock.now }
            let openings = scene.book.openings
            let book = TicketBook(database: scene.database) { id, now in
                DaySetting(try await openings.days(of: id), fields: ["land"], at: now)
            }
            let limits = HallLimits(book: book, openings: openings, office: office)
            func follow() async throws {
                let service = FollowerService(
                    database: scene.database,
                    followers: [limits],
                    logger: Logger(label: "test")
                )
                try await service.catchUp()
            }
            func board() async throws -> (capacity: Int?, version: Int) {
                let day = BookingScene.monday
                let version = try await book.versions(of: [BookingScene.office], on: day)[BookingScene.office] ?? 0
                return (try await book.board(of: BookingScene.office, on: day)?.summary.capacity, version)
            }
            // It begins with what happens from now on.
            try await follow()
            let wish = TicketBook.Wish(LineKey(.reception, field: "land"), holder: "lan")
            _ = try await book.take(wish, at: BookingScene.office, scene.now)
            let before = try await board()
            #expect(before.capacity == 16)

            try await scene.impose("half", percent: 50)
            try await follow()
            let halved = try await board()
            #expect(halved.capacity == 8 && halved.version > before.version, "pages hear of it by the version")
            try await scene.lift("half")
            try await follow()
            #expect(try await board().capacity == 16)

            let leader = OneStopOfficeTests.leader
            let smaller = OneStopOffice.Command.setHall(OfficeHall(seats: 10), by: leader)
            try await scene.offices.perform(smaller, on: BookingScene.office, scene.byLeader)
            try await follow()
            #expect(try await board().capacity == 10)

            // An order that begins later begins by the clock.
            let start = scene.clock.now + .minutes(30)
            let later = OneStopOfficeTests.order("later", percent: 30, closing: [], start: start)
            try await scene.orders.impose(later, on: BookingScene.ward, by: BookingScene.ward, scene.byLeader)
            try await follow()
            #expect(try await board().capacity == 10)
            scene.clock.now = start
            try await limits.look()
            let begun = try await board()
            #expect(begun.capacity == 3)
            try await limits.look()
            #expect(try await board().version == begun.version, "looking changes nothing")
            #expect(try await book.verify() == [])
        }
    }
}
