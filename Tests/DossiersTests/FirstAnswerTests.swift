import Agencies
import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// The eight working hours in which an online filing is to be answered.
struct FirstAnswerTests {
    private static func at(_ minute: String) -> Instant { Instant(LocalMinute(rawValue: minute)!) }

    @Test(arguments: TestDatabase.kinds)
    func `what is filed on Saturday night is due from Monday morning`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            house.clock.now = Self.at("2026-11-21T23:00")
            let id = try await house.filed(by: try await house.lan())
            #expect(try await house.row(id).firstAnswerDue == Self.at("2026-11-23T17:30"))
            func list(_ slug: String) async throws -> (page: String, api: Int) {
                let reception = try await house.officer(.reception)
                let answer = try await reception.api(.get, "/api/v1/work/inboxes/\(slug)").object
                return (
                    try await reception.get("/work/inbox/\(slug)").body, (answer["items"] as? [Any] ?? []).count
                )
            }
            #expect(try await list("answer-soon").api == 0)
            // Two working hours before.
            house.clock.now = Self.at("2026-11-23T15:31")
            let soon = try await list("answer-soon")
            #expect(soon.api == 1 && soon.page.contains("Trả lời trước 17:30 23/11/2026"))
            #expect(try await list("answer-late").api == 0)
            house.clock.now = Self.at("2026-11-24T08:00")
            let late = try await list("answer-late")
            #expect(late.api == 1 && late.page.contains("Quá hạn trả lời"))
            let page = try await house.officer(.reception).get("/work/dossiers/\(id)").body
            #expect(page.contains("Trả lời lần đầu") && page.contains("Quá hạn trả lời"))
            #expect(try await house.isClean())
            try await house.act("accept", on: id, by: .reception)
            #expect(try await house.row(id).firstAnswerDue == nil)
            #expect(try await list("answer-late").api == 0)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a day off moves the first answer too`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            house.clock.now = Self.at("2026-11-23T16:00")
            let id = try await house.filed(by: try await house.lan())
            #expect(try await house.row(id).firstAnswerDue == Self.at("2026-11-24T16:00"))
            try await house.calendars.decide(
                CalendarDecision(
                    .dayOff(first: LocalDate(rawValue: "2026-11-24")!, last: LocalDate(rawValue: "2026-11-24")!),
                    reason: "Nghỉ tránh bão",
                    document: LegalDocument(number: "12/QĐ", date: LocalDate(rawValue: "2026-11-23")!)
                ),
                in: ID(rawValue: House.justice),
                Circumstances(at: house.clock.now, actor: .officer(id: ID(rawValue: "quan")))
            )
            try await house.recount()
            #expect(try await house.row(id).firstAnswerDue == Self.at("2026-11-25T16:00"))
            #expect(try await house.lan().get("/ho-so/\(id)").body.contains("Hạn trả lời lần đầu đổi thành"))
            #expect(try await house.isClean())
        }
    }

    @Test
    func `any answer ends the clock, and only online filings have one`() async throws {
        try await House.open(on: .sqlite) { house in
            let lan = try await house.lan()
            let asked = try await house.filed(by: lan)
            try await house.act(
                "supplement",
                on: asked,
                by: .reception,
                #"{"text":"Thiếu","components":["household"]}"#
            )
            let refused = try await house.filed(by: lan)
            try await house.act("refuse", on: refused, by: .reception, #"{"text":"Sai thẩm quyền"}"#)
            for id in [asked, refused] { #expect(try await house.row(id).firstAnswerDue == nil) }
            // Sent in again, the dossier is no first filing any more.
            try await house.act("receive-supplement", on: asked, by: .reception, #"{"components":["household"]}"#)
            #expect(try await house.row(asked).firstAnswerDue == nil)
            #expect(try await house.isClean())
        }
    }
}
