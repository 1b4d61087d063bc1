import HTTPTypes
import Kernel
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Dossiers

/// What answers may not say together, wherever they come in.
struct PlausibilityJourneyTests {
    private static let tick = "confirmed.purpose-is-address"
    private static let odd = House.complete.replacing("Xin việc", with: "Số 1 Kim Mã")
    private static let impossible = House.complete.replacing("Xin việc", with: "Nguyễn Thị Lan")

    private static func visit(_ answers: String) -> String {
        """
        {"procedure":"\(Procedures.record)","situation":"self","returnBy":"counter","answers":\(answers),\
        "papers":[{"component":"declaration","originals":1}]}
        """
    }

    @Test(arguments: TestDatabase.kinds)
    func `a program hears of both kinds, and what it confirms is seen by the officer`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            let refused = try await reception.api(.post, "/api/v1/work/intake", Self.visit(Self.impossible))
            #expect(try refused.status == 422 && refused.wrong == ["request.purpose"])
            let asked = try await reception.api(.post, "/api/v1/work/intake", Self.visit(Self.odd))
            #expect(try asked.status == 422 && asked.wrong == [Self.tick])
            let confirmed = Self.odd.dropLast() + #","confirmed":{"purpose-is-address":true}}"#
            let taken = try await reception.api(.post, "/api/v1/work/intake", Self.visit(String(confirmed)))
            #expect(taken.status == 201, "\(taken.body)")
            let id = try #require(try taken.object["id"] as? String)
            let page = try await reception.get("/work/dossiers/\(id)").body
            #expect(
                page.contains("“Mục đích” ghi giống “Địa chỉ”.") && page.contains("Người khai xác nhận đúng như vậy")
            )
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a citizen is asked at the section, ticks, and the tick counts for those answers alone`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let begun = try await lan.post(
                "/nop/\(Procedures.record)",
                ["agency": House.justice, "situation": "self", "returnBy": "online"]
            )
            let draft = begun.location
            func save(_ section: String, _ fields: KeyValuePairs<String, String>) async throws -> String {
                let saved = try await lan.post("\(draft)/khai/\(section)", fields)
                return try await lan.get(saved.location).body
            }
            _ = try await save(
                "applicant",
                [
                    "applicant.fullName": "Nguyễn Thị Lan", "applicant.phone": "0912000001",
                    "applicant.address": "Số 1 Kim Mã",
                ]
            )
            let asked = try await save("request", ["request.kind": "1", "request.purpose": "Số 1 Kim Mã"])
            #expect(asked.contains("name=\"\(Self.tick)\"") && asked.contains("hãy đánh dấu xác nhận"))
            let review = try await lan.get("\(draft)/xem-lai").body
            #expect(review.contains("/khai/request?check=1"), "the review leads to the tick")
            let value = try #require(
                asked.firstMatch(of: /name="confirmed\.purpose-is-address" type="checkbox" value="([^"]+)"/)
            )
            let other = try await save(
                "request",
                ["request.kind": "1", "request.purpose": "số 1 kim mã", Self.tick: "another"]
            )
            #expect(other.contains("hãy đánh dấu xác nhận"))
            let done = try await save(
                "request",
                ["request.kind": "1", "request.purpose": "Số 1 Kim Mã", Self.tick: String(value.1)]
            )
            #expect(!done.contains("hãy đánh dấu xác nhận"))
            #expect(try await lan.get("\(draft)/xem-lai").body.contains("Người khai xác nhận đúng như vậy"))
            let changed = try await save(
                "applicant",
                [
                    "applicant.fullName": "Nguyễn Thị Lan", "applicant.phone": "0912000001",
                    "applicant.address": "Số 2 Kim Mã",
                ]
            )
            #expect(!changed.isEmpty)
            #expect(try await !lan.get("\(draft)/xem-lai").body.contains("Người khai xác nhận đúng như vậy"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a correction that makes answers odd is asked, and what nobody touched is not`(kind: TestDatabase) async throws
    {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            let examiner = try await house.officer(.caseOfficer)
            let path = "/work/dossiers/\(id)/act/correct-answers"
            let asked = try await examiner.post(path, ["request.purpose": "Số 1 Kim Mã", "text": "Theo đơn"])
            #expect(asked.status == 422 && asked.body.contains("name=\"\(Self.tick)\""))
            let refused = try await examiner.post(path, ["request.purpose": "Nguyễn Thị Lan", "text": "Theo đơn"])
            #expect(refused.status == 422 && refused.marked == ["request-purpose"])
            let value = try #require(
                asked.body.firstMatch(of: /name="confirmed\.purpose-is-address" type="checkbox" value="([^"]+)"/)
            )
            let done = try await examiner.post(
                path,
                ["request.purpose": "Số 1 Kim Mã", Self.tick: String(value.1), "text": "Theo đơn"]
            )
            #expect(done.location.contains("?since="), "\(done.status)")
            let later = try await examiner.post(path, ["applicant.phone": "0912000002", "text": "Đổi số"])
            #expect(later.location.contains("?since="), "\(later.status)")
            #expect(try await house.isClean())
        }
    }
}
