import Agencies
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

@Suite struct `A calendar learns of every change of an appointment` {
    private static let place = AgencyProfile(
        id: BookingScene.office,
        name: Words("Bộ phận \"Một cửa\"; phường Đội Cấn, quận Ba Đình, thành phố Hà Nội", "One-stop"),
        kind: .oneStop,
        level: .commune,
        address: "Số 1, phố Đội Cấn\r\nBEGIN:VALARM"
    )

    /// The file with its folded lines put together again, as a calendar reads it.
    private static func lines(_ appointment: Appointment) throws -> [String] {
        let file = CalendarFile(
            appointment: appointment,
            start: try #require(appointment.start),
            length: 30,
            office: place,
            title: "Lịch hẹn: đất đai",
            link: "https://motcua.example/v?h=1",
            home: "https://motcua.example/co-quan/x",
            made: AppointmentDayTests.now
        )
        let text = file.text
        #expect(text.hasSuffix("\r\n"))
        let folded = text.split(separator: "\r\n").map(String.init)
        #expect(folded.allSatisfy { $0.utf8.count <= 75 })
        return folded.reduce(into: []) { lines, line in
            if line.hasPrefix(" ") { lines[lines.count - 1] += line.dropFirst() } else { lines.append(line) }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `booked, changed, moved to another office, cancelled: one UID and a SEQUENCE that grows`(kind: TestDatabase)
        async throws
    {
        try await BookingScene.open(kind) { scene in
            let id = try await scene.book.book(scene.wish(1), scene.now)
            var seen: [(method: String, status: String, sequence: String)] = []
            func look() async throws {
                let lines = try Self.lines(try await scene.appointment(id))
                func one(_ name: String) throws -> String {
                    let found = lines.filter { $0.hasPrefix("\(name):") }
                    return try #require(found.count == 1 ? found[0] : nil, "\(name) in \(lines)")
                }
                #expect(try one("UID") == "UID:\(id.rawValue)@motcua")
                #expect(lines.contains { $0.hasPrefix("ORGANIZER;CN=\"Bộ phận Một cửa; phường") })
                #expect(lines.contains { $0.hasSuffix("Số 1\\, phố Đội Cấn\\nBEGIN:VALARM") }, "no line of its own")
                #expect(try await scene.appointment(id).timeInCalendars != nil)
                seen.append((try one("METHOD"), try one("STATUS"), try one("SEQUENCE")))
            }
            try await look()
            try await scene.book.reschedule(
                try await scene.appointment(id),
                to: BookingScene.office,
                BookingScene.monday,
                minute: 510,
                scene.now
            )
            try await look()
            try await scene.book.reschedule(
                try await scene.appointment(id),
                to: BookingScene.other,
                BookingScene.monday,
                minute: 480,
                scene.now
            )
            try await look()
            try await scene.book.cancel(try await scene.appointment(id), scene.now)
            try await look()
            #expect(seen.map(\.method) == ["METHOD:PUBLISH", "METHOD:PUBLISH", "METHOD:PUBLISH", "METHOD:CANCEL"])
            #expect(seen.map(\.status).last == "STATUS:CANCELLED")
            #expect(seen.map(\.sequence) == ["SEQUENCE:0", "SEQUENCE:1", "SEQUENCE:2", "SEQUENCE:3"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a place that an order takes is cancelled in calendars, and comes back as it was`(kind: TestDatabase)
        async throws
    {
        try await BookingScene.open(kind) { scene in
            let id = try await scene.book.book(scene.wish(1), scene.now)
            try await scene.impose("closed", closing: [Closure(.counter)])
            #expect(try Self.lines(try await scene.appointment(id)).contains("METHOD:CANCEL"))
            try await scene.lift("closed")
            let lines = try Self.lines(try await scene.appointment(id))
            #expect(lines.contains("METHOD:PUBLISH") && lines.contains("SEQUENCE:2"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a place that was never booked is in no calendar, so none has to forget it`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, places: 1) { scene in
            let last = try await [scene.booked(1), scene.booked(2, minute: 510)][1]
            let id = try await scene.book.book(scene.wish(3, minute: nil), scene.now)
            try await scene.book.cancel(last, scene.now)
            let offered = try await scene.appointment(id)
            #expect(offered.state == .offered && offered.start != nil)
            try await scene.book.cancel(offered, scene.now)
            let cancelled = try await scene.appointment(id)
            #expect(cancelled.state == .cancelled && cancelled.timeInCalendars == nil)
            #expect(try await scene.appointment(last.id).timeInCalendars == last.start)
        }
    }
}

@Suite struct `Pressed again, a place that is held is found` {
    @Test(arguments: TestDatabase.kinds)
    func `by the same browser for the same wish, and by nobody else`(kind: TestDatabase) async throws {
        try await BookingScene.open(kind, places: 5) { scene in
            var wish = scene.wish(1)
            wish.browser = "one"
            let first = try await scene.book.ask(wish, scene.now)
            #expect(try await scene.book.ask(wish, scene.now) == first)
            #expect(try await scene.free() == [4, 5], "one place is held, not two")
            #expect(try await scene.told().count == 1, "and one code is told")
            wish.name = PersonName(rawValue: "Nguyễn Thị Lân")!
            #expect(try await scene.book.ask(wish, scene.now) == first)
            #expect(try await scene.appointment(first).name == "Nguyễn Thị Lân", "what was mended is not lost")
            var other = wish
            other.browser = "another"
            #expect(try await scene.book.ask(other, scene.now) != first)
            var later = wish
            later.minute = 510
            #expect(try await scene.book.ask(later, scene.now) != first)
            var unknown = scene.wish(2)
            unknown.browser = nil
            let program = try await scene.book.ask(unknown, scene.now)
            #expect(try await scene.book.ask(unknown, scene.now) != program, "a program is no browser")
            // What has lapsed is held anew.
            scene.clock.now = scene.clock.now + .minutes(11)
            #expect(try await scene.book.ask(wish, scene.now) != first)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `also when both were pressed at once, and no longer when the code has come back`(kind: TestDatabase)
        async throws
    {
        try await BookingScene.open(kind, places: 3) { scene in
            var wish = scene.wish(1)
            wish.browser = "one"
            let asked = wish
            let ids = try await withThrowingTaskGroup(of: ID<Appointment>.self) { group in
                for _ in 0..<4 { group.addTask { try await scene.book.ask(asked, scene.now) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            let id = try #require(ids.first)
            func browsers() async throws -> [String?] {
                try await scene.database.read { tx in
                    try tx.fetch("SELECT browser FROM appointment").map { try $0.optionalText(0) }
                }
            }
            #expect(try await browsers() == ["one"])
            try await scene.book.confirm(id, code: try #require(try await scene.appointment(id).code), scene.now)
            #expect(try await browsers() == [nil], "who sat where is kept no longer than it is needed")
        }
    }
}
