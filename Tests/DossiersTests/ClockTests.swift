import Foundation
import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// The due date as it is explained to people and programs.
struct ClockTests {
    @Test(arguments: TestDatabase.kinds)
    func `the due date is explained day by day to its applicant and to officers`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let (own, work) = ("/ho-so/\(id)/thoi-han", "/work/dossiers/\(id)/clock")
            #expect(try await lan.get(own).body.contains("Thời hạn chưa bắt đầu"))
            #expect(try await lan.api(.get, "/api/v1/dossiers/\(id)/clock").object.isEmpty)
            try await house.bring(id, to: .accepted)

            #expect(try await lan.get("/ho-so/\(id)").links.contains(own))
            let page = try await lan.get(own)
            // Ten working days after Monday 23 November 2026.
            #expect(page.status == 200 && page.body.contains("17:30 07/12/2026"))
            #expect(page.body.contains("Ngày làm việc thứ 10/10"))
            #expect(page.body.contains("Ngày nghỉ hằng tuần, không tính"))
            let officer = try await house.officer(.caseOfficer)
            #expect(try await officer.get("/work/dossiers/\(id)").links.contains(work))
            #expect(try await officer.get(work).body.contains("Ngày làm việc thứ 10/10"))

            for (reader, path) in [(lan, "dossiers"), (officer, "work/dossiers")] {
                let answer = try await reader.api(.get, "/api/v1/\(path)/\(id)/clock").object
                #expect(answer["dueAt"] as? String == "2026-12-07T10:30:00.000Z")
                let count = try #require(answer["count"] as? [String: Any])
                #expect(count["counted"] as? Int == 10 && count["dueAt"] as? String == answer["dueAt"] as? String)
                let lines = try #require(count["lines"] as? [[String: Any]])
                #expect(lines.compactMap { $0["counted"] as? Int }.reduce(0, +) == 10 && lines.count == 15)
            }
            #expect(try await house.minh().get(own).status == 404)
            #expect(try await house.stranger().get(work).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a pause is explained while it lasts and when it has ended`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let path = "/ho-so/\(id)/thoi-han"
            try await house.bring(id, to: .processing)
            let order = #"{"text":"Thiếu sổ hộ khẩu","components":["household"]}"#
            try await house.act("supplement", on: id, by: .caseOfficer, order)
            #expect(try await lan.get(path).body.contains("Thời hạn đang tạm dừng"))
            house.clock.advance(by: .days(2))
            try await house.act("receive-supplement", on: id, by: .reception, #"{"components":["household"]}"#)
            let page = try await house.lan().get(path).body
            #expect(page.contains("kéo dài thêm 2 ngày làm việc") && page.contains("17:30 09/12/2026"))
            #expect(page.contains("Hẹn ban đầu"))
        }
    }
}
