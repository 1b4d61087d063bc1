import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// Absence, stand-in, assignment and work on several dossiers, through the pages.
struct OrganisingJourneyTests {
    private func officer(_ name: String, in house: House) async throws -> String {
        try await house.database.read { tx in
            try tx.fetch("SELECT id FROM staff_account WHERE user_name = \(name)").first?.text(0) ?? ""
        }
    }

    /// Brings a dossier to the leader's step.
    private func unsigned(in house: House) async throws -> String {
        let id = try await house.filed(by: try await house.lan(), returnBy: "counter")
        try await house.bring(id, to: .processing)
        let answer = try await house.officer(.caseOfficer).send(
            .post,
            "/api/v1/work/dossiers/\(id)/result",
            [.field("outcome", "granted"), .file("paper-certificate", "phieu.pdf", Paper.pdf)]
        )
        #expect(answer.status == 200)
        try await house.act("complete-step", on: id, by: .caseOfficer)
        return id
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever is empowered to sign signs several at once, in the leader's name`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let first = try await unsigned(in: house)
            let second = try await unsigned(in: house)
            let early = try await house.filed(by: try await house.minh())
            let clerk = try await house.officer(.clerk)
            #expect(
                try await clerk.post("/work/many", ["act": "complete-step", "dossier": first]).body.contains(
                    "chưa làm được"
                )
            )

            let leader = try await house.officer(.leader)
            let today = house.clock.now.localDate
            let deputy = try await officer("clerk", in: house)
            let absent = try await officer("leader", in: house)
            let last = today.adding(days: 2).vietnamese
            let undocumented = try await leader.post(
                "/work/absences",
                ["officer": absent, "deputy": deputy, "from": today.vietnamese, "until": last, "role": "leader"]
            )
            #expect(undocumented.status == 422 && undocumented.marked == ["document"])
            let recorded = try await leader.post(
                "/work/absences",
                [
                    "officer": absent, "deputy": deputy, "from": today.vietnamese, "until": last, "role": "leader",
                    "document": "12/QĐ-STP",
                ]
            )
            #expect(recorded.location == "/work/absences?done=recorded")
            #expect(try await leader.get(recorded.location).body.contains("12/QĐ-STP"))

            #expect(try await clerk.get("/work/inbox/turn-leader").links.contains("/work/dossiers/\(first)"))
            #expect(
                try await clerk.get("/work/dossiers/\(first)").body.contains("làm thay cho Cán bộ Dũng theo 12/QĐ-STP")
            )
            let signed = try await clerk.post(
                "/work/many",
                ["act": "complete-step", "dossier": first, "dossier": second, "dossier": early]
            )
            #expect(signed.body.contains("Xong 2 hồ sơ") && signed.body.contains("1 hồ sơ chưa làm được"))
            #expect(try await house.row(first).role == .clerk)
            #expect(
                try await leader.get("/work/dossiers/\(first)").body
                    .contains("Cán bộ Mai, thay cho Cán bộ Dũng (12/QĐ-STP)")
            )
            #expect(try await clerk.post("/work/dossiers/\(second)/act/complete-step").status == 303)
            #expect(try await house.stage(second) == .finished)

            house.clock.advance(by: .days(3))
            let late = try await unsigned(in: house)
            // A session has ended by then, so the clerk signs in anew.
            let again = try await house.officer(.clerk)
            #expect(try await again.post("/work/dossiers/\(late)/act/complete-step").status == 403)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `rules give out work, and what somebody holds is given to others when the account closes`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.officer(.admin)
            let examiner = try await officer("caseofficer", in: house)
            #expect(try await house.officer(.clerk).get("/work/assignment").status == 403)
            let nobody = try await admin.post("/work/assignment", ["role": "caseOfficer", "way": "chosen"])
            #expect(nobody.status == 422 && nobody.marked == ["officer"])
            let unable = try await admin.post(
                "/work/assignment",
                ["role": "leader", "way": "chosen", "officer": examiner]
            )
            #expect(unable.status == 422 && unable.marked == ["officer"])
            let strange = try await admin.post(
                "/work/assignment",
                ["role": "caseOfficer", "way": "chosen", "officer": examiner, "procedure": "9.999999"]
            )
            #expect(strange.marked == ["procedure"] && strange.body.contains("9.999999"))
            let set = try await admin.post(
                "/work/assignment",
                ["role": "caseOfficer", "way": "chosen", "officer": examiner, "field": "criminal-record"]
            )
            #expect(set.location == "/work/assignment")
            let page = try await admin.get("/work/assignment")
            #expect(page.body.contains("Lý lịch tư pháp") && page.body.contains("Cán bộ Bình"))

            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            #expect(try await house.row(id).holder?.rawValue == examiner)
            let colleague = try await admin.get("/work/staff/\(examiner)")
            #expect(colleague.body.contains("đang giữ 1 hồ sơ") && colleague.links.contains("/work/held/\(examiner)"))
            let held = try await admin.get("/work/held/\(examiner)")
            #expect(held.body.contains(try await house.row(id).code.rawValue) && !held.body.contains("Nguyễn Thị Lan"))
            let shared = try await admin.post("/work/held/\(examiner)", ["officer": "share", "dossier": id])
            #expect(shared.body.contains("Không có ai khác"))
            let clerk = try await officer("clerk", in: house)
            let wrong = try await admin.post("/work/held/\(examiner)", ["officer": clerk, "dossier": id])
            #expect(wrong.body.contains("Người nhận không có vai trò"))
            let roles = try await admin.post("/work/staff/\(clerk)/roles", ["roles": "clerk", "roles": "caseOfficer"])
            #expect(roles.status == 303)
            let moved = try await admin.post("/work/held/\(examiner)", ["officer": "share", "dossier": id])
            #expect(moved.body.contains("Xong 1 hồ sơ"))
            #expect(try await house.row(id).holder?.rawValue == clerk)
            #expect(try await house.officer(.reception).get("/work/held/\(clerk)").status == 403)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `several results go their own ways, and who collects one is written down for each`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            var ids: [String] = []
            for way in ["counter", "post", "online"] {
                let id = try await house.filed(by: try await house.lan(), returnBy: way)
                try await house.bring(id, to: .finished)
                ids.append(id)
            }
            let returner = try await house.officer(.returns)
            let unsaid = try await returner.post("/work/dossiers/\(ids[1])/act/return", ["version": ""])
            #expect(unsaid.status == 422 && unsaid.marked == ["collector"])
            #expect(try await returner.post("/work/many", ["act": "stop", "dossier": ids[0]]).status == 404)
            let list = try await returner.get("/work/inbox/finished").body
            #expect(ids.allSatisfy(list.contains) && !list.contains("checked"))
            let returned = try await returner.post(
                "/work/many",
                ["act": "return", "dossier": ids[0], "dossier": ids[1], "dossier": ids[2]]
            )
            #expect(returned.body.contains("Xong 1 hồ sơ"))
            #expect(
                returned.body.contains("ghi ai nhận") && returned.body.contains("chọn nhận bản điện tử")
            )
            #expect(try await house.stage(ids[0]) == .finished)
            #expect(try await house.stage(ids[1]) == .returned)
            #expect(try await house.stage(ids[2]) == .finished)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the clerk's last step numbers the result, by the pattern that was set, wherever results are read`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let clerk = try await house.officer(.clerk)
            #expect(try await house.officer(.caseOfficer).get("/work/numbering").status == 403)
            let wrong = try await clerk.post("/work/numbering", ["pattern": "QĐ", "procedure": "9.999999"])
            #expect(wrong.status == 422 && wrong.marked == ["pattern", "procedure"] && wrong.body.contains("9.999999"))
            #expect(try await clerk.post("/work/numbering", ["pattern": "<number>/GKS"]).location == "/work/numbering")
            let lan = try await house.lan()
            let id = try await house.filed(by: lan, returnBy: "counter")
            try await house.bring(id, to: .finished)
            #expect(try await clerk.get("/work/numbering").body.contains("1/GKS"))
            let page = try await clerk.get("/work/dossiers/\(id)").body
            #expect(page.contains("Ban hành kết quả số 1/GKS") && page.contains("Người ký: Cán bộ Dũng"))
            let answer = try await clerk.api(.get, "/api/v1/work/dossiers/\(id)")
            #expect((try answer.object["issue"] as? [String: Any])?["number"] as? String == "1/GKS")
            let own = try await lan.get("/ho-so/\(id)").body
            #expect(own.contains("1/GKS") && !own.contains("Cán bộ Dũng"))
            #expect(try await clerk.get("/work/register").body.contains("1/GKS"))
            let removed = try await clerk.post("/work/numbering/remove", ["procedure": "1.000001"])
            #expect(removed.status == 404)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a clerk goes on from the book on paper`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let clerk = try await house.officer(.clerk)
            let wrong = try await clerk.post("/work/numbering/begin", ["series": "", "first": "không"])
            #expect(wrong.status == 422 && Set(wrong.marked) == ["series", "first"])
            #expect(wrong.body.contains("value=\"không\""))
            let strange = try await clerk.post("/work/numbering/begin", ["series": "<number>/XX", "first": "7"])
            #expect(strange.status == 404)
            let begun = try await clerk.post("/work/numbering/begin", ["series": "<number>/KQ", "first": "318"])
            #expect(begun.location == "/work/numbering")
            #expect(try await clerk.get("/work/numbering").body.contains("Chưa có, bắt đầu từ 318"))
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .finished)
            let page = try await clerk.get("/work/numbering")
            #expect(page.body.contains("318/KQ") && !page.body.contains("Tiếp nối sổ giấy"))
            let late = try await clerk.post("/work/numbering/begin", ["series": "<number>/KQ", "first": "5"])
            #expect(late.status == 409)
        }
    }
}
