import Agencies
import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// How an authority keeps its calendar through the pages.
struct CalendarJourneyTests {
    static let storm: KeyValuePairs<String, String> = [
        "first": "25/11/2026", "last": "26/11/2026", "reason": "Nghỉ tránh bão", "number": "12/QĐ-STP",
        "date": "23/11/2026",
    ]

    @Test(arguments: TestDatabase.kinds)
    func `an administrator enters a day off and takes it back`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.officer(.admin)
            #expect(try await admin.get("/work/calendar").links.contains("/work/calendar/new/day-off"))
            let entered = try await admin.post("/work/calendar/new/day-off", Self.storm)
            #expect(entered.status == 303)
            let page = try await admin.get(entered.location)
            for words in ["25/11/2026–26/11/2026", "Nghỉ tránh bão", "12/QĐ-STP ngày 23/11/2026", "Cán bộ Quân"] {
                #expect(page.body.contains(words), "missing: \(words)")
            }
            let year = try await admin.get("/work/calendar?year=2026")
            #expect(year.links.contains(entered.location) && year.body.contains("Cán bộ Quân"))
            #expect(try await !admin.get("/work/calendar?year=2027").links.contains(entered.location))
            let day = LocalDate(rawValue: "2026-11-25")!
            let justice = ID<Agency>(rawValue: House.justice)
            #expect(try await !house.calendars.calendar(of: justice).isWorkingDay(day))

            // It asks first, and wants a reason.
            let asking = try await admin.get("\(entered.location)/withdraw")
            #expect(asking.status == 200 && asking.actions.contains("\(entered.location)/withdraw"))
            #expect(try await admin.post("\(entered.location)/withdraw").marked == ["reason"])
            #expect(try await admin.post("\(entered.location)/withdraw", ["reason": "Nhập nhầm"]).status == 303)
            #expect(try await admin.get(entered.location).body.contains("Đã thu hồi"))
            #expect(try await house.calendars.calendar(of: justice).isWorkingDay(day))
            #expect(try await admin.post("\(entered.location)/withdraw", ["reason": "Lần nữa"]).status == 409)
            #expect(try await house.calendars.verify() == [])
        }
    }

    @Test
    func `what is wrong is told beside the field, and nothing typed is lost`() async throws {
        try await House.open(on: .sqlite) { house in
            let admin = try await house.officer(.admin)
            let answer = try await admin.post(
                "/work/calendar/new/week",
                ["from": "hôm qua", "morning": "sáng", "reason": "Giờ mùa hè", "date": ""]
            )
            #expect(answer.status == 422 && answer.marked == ["number", "date", "from", "morning"])
            #expect(answer.body.contains("Giờ mùa hè") && answer.body.contains("hôm qua"))
            #expect(try await admin.post("/work/calendar/new/day-off", Self.storm).status == 303)
            let again = try await admin.post("/work/calendar/new/day-off", Self.storm)
            #expect(again.status == 409 && again.body.contains("Hãy thu hồi mục đó trước"))
            for path in ["new/nothing", "nobody", "nobody/withdraw"] {
                #expect(try await admin.get("/work/calendar/\(path)").status == 404)
            }
            #expect(try await admin.get("/work/calendar?year=99999999999").status == 200)
        }
    }

    @Test
    func `other officers read the calendar, and other agencies keep theirs`() async throws {
        try await House.open(on: .sqlite) { house in
            let entered = try await house.officer(.admin).post("/work/calendar/new/day-off", Self.storm)
            let reception = try await house.officer(.reception)
            let page = try await reception.get(entered.location)
            #expect(page.status == 200 && !page.links.contains("\(entered.location)/withdraw"))
            #expect(try await !reception.get("/work/calendar").links.contains("/work/calendar/new/day-off"))
            for path in ["/work/calendar/new/day-off", "\(entered.location)/withdraw"] {
                #expect(try await reception.get(path).status == 403)
                #expect(try await reception.post(path, Self.storm).status == 403)
            }
            let stranger = try await house.stranger()
            #expect(try await stranger.get(entered.location).status == 404)
            #expect(try await stranger.post("\(entered.location)/withdraw", ["reason": "x"]).status == 404)
        }
    }
}
