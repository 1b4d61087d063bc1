import Agencies
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

/// What becomes of appointments when a day is closed, and of whoever wants one on such a day.
struct ClosedDayTests {
    private static let monday = BookingScene.monday
    private static let storm = CalendarDecision(
        .dayOff(first: monday, last: monday),
        reason: "Bão số 9",
        document: .init(number: "12/QĐ-UBND", date: monday.adding(days: -3))
    )

    @Test(arguments: TestDatabase.kinds)
    func `a day off of the agency above is not booked, and not at that office only`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind) { scene in
            #expect(try await scene.free() == [2, 2])
            try await scene.calendars.decide(Self.storm, in: BookingScene.ward, scene.byLeader)
            #expect(try await scene.free() == [])
            await #expect(throws: AppointmentDay.Refusal.noSuchSlot) { _ = try await scene.booked(1) }
            await #expect(throws: AppointmentDay.Refusal.notServed) { _ = try await scene.booked(1, minute: nil) }
            let models = try await scene.offices.all()
            let days = try await scene.book.freeDays("land", at: models, now: scene.clock.now)
            #expect(days[BookingScene.office]?.contains { $0.date == Self.monday } == false)
            #expect(days[BookingScene.other]?.contains { $0.date == Self.monday } == true)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever has booked a day that is declared off is told, and gets the place back when it is withdrawn`(
        kind: TestDatabase
    ) async throws {
        try await BookingScene.open(kind, places: 1) { scene in
            let booked = [try await scene.booked(1), try await scene.booked(2, minute: 510)]
            let waiting = try await scene.booked(3, minute: nil)
            var all: [Appointment] { booked + [waiting] }
            func states() async throws -> [Appointment.State] {
                var states: [Appointment.State] = []
                for appointment in all { states.append(try await scene.appointment(appointment.id).state) }
                return states
            }
            let entry = try await scene.calendars.decide(Self.storm, in: BookingScene.ward, scene.byLeader)
            try await scene.follow()
            #expect(try await states() == [.displaced, .displaced, .displaced])
            #expect(try await scene.book.displaced(at: BookingScene.office, from: Self.monday).count == 3)
            #expect(try await scene.told().map(\.kind) == Array(repeating: AppointmentNotice.closedDay.name, count: 3))
            #expect(try await scene.told().allSatisfy { $0.facts["day"] == .day(Self.monday) })
            #expect(try await scene.book.verify(at: scene.clock.now).isEmpty)
            // Seen again, the same decision changes nothing.
            try await scene.book.replanClosedDays(at: scene.clock.now)
            #expect(try await scene.told().count == 3)
            // One goes elsewhere; the others come back to what they had.
            let first = try await scene.appointment(booked[0].id)
            try await scene.book.reschedule(first, to: BookingScene.other, Self.monday, minute: 480, scene.now)
            try await scene.calendars.withdraw(entry, in: BookingScene.ward, reason: "Bão tan", scene.byLeader)
            try await scene.follow()
            #expect(try await scene.appointment(booked[1].id).state == .booked)
            let offered = try await scene.appointment(waiting.id)
            #expect(offered.state == .offered && offered.minute == 480, "the place that was left is theirs now")
            #expect(try await scene.book.verify(at: scene.clock.now).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a shorter day keeps the appointments that fit into it`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind) { scene in
            let (early, late) = (try await scene.booked(1), try await scene.booked(2, minute: 510))
            let hours = try #require(WorkingInterval(rawValue: "08:00-08:30"))
            let short = CalendarDecision(
                .workingDay(day: Self.monday, hours: [hours]),
                reason: "Họp",
                document: Self.storm.document
            )
            try await scene.calendars.decide(short, in: BookingScene.office, scene.byLeader)
            try await scene.follow()
            #expect(try await scene.appointment(early.id).state == .booked)
            #expect(try await scene.appointment(late.id).state == .displaced)
        }
    }

    /// Nobody decides on these days here, so nothing in the log tells of them.
    @Test(arguments: TestDatabase.kinds)
    func `a holiday that a new list of the country brings displaces those who have booked it`(kind: TestDatabase)
        async throws
    {
        try await BookingScene.open(kind) { scene in
            let booked = try await scene.booked(1)
            let off = DayOff(
                day: Self.monday,
                kind: .holiday,
                vi: "Tết",
                en: "Tết",
                basis: "Bộ luật Lao động",
                status: .decided
            )
            let office = Office { scene.clock.now }
            let renewed = AppointmentBook(
                database: scene.database,
                site: "",
                openings: OpeningBook(
                    offices: scene.offices,
                    calendars: CalendarBook(
                        database: scene.database,
                        agencies: AgencyBook(database: scene.database, office: office),
                        nation: CalendarDays(daysOff: [off]),
                        office: office
                    ),
                    orders: scene.orders
                )
            )
            try await renewed.replanClosedDays(at: scene.clock.now)
            #expect(try await scene.appointment(booked.id).state == .displaced)
            #expect(try await scene.told().count == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a time at which the counter is closed by order is neither offered nor booked`(kind: TestDatabase) async throws
    {
        try await BookingScene.open(kind) { scene in
            let half = Instant(LocalMinute(date: Self.monday, minuteOfDay: 510))
            func order(_ id: ID<StandingOrder>, _ matter: Closure.Matter, from start: Instant) async throws {
                let order = OneStopOfficeTests.order(id, closing: [Closure(.counter, matter)], start: start)
                try await scene.orders.impose(order, on: BookingScene.ward, by: BookingScene.ward, scene.byLeader)
            }
            try await order("other", .field(key: "notary"), from: scene.clock.now)
            #expect(try await scene.free() == [2, 2], "a closed field keeps nobody else away")
            try await order("late", .everything, from: half)
            #expect(try await scene.free() == [2])
            for number in [1, 6] { _ = try await scene.booked(number) }
            await #expect(throws: ChannelClosed.self) { _ = try await scene.booked(2, minute: 510) }
            // Somebody may still wait for the half hour before it.
            _ = try await scene.booked(3, minute: nil)
            try await order("early", .field(key: "land"), from: scene.clock.now)
            await #expect(throws: ChannelClosed.self) { _ = try await scene.booked(4) }
            await #expect(throws: ChannelClosed.self) { _ = try await scene.booked(5, minute: nil) }
            #expect(try await scene.free() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an order for one procedure moves those who have booked for it, tells them why, and nobody else`(
        kind: TestDatabase
    ) async throws {
        try await BookingScene.open(kind) { scene in
            func booked(_ number: Int, for procedure: String?, minute: Int?) async throws -> Appointment {
                var wish = scene.wish(number, minute: minute)
                wish.procedure = procedure
                return try await scene.appointment(try await scene.book.book(wish, scene.now))
            }
            let (hit, spared) = (
                try await booked(1, for: "1.001193", minute: 480), try await booked(2, for: "2.000488", minute: 480)
            )
            let fillers = [
                try await booked(3, for: nil, minute: 510), try await booked(4, for: "1.001193", minute: 510),
            ]
            let waiting = try await booked(5, for: "1.001193", minute: nil)
            func state(_ appointment: Appointment) async throws -> Appointment.State {
                try await scene.appointment(appointment.id).state
            }
            try await scene.impose("one", closing: [Closure(.counter, .procedure(code: "1.001193"))])
            for moved in [hit, fillers[1], waiting] { #expect(try await state(moved) == .displaced) }
            for kept in [spared, fillers[0]] { #expect(try await state(kept) == .booked) }
            #expect(
                try await scene.told().map(\.kind) == Array(repeating: AppointmentNotice.closedByOrder.name, count: 3)
            )
            #expect(try await scene.book.displaced(at: BookingScene.office, from: Self.monday).count == 3)
            #expect(try await scene.book.verify(at: scene.clock.now).isEmpty)
            try await scene.lift("one")
            for back in [hit, fillers[1]] { #expect(try await state(back) == .booked) }
            #expect(try await state(waiting) == .waiting)
            #expect(try await scene.book.verify(at: scene.clock.now).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `no ticket is given while the counter is closed by order`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind) { scene in
            let openings = scene.book.openings
            let tickets = TicketBook(
                database: scene.database,
                gate: { office, line, _, now, tx in
                    let orders = try scene.orders.binding(office, in: tx).inForce(at: now)
                    guard let order = orders.closure(of: .counter, field: line.field) else { return }
                    throw ChannelClosed(.counter, by: order, of: Words("Phường", "The ward"), open: nil)
                },
                plan: { office, now in DaySetting(try await openings.days(of: office), fields: ["land"], at: now) }
            )
            scene.clock.now = Instant(LocalMinute(date: Self.monday, minuteOfDay: 482))
            func take(_ holder: String, at office: ID<Agency>) async throws {
                _ = try await tickets.take(.init(QueueHall.land, holder: holder), at: office, scene.now)
            }
            try await take("1", at: BookingScene.office)
            try await scene.impose("closed", closing: [Closure(.counter)])
            await #expect(throws: ChannelClosed.self) { try await take("2", at: BookingScene.office) }
            try await take("2", at: BookingScene.other)
            try await scene.lift("closed")
            try await take("3", at: BookingScene.office)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `no ticket is given on a day off, and a day that is closed while it runs is worked to its end`(
        kind: TestDatabase
    ) async throws {
        try await BookingScene.open(kind) { scene in
            let openings = scene.book.openings
            let tickets = TicketBook(database: scene.database) { office, now in
                DaySetting(try await openings.days(of: office), fields: ["land"], at: now)
            }
            scene.clock.now = Instant(LocalMinute(date: Self.monday, minuteOfDay: 482))
            func take(_ holder: String, at office: ID<Agency>) async throws -> TicketBook.Receipt {
                try await tickets.take(.init(QueueHall.land, holder: holder), at: office, scene.now)
            }
            let first = try await take("1", at: BookingScene.office)
            for office in [BookingScene.ward, BookingScene.other] {
                try await scene.calendars.decide(Self.storm, in: office, scene.byLeader)
            }
            for office in [BookingScene.office, BookingScene.other] {
                await #expect(throws: TicketBook.NotReceiving.self) { _ = try await take("2", at: office) }
            }
            try await tickets.perform([.giveUp(first.number, at: scene.clock.now)], at: BookingScene.office, scene.now)
            #expect(try await tickets.ticket(first.secret)?.ticket.isActive == false)
        }
    }
}
