import Foundation
import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// Nobody hands in twice what the authorities hold.
struct ReuseTests {
    private func draft(_ browser: Browser) async throws -> String {
        try await browser.post("/nop/\(Procedures.record)", CitizenJourneyTests.start).location
    }

    private func offers(_ page: Answer) -> [String] {
        page.body.matches(of: /name="reuse" type="checkbox" value="([^"]+)"/).map { String($0.1) }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an earlier paper and an earlier result are offered, ticked and recorded with their origin`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let earlier = try await house.filed(by: lan)
            try await house.bring(earlier, to: .processing)
            try await house.follow()
            let early = try await draft(lan)
            #expect(try await offers(lan.get("\(early)/giay-to")).count == 1, "what is not issued is no paper yet")

            let second = try await house.filed(by: lan)
            try await house.bring(second, to: .finished)
            try await house.follow()
            let path = try await draft(lan)
            let page = try await lan.get("\(path)/giay-to")
            #expect(page.body.contains("Dùng lại “Phiếu lý lịch tư pháp” đã cấp ngày 23/11/2026"))
            #expect(page.body.contains("Dùng lại “Bản chụp căn cước” đã nộp ngày 23/11/2026"))
            let ticks = offers(page)
            let result = try #require(ticks.first { $0.hasPrefix("household ") })
            let paper = try #require(ticks.first { $0.hasPrefix("identity-copy ") })
            let digests = try await house.count("SELECT COUNT(DISTINCT digest) FROM attachment")

            let kept = try await lan.upload(
                "\(path)/giay-to",
                [.field("reuse", result), .field("reuse", paper), .field("_next", "1")]
            )
            #expect(kept.location == "\(path)/xem-lai")
            #expect(try await offers(lan.get("\(path)/giay-to")).allSatisfy { !ticks.contains($0) || $0 != result })
            _ = try await lan.post("\(path)/khai/applicant", ["applicant.address": "Số 1 Kim Mã"])
            _ = try await lan.post("\(path)/khai/request", ["request.kind": "1"])
            let filed = try await lan.post("\(path)/nop")
            #expect(filed.status == 303)
            let id = try #require(
                filed.location.replacing("?filed=1", with: "").split(separator: "/").last.map(String.init)
            )
            let details = try #require(try await house.book.details(ID(rawValue: id)))
            let origins = Dictionary(
                details.dossier.papers.map { ($0.component, $0.origin) },
                uniquingKeysWith: { first, _ in first }
            )
            #expect(origins["household"] == PaperOrigin(dossier: ID(rawValue: second), result: "certificate"))
            #expect(origins["identity-copy"]??.result == nil && origins["identity-copy"]??.dossier != nil)
            #expect(try await house.count("SELECT COUNT(DISTINCT digest) FROM attachment") == digests)
            let shown = try await house.officer(.reception).get("/work/dossiers/\(id)")
            #expect(shown.body.contains("Tái sử dụng từ kết quả hồ sơ khác") && shown.body.contains("Tái sử dụng<"))

            try await house.act("open-correction", on: second, by: .leader, #"{"text":"Sai họ tên."}"#)
            try await house.follow()
            let later = try await lan.get("\(try await draft(lan))/giay-to")
            #expect(!later.body.contains("đã cấp ngày"), "a result that is being corrected is offered no more")
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `nobody is offered another person's papers, nor takes them by their name`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            _ = try await house.filed(by: lan)
            try await house.follow()
            let mine = try await draft(lan)
            let tick = try #require(try await offers(lan.get("\(mine)/giay-to")).first)
            let minh = try await house.minh()
            let path = try await draft(minh)
            #expect(try await offers(minh.get("\(path)/giay-to")).isEmpty)
            let refused = try await minh.upload("\(path)/giay-to", [.field("reuse", tick)])
            #expect(refused.status == 422 && refused.marked.contains("paper-identity-copy"))
            let nonsense = try await minh.upload("\(path)/giay-to", [.field("reuse", "x")])
            #expect(nonsense.status == 422)
            #expect(try await house.count("SELECT COUNT(*) FROM attachment WHERE draft IS NOT NULL") == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `programs ask what is held and use it, and once more without harm`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let earlier = try await house.filed(by: lan)
            try await house.bring(earlier, to: .finished)
            try await house.follow()
            let begun = try await lan.api(
                .post,
                "/api/v1/drafts",
                #"{"procedure":"\#(Procedures.record)","situation":"self","agency":"\#(House.justice)","returnBy":"online"}"#
            )
            let draft = try #require(try begun.object["id"] as? String)
            let path = "/api/v1/drafts/\(draft)/held-papers"
            let items = try #require(try await lan.api(.get, path).object["items"] as? [[String: Any]])
            let result = try #require(items.first { $0["result"] as? String == "certificate" })
            let id = try #require(result["id"] as? String)
            for _ in 1...2 {
                let used = try await lan.api(.post, path, #"{"ids":["\#(id)"]}"#)
                #expect(used.status == 200)
                #expect((try used.object["files"] as? [Any])?.count == 1)
            }
            #expect(try await lan.api(.post, path, #"{"ids":["household 01strange"]}"#).status == 422)
            #expect(try await house.minh().api(.get, path).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what a visitor without an account has handed in before is offered at the counter, to the same person only`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            func takeIn(_ name: String, _ phone: String) async throws -> String {
                let visit = """
                    {"procedure":"\(Procedures.record)","situation":"self","returnBy":"counter",\
                    "answers":{"applicant":{"fullName":"\(name)","phone":"\(phone)","address":"Số 1 Kim Mã"},\
                    "request":{"kind":"1","purpose":"Xin việc"}},"papers":[{"component":"identity-copy","copies":1}]}
                    """
                let answer = try await reception.api(.post, "/api/v1/work/intake", visit)
                return try #require(try answer.object["id"] as? String, "\(answer.body)")
            }
            func offered(_ id: String) async throws -> [String] {
                try await offers(reception.get("/work/dossiers/\(id)/digitise"))
            }
            let first = try await takeIn("Phạm Văn Khách", "0987654321")
            let scanned = try await reception.upload(
                "/work/dossiers/\(first)/digitise",
                [.file("paper-identity-copy", "cccd.pdf", Paper.pdf)]
            )
            #expect(scanned.status == 303)
            house.clock.advance(by: .minutes(1))
            let again = try await takeIn("Phạm Văn Khách", "0987654321")
            let namesake = try await takeIn("Phạm Văn Khách", "0911111111")
            let family = try await takeIn("Phạm Thị Khách", "0987654321")
            for other in [namesake, family] { #expect(try await offered(other).isEmpty) }
            let tick = try #require(try await offered(again).first)
            let strange = try await reception.upload(
                "/work/dossiers/\(namesake)/digitise",
                [.field("reuse", tick)]
            )
            #expect(strange.status == 422 && strange.marked == ["paper-identity-copy"])
            let used = try await reception.upload("/work/dossiers/\(again)/digitise", [.field("reuse", tick)])
            #expect(used.status == 303)
            let papers = try #require(try await house.book.details(ID(rawValue: again))).dossier.papers
            #expect(papers.last?.origin == PaperOrigin(dossier: ID(rawValue: first), result: nil))
            #expect(try await reception.get("/work/dossiers/\(again)").body.contains("Tái sử dụng"))
            #expect(try await offered(again).isEmpty)
            #expect(try await house.isClean())
        }
    }
}
