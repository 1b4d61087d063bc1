import Accounts
import HTTPTypes
import Kernel
import TestSupport
import Testing
import Web

@testable import DossierCore

/// Asking for opinions as officers and programs see it.
struct OpinionJourneyTests {
    private func officers(_ house: House) async throws -> [Role: String] {
        let staff = try await house.accounts.staff.colleagues(in: ID(rawValue: House.justice))
        return Dictionary(
            staff.compactMap { colleague in colleague.roles.first.map { ($0, colleague.id.rawValue) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func inProcess(_ house: House) async throws -> String {
        let id = try await house.filed(by: try await house.lan())
        try await house.bring(id, to: .processing)
        let result = try await house.officer(.caseOfficer).send(
            .post,
            "/api/v1/work/dossiers/\(id)/result",
            [.field("outcome", "granted"), .file("paper-certificate", "phieu.pdf", Paper.pdf)]
        )
        #expect(result.status == 200)
        return id
    }

    @Test(arguments: TestDatabase.kinds)
    func `two colleagues are asked, one answers, and the step is completed with a tick`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let id = try await inProcess(house)
            let officers = try await officers(house)
            let (page, act) = ("/work/dossiers/\(id)", "/work/dossiers/\(id)/act/ask-opinions")
            let examiner = try await house.officer(.caseOfficer)
            #expect(try await examiner.get(page).links.contains(act))
            let form = try await examiner.get(act).body
            for role in [Role.reception, .leader, .clerk, .returns] {
                #expect(form.contains("value=\"\(officers[role] ?? "")\""), "\(role) can be asked")
            }
            for role in [Role.caseOfficer, .admin, .auditor] {
                #expect(!form.contains("value=\"\(officers[role] ?? "")\""), "\(role) is not asked")
            }

            let wrong = try await examiner.post(act, ["text": "Có <vướng> không?", "answerBy": "28/11/2026"])
            #expect(wrong.status == 422 && wrong.marked == ["officers", "answerBy"])
            #expect(wrong.body.contains("Có &lt;vướng&gt; không?") && wrong.body.contains("là ngày nghỉ"))
            for (day, words) in [("20/11/2026", "từ hôm nay"), ("31/02/2027", "Ngày không đúng")] {
                let past = try await examiner.post(
                    act,
                    ["officers": officers[.clerk] ?? "", "text": "x", "answerBy": day]
                )
                #expect(past.status == 422 && past.marked == ["answerBy"] && past.body.contains(words))
            }
            let stranger = try await examiner.post(act, ["officers": officers[.admin] ?? "", "text": "x"])
            #expect(stranger.status == 422 && stranger.marked == ["officers"])

            let asked = try await examiner.post(
                act,
                [
                    "officers": officers[.clerk] ?? "", "officers": officers[.reception] ?? "",
                    "text": "Hồ sơ này có vướng không?",
                ]
            )
            #expect(asked.status == 303)
            for role in [Role.clerk, .reception] {
                #expect(try await house.officer(role).get("/work/inbox/opinions").links.contains(page))
            }
            #expect(try await !house.officer(.returns).get("/work/inbox/opinions").links.contains(page))

            let clerk = try await house.officer(.clerk)
            let shown = try await clerk.get(page)
            #expect(shown.body.contains("Hồ sơ đang chờ ý kiến") && shown.body.contains("Hồ sơ này có vướng không?"))
            let answering = try #require(shown.links.first { $0.contains("/act/give-opinion?opinion=") })
            #expect(try await clerk.get(answering).body.contains("Hồ sơ này có vướng không?"))
            let give = "\(page)/act/give-opinion"
            let empty = try await clerk.post(give, ["stance": "objects"])
            #expect(empty.status == 422 && empty.marked == ["text"])
            #expect(try await clerk.post(give, ["stance": "maybe", "text": "x"]).marked == ["stance"])
            let opinion = try #require(answering.split(separator: "=").last)
            let given = try await clerk.post(
                give,
                ["opinion": String(opinion), "stance": "objects", "text": "Thiếu chữ ký trang 2"]
            )
            #expect(given.status == 303)
            #expect(try await !clerk.get("/work/inbox/opinions").links.contains(page))
            #expect(try await clerk.post(give, ["opinion": String(opinion), "text": "x"]).status == 409)
            #expect(try await house.officer(.returns).post(give, ["text": "x"]).status == 403)

            let read = try await examiner.get(page).body
            for words in ["Thiếu chữ ký trang 2", "Không đồng ý", "Đang chờ", "Thu hồi"] {
                #expect(read.contains(words), "\(words)")
            }
            let complete = "\(page)/act/complete-step"
            #expect(try await examiner.get(complete).body.contains("Hoàn thành khi chưa đủ ý kiến"))
            let refused = try await examiner.post(complete, ["text": "Đã thẩm tra"])
            #expect(refused.status == 409 && refused.marked == ["withoutOpinions"])
            #expect(refused.body.contains("Đã thẩm tra") && refused.body.contains("Cán bộ Hoa"))
            let many = try await examiner.post("/work/many", ["act": "complete-step", "dossier": id])
            #expect(many.body.contains("Còn 1 ý kiến chưa có"))
            #expect(try await examiner.post(complete, ["withoutOpinions": "yes"]).status == 303)
            // Still to be answered, until the dossier ends.
            #expect(try await house.officer(.reception).get("/work/inbox/opinions").links.contains(page))
            try await house.act("complete-step", on: id, by: .leader, #"{"withoutOpinions":true}"#)
            try await house.act("complete-step", on: id, by: .clerk, #"{"withoutOpinions":true}"#)
            #expect(try await house.stage(id) == .finished)
            #expect(try await !house.officer(.reception).get("/work/inbox/opinions").links.contains(page))
            #expect(try await examiner.get(page).body.contains("Không có ý kiến khi hồ sơ kết thúc"))
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `programs ask, read, answer and withdraw; the applicant is told nothing`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await inProcess(house)
            let officers = try await officers(house)
            let acts = "/api/v1/work/dossiers/\(id)/acts"
            let examiner = try await house.officer(.caseOfficer)
            let asked = try await examiner.api(
                .post,
                "\(acts)/ask-opinions",
                """
                {"officers":["\(officers[.clerk] ?? "")","\(officers[.leader] ?? "")"],"text":"Câu hỏi nội bộ",\
                "answerBy":"2026-11-25"}
                """
            )
            #expect(asked.status == 200)
            let shapes = try #require(try asked.object["opinions"] as? [[String: Any]])
            #expect(shapes.compactMap { $0["state"] as? String } == ["open", "open"])
            #expect(shapes.first?["question"] as? String == "Câu hỏi nội bộ")
            #expect(shapes.first?["answerBy"] as? String == "2026-11-25")

            house.clock.advance(by: .days(3))
            let clerk = try await house.officer(.clerk)
            let list = try await clerk.api(.get, "/api/v1/work/inboxes/opinions").object["items"] as? [[String: Any]]
            #expect(list?.first?["id"] as? String == id && list?.first?["opinionBy"] as? String == "2026-11-25")
            #expect(try await clerk.get("/work/inbox/opinions").body.contains("Quá hạn"))
            #expect(try await clerk.api(.get, "/api/v1/work/inboxes").body.contains(#""name":"opinions""#))
            let given = try await clerk.api(
                .post,
                "\(acts)/give-opinion",
                #"{"stance":"agrees","text":"Lời đáp nội bộ"}"#
            )
            #expect(given.status == 200)
            let answered = try #require(try given.object["opinions"] as? [[String: Any]])
            #expect((answered.first?["answer"] as? [String: Any])?["text"] as? String == "Lời đáp nội bộ")
            #expect(try await clerk.get("/work/dossiers/\(id)").body.contains("Trả lời muộn"))

            let open = try #require(answered.last?["id"] as? String)
            let order = #"{"opinion":"\#(open)"}"#
            #expect(try await clerk.api(.post, "\(acts)/withdraw-opinion", order).status == 403)
            let taken = try await house.officer(.caseOfficer).api(.post, "\(acts)/withdraw-opinion", order)
            #expect(taken.status == 200)
            #expect((try taken.object["opinions"] as? [[String: Any]])?.last?["state"] as? String == "withdrawn")

            let lan = try await house.lan()
            for place in ["/ho-so/\(id)", "/api/v1/dossiers/\(id)"] {
                let told = try await lan.get(place).body + (try await lan.api(.get, place)).body
                for words in ["nội bộ", "kiến", "opinion"] {
                    #expect(!told.contains(words), "\(place) says “\(words)”")
                }
            }
            let history = try await lan.api(.get, "/api/v1/dossiers/\(id)").object["history"] as? [[String: Any]]
            #expect(history?.first?["what"] as? String == "resultPrepared")
            #expect(try await house.stranger().get("/work/dossiers/\(id)").status == 404)
            #expect(try await house.isClean())
        }
    }
}
