import Agencies
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

struct AppointmentBookTests {
    @Test(arguments: TestDatabase.kinds)
    func `whoever comes on the day has one ticket, for the time of the appointment`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind) { scene in
            let booked = try await scene.booked(1)
            let tickets = TicketBook(database: scene.database) { office, now in
                DaySetting(try await scene.book.openings.days(of: office), fields: ["land"], at: now)
            }
            await #expect(throws: AppointmentDay.Refusal.notToday(BookingScene.monday)) {
                try await tickets.take(booked, acknowledgesHealth: false, scene.now)
            }
            scene.clock.now = Instant(LocalMinute(date: BookingScene.monday, minuteOfDay: 475))
            let receipt = try await tickets.take(booked, acknowledgesHealth: false, scene.now)
            #expect(try await tickets.take(booked, acknowledgesHealth: false, scene.now) == receipt)
            let ticket = try #require(try await tickets.ticket(receipt.secret)).ticket
            #expect(ticket.appointment == booked.start.map(Instant.init))
            #expect(ticket.line == LineKey(.reception, field: "land"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what is left today is told for all offices at once`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind) { scene in
            _ = try await scene.booked(1)
            scene.clock.now = Instant(LocalMinute(date: BookingScene.monday, minuteOfDay: 470))
            let models = try await scene.offices.all()
            let left = try await scene.book.placesLeft(of: models, at: scene.clock.now)
            #expect(left == [BookingScene.office: 3, BookingScene.other: 4])
            #expect(try await scene.free().reduce(0, +) == left[BookingScene.office])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `five hundred who book forty places at once get exactly forty`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, places: 40) { scene in
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        do {
                            _ = try await scene.book.ask(scene.wish(number), scene.now)
                            return true
                        } catch AppointmentDay.Refusal.full {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 } == 40)
            let list = try await scene.book.list(of: BookingScene.office, on: BookingScene.monday)
            #expect(list.count == 40 && Set(list.map(\.phone)).count == 40)
            #expect(try await scene.free() == [0, 40])
            #expect(try await scene.told().count == 40)
            // Nobody is held to have an appointment before the telephone is proven.
            let claims = try await scene.database.read { tx in
                try tx.fetch("SELECT COUNT(*) FROM appointment_claim")[0].int(0)
            }
            #expect(claims == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a person has one appointment per field, also when asking twenty times at once`(kind: TestDatabase)
        async throws
    {
        try await BookingScene.open(kind, places: 40) { scene in
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await scene.book.book(scene.wish(7), scene.now)
                            return true
                        } catch AppointmentBook.Refusal.hasOne {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 } == 1)
            // In another field they may.
            _ = try await scene.book.book(scene.wish(7, field: "notary"), scene.now)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a number that somebody else has typed keeps nobody from booking`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, places: 9) { scene in
            // A stranger begins with the victim's telephone, and another has it in an account.
            for _ in 0..<3 { _ = try await scene.book.ask(scene.wish(7), scene.now) }
            let account = Circumstances(at: scene.clock.now, actor: .citizen(id: "stranger"))
            _ = try await scene.book.book(scene.wish(7), account)
            await #expect(throws: AppointmentBook.Refusal.hasOne) {
                _ = try await scene.book.book(scene.wish(7), account)
            }
            let id = try await scene.book.ask(scene.wish(7), scene.now)
            let code = try #require(try await scene.appointment(id).code)
            try await scene.book.confirm(id, code: code, scene.now)
            #expect(try await scene.appointment(id).state == .booked)
            // Only now, to whoever reads the messages of that telephone, is it told that there is one.
            let second = try await scene.book.ask(scene.wish(7), scene.now)
            let other = try #require(try await scene.appointment(second).code)
            await #expect(throws: AppointmentBook.Refusal.hasOne) {
                try await scene.book.confirm(second, code: other, scene.now)
            }
            #expect(try await scene.book.verify(at: scene.clock.now).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a code confirms, a wrong one is counted, and an abandoned hold ends`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind) { scene in
            let id = try await scene.book.ask(scene.wish(1), scene.now)
            let code = try #require(try await scene.appointment(id).code)
            let wrong = code == "000000" ? "000001" : "000000"
            await #expect(throws: AppointmentBook.Refusal.wrongCode(left: 4)) {
                try await scene.book.confirm(id, code: wrong, scene.now)
            }
            try await scene.book.confirm(id, code: code, scene.now)
            let confirmed = try await scene.appointment(id)
            #expect(confirmed.state == .booked && confirmed.code == nil && confirmed.until == nil)

            let abandoned = try await scene.book.ask(scene.wish(2), scene.now)
            let late = try #require(try await scene.appointment(abandoned).code)
            #expect(try await scene.free() == [0, 2])
            scene.clock.advance(by: .minutes(10))
            await #expect(throws: AppointmentDay.Refusal.holdHasLapsed) {
                try await scene.book.confirm(abandoned, code: late, scene.now)
            }
            try await scene.book.tend(at: scene.clock.now)
            #expect(try await scene.appointment(abandoned).state == .lapsed)
            // It rests for an hour; then it is anybody's, and the person may book again.
            #expect(try await scene.free() == [0, 2])
            scene.clock.advance(by: .minutes(60))
            #expect(try await scene.free() == [1, 2])
            _ = try await scene.book.ask(scene.wish(2), scene.now)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a code confirms only when it has gone out`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, reach: .gateway) { scene in
            let id = try await scene.book.ask(scene.wish(1), scene.now)
            let code = try #require(try await scene.appointment(id).code)
            #expect(
                try await scene.told() == [
                    Told(
                        AppointmentNotice.code,
                        to: scene.wish(1).phone.rawValue,
                        ["code": .code(code), "minutes": .minutes(10)]
                    )
                ]
            )
            await #expect(throws: AppointmentBook.Refusal.codeNotSent) {
                try await scene.book.confirm(id, code: code, scene.now)
            }
            try await Told.handOver(in: scene.database, at: scene.clock.now)
            try await scene.book.confirm(id, code: code, scene.now)
            #expect(try await scene.appointment(id).state == .booked)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `where nothing can be sent, no place is held for a code, and accounts book`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, reach: .nobody) { scene in
            await #expect(throws: AppointmentBook.Refusal.nobodyReached) {
                _ = try await scene.book.ask(scene.wish(1), scene.now)
            }
            #expect(try await scene.free() == [2, 2])
            let account = Circumstances(at: scene.clock.now, actor: .citizen(id: "lan"))
            let id = try await scene.book.book(scene.wish(1), account)
            #expect(try await scene.appointment(id).recipient == .account("lan"))
            #expect(try await scene.told().isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever loses a place is told in their language, and the office sees how far that has come`(
        kind: TestDatabase
    ) async throws {
        try await BookingScene.open(kind, places: 2, reach: .gateway) { scene in
            var wish = scene.wish(2)
            wish.language = .en
            _ = try await scene.booked(1)
            let later = try await scene.appointment(try await scene.book.book(wish, scene.now))
            try await scene.impose("half", percent: 50)
            #expect(
                try await scene.told() == [
                    Told(
                        AppointmentNotice.displaced,
                        to: wish.phone.rawValue,
                        in: .en,
                        ["day": .day(BookingScene.monday), "link": .link("https://motcua.example\(later.link)")]
                    )
                ]
            )
            var states = try await scene.book.deliveries(of: [later])
            #expect(states[later.id]?.state == .waiting(attempts: 0))
            try await Told.handOver(in: scene.database, at: scene.clock.now)
            states = try await scene.book.deliveries(of: [later])
            #expect(states[later.id]?.state == .handedOver(by: .shortMessage, at: scene.clock.now))
            #expect(states[later.id]?.kind == AppointmentNotice.displaced.name)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `after five wrong codes the right one opens nothing`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind) { scene in
            let id = try await scene.book.ask(scene.wish(1), scene.now)
            let code = try #require(try await scene.appointment(id).code)
            for _ in 0..<5 {
                await #expect(throws: AppointmentBook.Refusal.self) {
                    try await scene.book.confirm(id, code: "x", scene.now)
                }
            }
            await #expect(throws: AppointmentBook.Refusal.tooManyWrongCodes) {
                try await scene.book.confirm(id, code: code, scene.now)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a cancelled place goes to who waits, and from them to the next`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, places: 1) { scene in
            let first = try await scene.booked(1)
            _ = try await scene.booked(2, minute: 510)
            let waiting = try await scene.booked(3, minute: nil)
            let next = try await scene.booked(4, minute: nil)
            #expect(waiting.state == .waiting && next.state == .waiting)
            try await scene.book.cancel(first, scene.now)
            let offered = try await scene.appointment(waiting.id)
            #expect(offered.state == .offered && offered.minute == 480)
            #expect(try await scene.free() == [0, 0])
            // Four hours later nobody has answered: the next one is asked, and takes it.
            scene.clock.advance(by: .hours(4))
            try await scene.book.tend(at: scene.clock.now)
            #expect(try await scene.appointment(waiting.id).state == .lapsed)
            let second = try await scene.appointment(next.id)
            #expect(second.state == .offered)
            #expect(try await scene.book.verify(at: scene.clock.now).isEmpty)
            try await scene.book.accept(second, scene.now)
            #expect(try await scene.appointment(next.id).state == .booked)
            // Two offers and one that has lapsed were told.
            #expect(try await scene.told().count == 3)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever changes to another office keeps one appointment and leaves a place that rests`(
        kind: TestDatabase
    ) async throws {
        try await BookingScene.open(kind) { scene in
            let mine = try await scene.booked(1)
            try await scene.book.reschedule(mine, to: BookingScene.other, BookingScene.monday, minute: 510, scene.now)
            let moved = try await scene.appointment(mine.id)
            #expect(moved.office == BookingScene.other && moved.minute == 510 && moved.state == .booked)
            #expect(try await scene.free() == [1, 2])
            scene.clock.advance(by: .minutes(60))
            #expect(try await scene.free() == [2, 2])
            // A full place is refused, and the old one is kept.
            for number in [2, 3] { _ = try await scene.booked(number) }
            await #expect(throws: AppointmentDay.Refusal.full) {
                try await scene.book.reschedule(
                    moved,
                    to: BookingScene.office,
                    BookingScene.monday,
                    minute: 480,
                    scene.now
                )
            }
            #expect(try await scene.appointment(mine.id).office == BookingScene.other)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `slower counters take nobody's place, but somebody who orders it does`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, places: 4) { scene in
            var all: [ID<Appointment>] = []
            for number in 1...4 { all.append(try await scene.booked(number).id) }
            try await scene.follow()
            let slow = ServiceMeasurement(
                field: "land",
                seconds: 1800,
                visits: 90,
                days: 9,
                since: BookingScene.monday.adding(days: -9)
            )
            let itself = Circumstances(at: scene.clock.now, actor: .system(name: "test"))
            for _ in 1...20 { try await scene.offices.perform(.measure([slow]), on: BookingScene.office, itself) }
            #expect(try await scene.offices.model(of: BookingScene.office).minutes(of: "land") == 30)
            try await scene.follow()
            var displaced = try await scene.book.displaced(at: BookingScene.office, from: BookingScene.monday)
            #expect(displaced.isEmpty)
            #expect(try await scene.free().first == 0, "new bookings see what the counters can do")
            let by = OneStopOfficeTests.leader
            try await scene.offices.perform(
                .setServiceTime(field: "land", minutes: 30, by: by),
                on: BookingScene.office,
                scene.byLeader
            )
            try await scene.follow()
            displaced = try await scene.book.displaced(at: BookingScene.office, from: BookingScene.monday)
            #expect(displaced.map(\.id) == Array(all.suffix(2)))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a lowered cap displaces the latest, overlapping orders by the strictest, and nobody vanishes`(
        kind: TestDatabase
    ) async throws {
        try await BookingScene.open(kind, places: 8) { scene in
            var all: [Appointment] = []
            for number in 1...8 { all.append(try await scene.booked(number)) }
            func states() async throws -> [Appointment.State] {
                var states: [Appointment.State] = []
                for appointment in all { states.append(try await scene.appointment(appointment.id).state) }
                return states
            }
            try await scene.impose("half", percent: 50)
            #expect(try await states() == Array(repeating: .booked, count: 4) + Array(repeating: .displaced, count: 4))
            #expect(try await scene.told().count == 4)
            try await scene.impose("quarter", percent: 25)
            #expect(try await states().count { $0 == .booked } == 2)
            try await scene.impose("closed", closing: [Closure(.counter)])
            #expect(try await states().allSatisfy { $0 == .displaced })
            #expect(try await scene.book.displaced(at: BookingScene.office, from: BookingScene.monday).count == 8)
            #expect(try await scene.told().count == 8)
            // One of them chooses the other office; the rest come back in their order.
            let chooses = try await scene.appointment(all[0].id)
            try await scene.book.reschedule(
                chooses,
                to: BookingScene.other,
                BookingScene.monday,
                minute: 480,
                scene.now
            )
            try await scene.lift("closed")
            #expect(try await states().prefix(4) == [.booked, .booked, .booked, .displaced])
            try await scene.lift("quarter")
            try await scene.lift("half")
            #expect(try await states().allSatisfy { $0 == .booked })
            #expect(try await scene.book.verify(at: scene.clock.now).isEmpty)
            #expect(try await scene.book.displaced(at: BookingScene.office, from: BookingScene.monday).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a person is reminded once, on the day before`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind) { scene in
            _ = try await scene.booked(1)
            try await scene.book.tend(at: scene.clock.now)
            #expect(try await scene.told().count == 0)
            for minute in ["07:59", "08:00", "12:00"] {
                scene.clock.now = Instant(try #require(LocalMinute(rawValue: "2026-11-22T\(minute)")))
                try await scene.book.tend(at: scene.clock.now)
                #expect(try await scene.told().count == (minute == "07:59" ? 0 : 1))
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `names are forgotten a month after the day, and a row that somebody has changed is found`(
        kind: TestDatabase
    ) async throws {
        try await BookingScene.open(kind) { scene in
            let mine = try await scene.booked(1)
            try await scene.database.transaction { tx in
                try tx.execute("UPDATE appointment SET minute = 510 WHERE id = \(mine.id)")
            }
            #expect(try await scene.book.verify(at: scene.clock.now).count == 2)
            scene.clock.advance(by: .days(40))
            try await scene.book.tend(at: scene.clock.now)
            #expect(try await scene.book.appointment(mine.id)?.name == nil)
            #expect(try await scene.book.verify(at: scene.clock.now).isEmpty)
        }
    }
}
