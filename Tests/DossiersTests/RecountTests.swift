import Agencies
import HTTPTypes
import Kernel
import Logging
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import DueDates

/// A late change of the calendar moves the due dates of open dossiers.
struct RecountTests {
    private static let justice = ID<Agency>(rawValue: House.justice)

    private static func storm(_ first: String, _ last: String) -> CalendarDecision {
        CalendarDecision(
            .dayOff(first: LocalDate(rawValue: first)!, last: LocalDate(rawValue: last)!),
            reason: "Nghỉ tránh bão",
            document: LegalDocument(number: "12/QĐ-UBND", date: LocalDate(rawValue: "2026-11-23")!)
        )
    }

    /// Two days in the middle of ten working days after Monday 23 November 2026.
    private static let inBetween = storm("2026-11-25", "2026-11-26")

    private static func admin(_ house: House) -> Circumstances {
        Circumstances(at: house.clock.now, actor: .officer(id: ID(rawValue: "quan")))
    }

    @Test(arguments: TestDatabase.kinds)
    func `a day off announced late moves the open due dates, and says why`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .accepted)
            let entry = try await house.calendars.decide(
                Self.inBetween,
                in: ID(rawValue: "h26"),
                Self.admin(house)
            )
            try await house.recount()
            #expect(try await house.row(id).dueAt?.localMinute.rawValue == "2026-12-09T17:30")
            let told = "Ngày hẹn trả đã đổi từ 17:30 07/12/2026 sang 17:30 09/12/2026"
            let ground = "Nghỉ tránh bão (12/QĐ-UBND ngày 23/11/2026)"
            let (page, officers) = (
                try await lan.get("/ho-so/\(id)"), try await house.officer(.caseOfficer).get("/work/dossiers/\(id)")
            )
            #expect(page.body.contains(told) && page.body.contains(ground))
            #expect(page.body.contains("Ngày hẹn trả đã thay đổi"))
            #expect(officers.body.contains(told) && officers.body.contains(ground))
            let clock = try await lan.get("/ho-so/\(id)/thoi-han").body
            #expect(clock.contains("Cơ quan nghỉ theo quyết định: Nghỉ tránh bão, không tính"))
            #expect(clock.contains("ngày hẹn trả đổi từ 17:30 07/12/2026 sang 17:30 09/12/2026"))
            // What was told and what is explained are the same.
            #expect(!clock.contains("Ngày đã hẹn là"))
            let shape = try await lan.api(.get, "/api/v1/dossiers/\(id)/clock").object
            #expect((shape["count"] as? [String: Any])?["dueAt"] as? String == shape["dueAt"] as? String)

            let panel = try await house.officer(.admin).get("/work/calendar/\(entry.rawValue)")
            #expect(panel.body.contains("Xong lúc"))
            let recounts = try await house.book.recounts(of: entry)
            #expect(recounts.map(\.expected) == [1] && recounts.map(\.seen) == [1] && recounts.map(\.moved) == [1])

            try await house.calendars.withdraw(entry, in: ID(rawValue: "h26"), reason: "bão tan", Self.admin(house))
            try await house.recount()
            #expect(try await house.row(id).dueAt?.localMinute.rawValue == "2026-12-07T17:30")
            #expect(try await lan.get("/ho-so/\(id)").body.contains("thu hồi 12/QĐ-UBND ngày 23/11/2026: bão tan"))
            #expect(try await house.book.recounts(of: entry).map(\.isWithdrawal) == [false, true])
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `counting is done in small steps, may be interrupted and is done once`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            var ids: [String] = []
            for _ in 1...5 {
                ids.append(try await house.filed(by: lan))
                try await house.bring(ids[ids.count - 1], to: .accepted)
            }
            let entry = try await house.calendars.decide(Self.inBetween, in: Self.justice, Self.admin(house))
            try await house.followCalendar()
            // Other processes may not have seen it yet.
            var recounter = Recounter(desk: house.desk)
            recounter.batch = 2
            #expect(try await recounter.step() == .done)
            house.clock.advance(by: Recounter.settling)
            #expect(try await recounter.step() == .more)
            #expect(try await house.book.recounts(of: entry).map(\.seen) == [2])
            // Another process goes on where this one stopped.
            try await Recounter(desk: house.desk).catchUp()
            #expect(try await house.book.recounts(of: entry).map(\.moved) == [5])
            let versions = try await house.versions(ids)
            // Followed and counted once more, nothing is left to be told.
            try await house.recount()
            _ = try await house.database.transaction { tx in
                try tx.execute("UPDATE recount SET finished_at = NULL, last_agency = NULL, last_dossier = NULL")
            }
            try await recounter.catchUp()
            #expect(try await house.versions(ids) == versions)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `other agencies, waiting and ended dossiers and decided extensions stay as they are`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let (waiting, extended, finished) = (
                try await house.filed(by: lan), try await house.filed(by: lan), try await house.filed(by: lan)
            )
            try await house.bring(waiting, to: .processing)
            let order = #"{"text":"Thiếu sổ hộ khẩu","components":["household"]}"#
            try await house.act("supplement", on: waiting, by: .caseOfficer, order)
            try await house.bring(extended, to: .accepted)
            try await house.act("extend", on: extended, by: .leader, #"{"text":"Xin lỗi","date":"2026-12-15"}"#)
            try await house.bring(finished, to: .finished)
            let before = try await house.versions([waiting, extended, finished])
            try await house.calendars.decide(Self.inBetween, in: Self.justice, Self.admin(house))
            try await house.calendars.decide(
                Self.storm("2026-12-01", "2026-12-01"),
                in: ID(rawValue: House.danang),
                Self.admin(house)
            )
            try await house.recount()
            #expect(try await house.versions([waiting, extended, finished]) == before)
            #expect(try await house.row(extended).dueAt?.localMinute.date.rawValue == "2026-12-15")
            // The one that waited is counted by the new calendar when its clock goes on.
            try await house.act("receive-supplement", on: waiting, by: .reception, #"{"components":["household"]}"#)
            #expect(try await house.row(waiting).dueAt?.localMinute.rawValue == "2026-12-09T17:30")
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a recount before a pause is explained, and the pause moves on from it`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .processing)
            try await house.calendars.decide(Self.inBetween, in: Self.justice, Self.admin(house))
            try await house.recount()
            let order = #"{"text":"Thiếu sổ hộ khẩu","components":["household"]}"#
            try await house.act("supplement", on: id, by: .caseOfficer, order)
            house.clock.advance(by: .days(1))
            try await house.act("receive-supplement", on: id, by: .reception, #"{"components":["household"]}"#)
            // The notice was the last word until then.
            #expect(try await !house.lan().get("/ho-so/\(id)").body.contains("Ngày hẹn trả đã thay đổi"))
            let clock = try await house.lan().get("/ho-so/\(id)/thoi-han").body
            let due = try #require(try await house.row(id).dueAt)
            #expect(due.localMinute.rawValue == "2026-12-10T17:30")
            #expect(clock.contains("ngày hẹn trả đổi từ") && !clock.contains("Ngày đã hẹn là"))
        }
    }

    @Test
    func `nothing that is open and due later is moved without a change`() throws {
        let ground = RecountGround(
            entry: ID(rawValue: "e1"),
            document: LegalDocument(number: "12", date: LocalDate(rawValue: "2026-11-23")!),
            reason: "bão"
        )
        #expect(try Dossier().decide(.recount(due: Instant(milliseconds: 1), ground: ground)) == [])
        #expect(try Dossier().decide(.recountFirstAnswer(due: Instant(milliseconds: 1), ground: ground)) == [])
    }
}

extension House {
    /// Writes down what changes of calendars are to be followed by a recount.
    func followCalendar() async throws {
        let logger = Logger(label: "test")
        try await FollowerService(database: database, followers: [Recounts()], logger: logger).catchUp()
    }

    /// Lets every change of a calendar have its effect.
    func recount() async throws {
        try await followCalendar()
        clock.advance(by: Recounter.settling)
        try await Recounter(desk: desk).catchUp()
    }

    func versions(_ ids: [String]) async throws -> [Int] {
        var versions: [Int] = []
        for id in ids { versions.append(try await row(id).version) }
        return versions
    }
}
