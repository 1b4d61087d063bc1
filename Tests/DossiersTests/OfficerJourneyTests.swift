import Foundation
import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// The officers' desk, by forms alone.
struct OfficerJourneyTests {
    @Test(arguments: TestDatabase.kinds)
    func `a dossier goes from desk to desk until its result is returned`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan(), returnBy: "counter")
            let path = "/work/dossiers/\(id)"
            let reception = try await house.officer(.reception)
            #expect(try await reception.get("/work").location == "/work/inbox/new")
            #expect(try await reception.get("/work/inbox/new").links.contains(path))
            let page = try await reception.get(path)
            for text in ["Nguyễn Thị Lan", "Xin việc", "cccd.pdf"] { #expect(page.body.contains(text)) }
            #expect(try await reception.post("\(path)/act/accept", ["version": "1"]).location == "\(path)?since=1")
            let accepted = try await reception.get("\(path)?since=1").body
            #expect(accepted.contains("Đã ghi nhận</") && accepted.contains("<li>Tiếp nhận, hẹn trả"))
            #expect(!(try await reception.get("\(path)?since=2").body.contains("Đã ghi nhận</")))
            #expect(!(try await house.officer(.leader).get("\(path)?since=1").body.contains("Đã ghi nhận</")))
            #expect(try await reception.get("\(path)/papers/receipt").isPDF)
            #expect(try await reception.get("/work/inbox/accepted").links.contains(path))

            let examiner = try await house.officer(.caseOfficer)
            let handedOver = try await reception.post(
                "/work/many",
                ["act": "hand-over", "dossier": id, "dossier": "nobody"]
            )
            #expect(handedOver.status == 200 && handedOver.body.contains("Xong 1 hồ sơ"))
            #expect(try await examiner.get("/work").location == "/work/inbox/turn-caseOfficer")
            #expect(try await examiner.get("/work/inbox/turn-caseOfficer").links.contains(path))
            #expect(try await examiner.post("\(path)/act/take").location.hasPrefix("\(path)?since="))
            #expect(try await examiner.get("/work/inbox/mine").links.contains(path))
            #expect(try await examiner.post("\(path)/act/complete-step").status == 409)
            #expect(try await examiner.get("\(path)/act/complete-step").status == 409)
            let leader = try await house.officer(.leader)
            let empty = try await examiner.upload("\(path)/result", [.field("outcome", "granted")])
            #expect(empty.status == 422 && empty.marked == ["paper-certificate"])
            let unreasoned = try await examiner.upload("\(path)/result", [.field("outcome", "denied")])
            #expect(unreasoned.status == 422 && unreasoned.marked == ["text"])
            let unread = try await examiner.upload(
                "\(path)/result",
                [.field("outcome", "granted"), .file("paper-certificate", "x.heic", Paper.heic)]
            )
            #expect(unread.status == 422 && unread.marked == ["paper-certificate"])
            let prepared = try await examiner.upload(
                "\(path)/result",
                [.field("outcome", "granted"), .file("paper-certificate", "phieu.pdf", Paper.pdf)]
            )
            #expect(prepared.location.hasPrefix("\(path)?since="))
            #expect(try await examiner.post("\(path)/act/complete-step", ["text": "Đủ điều kiện"]).status == 303)
            #expect(try await leader.get("/work/inbox/turn-leader").links.contains(path))
            #expect(try await leader.post("\(path)/act/complete-step").status == 303)
            let clerk = try await house.officer(.clerk)
            #expect(try await clerk.post("\(path)/act/complete-step").status == 303)
            #expect(try await house.stage(id) == .finished)
            let returner = try await house.officer(.returns)
            #expect(try await returner.get("/work").location == "/work/inbox/finished")
            #expect(try await returner.get("\(path)/act/return").status == 200)
            #expect(
                try await returner.post("\(path)/act/return", ["method": "counter", "collector": "applicant"]).status
                    == 303
            )
            #expect(try await house.stage(id) == .returned)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a denial reaches the applicant with its reasons`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .processing)
            let examiner = try await house.officer(.caseOfficer)
            let denied = try await examiner.upload(
                "/work/dossiers/\(id)/result",
                [.field("outcome", "denied"), .field("text", "Không thuộc thẩm quyền")]
            )
            #expect(denied.status == 303)
            #expect(try await !lan.get("/ho-so/\(id)").body.contains("Không thuộc thẩm quyền"))
            for role in [Role.caseOfficer, .leader, .clerk] { try await house.act("complete-step", on: id, by: role) }
            let page = try await lan.get("/ho-so/\(id)")
            #expect(page.body.contains("Không thuộc thẩm quyền") && page.body.contains("không được chấp thuận"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an apology tells the applicant the new day, and a wrong day is told beside the field`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .processing)
            let leader = try await house.officer(.leader)
            let path = "/work/dossiers/\(id)/act/extend"
            #expect(try await leader.get(path).body.contains("Ngày hẹn mới"))
            let day = try #require(try await house.row(id).dueAt).localDate.adding(days: 30)
            var working = day
            while working.weekday > 5 { working = working.adding(days: 1) }
            var sunday = day
            while sunday.weekday != 7 { sunday = sunday.adding(days: 1) }
            let rest = try await leader.post(path, ["text": "Chờ xác minh", "date": sunday.vietnamese])
            #expect(rest.status == 422 && rest.body.contains("là ngày nghỉ") && rest.body.contains("Chờ xác minh"))
            #expect(try await leader.post(path, ["text": "Chờ xác minh"]).body.contains("Chưa có ngày hẹn mới"))
            let wish = try await leader.post(
                path,
                ["text": "Xin lỗi ông bà, còn chờ xác minh", "date": working.vietnamese]
            )
            #expect(wish.status == 303)
            #expect(try await house.row(id).dueAt?.localDate == working)
            let page = try await lan.get("/ho-so/\(id)").body
            #expect(page.contains("còn chờ xác minh") && page.contains(working.vietnamese))
            let next = working.adding(days: 7).vietnamese
            #expect(try await leader.post(path, ["text": "Vẫn chờ", "date": next]).body.contains("ngoại lệ"))
            let exception = try await leader.post(path, ["text": "Vẫn chờ", "date": next, "exception": "yes"])
            #expect(exception.status == 303)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a wrong result is taken up again and replaced`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .finished)
            let leader = try await house.officer(.leader)
            let path = "/work/dossiers/\(id)"
            #expect(try await leader.post("\(path)/act/open-correction", ["text": "Sai năm sinh"]).status == 303)
            #expect(try await house.stage(id) == .processing)
            let page = try await lan.get("/ho-so/\(id)").body
            #expect(page.contains("Kết quả đang được đính chính") && page.contains("Sai năm sinh"))
            let examiner = try await house.officer(.caseOfficer)
            let replacement: [Part] = [.field("outcome", "granted"), .file("paper-certificate", "moi.png", Paper.png)]
            #expect(try await examiner.upload("\(path)/result", replacement).status == 303)
            for role in [Role.caseOfficer, .leader, .clerk] { try await house.act("complete-step", on: id, by: role) }
            #expect(try await house.stage(id) == .finished)
            #expect(try await lan.get("/ho-so/\(id)").body.contains("Kết quả cũ đã được thay thế"))
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: [Role.leader, .clerk, .reception])
    func `a file of somebody who may not prepare the result is not even stored`(role: Role) async throws {
        try await House.open(on: .sqlite) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            let officer = try await house.officer(role)
            let files = try house.storedFiles
            for path in ["/work/dossiers/\(id)/result", "/api/v1/work/dossiers/\(id)/result"] {
                let parts: [Part] = [.field("outcome", "granted"), .file("paper-certificate", "x.png", Paper.png)]
                let answer =
                    try await path.hasPrefix("/api/")
                    ? officer.send(.post, path, parts) : officer.upload(path, parts)
                #expect(answer.status == 403)
            }
            #expect(try house.storedFiles == files)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a supplement is asked for once and answered`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let (path, own) = ("/work/dossiers/\(id)", "/ho-so/\(id)")
            let reception = try await house.officer(.reception)
            #expect(try await lan.get("\(own)/bo-sung").status == 409)
            #expect(try await reception.get("\(path)/papers/supplement-request").status == 409)
            let silent = try await reception.post("\(path)/act/supplement", ["component": "household"])
            #expect(silent.status == 422 && silent.marked == ["text"])
            let invented = try await reception.post("\(path)/act/supplement", ["component": "x", "text": "Thiếu"])
            #expect(invented.status == 422)
            let asked = try await reception.post(
                "\(path)/act/supplement",
                ["component": "household", "text": "Nộp thêm sổ hộ khẩu"]
            )
            #expect(asked.status == 303)
            #expect(try await reception.get("\(path)/papers/supplement-request").isPDF)
            #expect(try await reception.get("/work/inbox/waiting").links.contains(path))

            #expect(try await lan.get(own).links.contains("\(own)/bo-sung"))
            let page = try await lan.get("\(own)/bo-sung")
            #expect(page.body.contains("Nộp thêm sổ hộ khẩu") && page.body.contains("paper-household"))
            #expect(!page.body.contains("paper-identity-copy"))
            let empty = try await lan.post("\(own)/bo-sung")
            #expect(empty.status == 422 && empty.marked == ["word-household"] && empty.body.contains("Sổ hộ khẩu"))
            let refused = try await lan.upload(
                "\(own)/bo-sung/tep",
                [.file("paper-household", "a.heic", Paper.heic), .file("paper-household", "b.png", Paper.png)]
            )
            #expect(refused.status == 422 && refused.marked == ["paper-household"] && refused.body.contains("b.png"))
            // Uploaded and not sent: officers neither see it nor fetch it.
            let waiting = try #require(try await house.book.details(ID(rawValue: id))?.staged.first)
            for file in ["\(path)/files/\(waiting.id.rawValue)", "/api/v1\(path)/files/\(waiting.id.rawValue)"] {
                #expect(try await reception.api(.get, file).status == 404)
            }
            #expect(try await !reception.api(.get, "/api/v1\(path)").body.contains("b.png"))
            #expect(try await !reception.get(path).body.contains("b.png"))
            #expect(try await lan.post("\(own)/bo-sung/tep/\(waiting.id.rawValue)/xoa").status == 303)
            #expect(
                try await lan.upload("\(own)/bo-sung/tep", [.file("paper-household", "c.pdf", Paper.pdf)]).status == 303
            )
            #expect(try await lan.post("\(own)/bo-sung", ["message": "Tôi gửi kèm"]).location == own)
            #expect(try await house.stage(id) == .filed)
            let shown = try await reception.get(path)
            #expect(shown.body.contains("c.pdf") && shown.body.contains("Tôi gửi kèm") && !shown.body.contains("b.png"))
            let again = try await reception.post(
                "\(path)/act/supplement",
                ["component": "household", "text": "Lại thiếu"]
            )
            #expect(again.status == 409 && again.body.contains("một lần") && again.body.contains("Lại thiếu"))
            #expect(again.marked == ["again"], "what was typed is not what was wrong")
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the days a citizen takes for a supplement are added to the due date`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .processing)
            let due = try #require(try await house.book.details(ID(rawValue: id))?.row.dueAt)
            try await house.act("supplement", on: id, by: .caseOfficer, #"{"text":"Thiếu","components":["household"]}"#)
            house.clock.advance(by: .days(7))
            let again = try await house.lan()
            #expect(try await again.post("/ho-so/\(id)/bo-sung", ["word-household": "Tôi không có"]).status == 303)
            let later = try #require(try await house.book.details(ID(rawValue: id))?.row.dueAt)
            #expect((later - due) >= .days(7) && (later - due) <= .days(9))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a refusal needs its reason and is printed`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let path = "/work/dossiers/\(id)"
            let reception = try await house.officer(.reception)
            #expect(try await reception.get("\(path)/papers/refusal").status == 409)
            #expect(try await reception.post("\(path)/act/refuse", ["text": "  "]).marked == ["text"])
            #expect(try await reception.post("\(path)/act/refuse", ["text": "Sai thẩm quyền"]).status == 303)
            #expect(try await reception.get("\(path)/papers/refusal").isPDF)
            #expect(try await lan.get("/ho-so/\(id)").body.contains("Sai thẩm quyền"))
            #expect(try await house.stage(id) == .refused)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a withdrawal of what is in work is confirmed or declined`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let reception = try await house.officer(.reception)
            for (act, form, stage) in [
                ("confirm-withdrawal", [:], Stage.withdrawn), ("decline-withdrawal", ["text": "Đã ký"], .processing),
            ] as [(String, KeyValuePairs<String, String>, Stage)] {
                let id = try await house.filed(by: lan)
                try await house.bring(id, to: .processing)
                let early = try await reception.post("/work/dossiers/\(id)/act/\(act)", form)
                #expect([409, 422].contains(early.status) && early.body.contains("không yêu cầu rút"))
                #expect(try await lan.post("/ho-so/\(id)/rut", ["reason": "Đổi ý"]).status == 303)
                #expect(try await house.stage(id) == .processing)
                #expect(try await reception.get("/work/dossiers/\(id)").body.contains("Đổi ý"))
                #expect(try await reception.post("/work/dossiers/\(id)/act/\(act)", form).status == 303)
                #expect(try await house.stage(id) == stage)
            }
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a visitor's dossier is taken in at the counter once, with a receipt`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            let found = try await reception.get("/work/intake?q=" + "ly lich tu phap".escaped)
            let path = "/work/intake/\(Procedures.record)"
            #expect(found.links.contains(path))
            let page = try await reception.get(path)
            let once = try #require(page.hidden("once"))
            func visit(_ name: String, _ papers: String = "1", once: String = once) -> KeyValuePairs<String, String> {
                [
                    "once": once, "applicant.fullName": name, "applicant.phone": "0987654321",
                    "applicant.address": "Số 2 Đội Cấn", "request.kind": "1", "situation": "self",
                    "returnBy": "counter", "originals-declaration": "1", "copies-identity-copy": papers,
                ]
            }
            let wrong = try await reception.post(path, visit("Trần 9", "x"))
            #expect(wrong.status == 422)
            #expect(wrong.marked.contains("applicant-fullName") && wrong.body.contains("value=\"Trần 9\""))
            #expect(wrong.body.contains("phải từ 0 đến 99") && wrong.hidden("once") == once)
            let taken = try await reception.post(path, visit("Trần Thị Cúc"))
            #expect(taken.status == 303)
            #expect(try await reception.post(path, visit("Trần Thị Cúc")).location == taken.location)
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 1)
            let shown = try await reception.get(taken.location)
            let receipt = try #require(shown.links.first { $0.hasSuffix("/papers/receipt") })
            #expect(try await reception.get(receipt).isPDF)
            let id = receipt.replacing("/work/dossiers/", with: "").replacing("/papers/receipt", with: "")
            let details = try #require(try await house.book.details(ID(rawValue: id)))
            #expect(details.row.stage == .accepted && details.row.channel == .counter && details.row.dueAt != nil)
            #expect(
                details.dossier.papers == [
                    FiledPaper(component: "declaration", originals: 1),
                    FiledPaper(component: "identity-copy", copies: 1),
                ]
            )
            // The page brought back by the browser's button and used for the next visitor.
            let next = try await reception.post(path, visit("Lê Văn Nam"))
            #expect(next.status == 422 && next.body.contains("value=\"Lê Văn Nam\""))
            let fresh = try #require(next.hidden("once"))
            #expect(fresh != once)
            #expect(try await reception.post(path, visit("Lê Văn Nam", once: fresh)).status == 303)
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 2)
            #expect(try await reception.post("/work/intake/\(Procedures.counterOnly)").status == 422)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what a visitor brings later is taken in at the counter`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            let taken = try await reception.api(
                .post,
                "/api/v1/work/intake",
                """
                {"procedure":"\(Procedures.record)","situation":"self","returnBy":"counter","channel":"post",\
                "answers":\(House.complete)}
                """
            )
            let id = try #require(try taken.object["id"] as? String)
            #expect(try await house.book.details(ID(rawValue: id))?.row.channel == .post)
            try await house.act("hand-over", on: id, by: .reception)
            try await house.act(
                "supplement",
                on: id,
                by: .caseOfficer,
                #"{"text":"Thiếu sổ","components":["household"]}"#
            )
            let act = "/work/dossiers/\(id)/act/receive-supplement"
            let examiner = try await house.officer(.caseOfficer)
            #expect(try await examiner.post(act, ["component": "household"]).status == 403)
            #expect(try await reception.post(act).marked == ["word-household"])
            #expect(try await reception.post(act, ["component": "household"]).status == 303)
            #expect(try await house.stage(id) == .processing)
            #expect(try await house.book.details(ID(rawValue: id))?.dossier.papers.map(\.component) == ["household"])
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `who acts on what has changed meanwhile is told so`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            let reception = try await house.officer(.reception)
            #expect(try await reception.post("/work/dossiers/\(id)/act/accept", ["version": "1"]).status == 303)
            let late = try await reception.post("/work/dossiers/\(id)/act/hand-over", ["version": "1"])
            #expect(late.status == 409 && late.body.contains("vừa có cập nhật mới"))
            #expect(try await house.stage(id) == .accepted)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a dossier goes to colleagues only`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .accepted)
            let reception = try await house.officer(.reception)
            let stranger = try await house.database.read { tx in
                try tx.fetch("SELECT id FROM staff_account WHERE user_name = 'danang'").first?.text(0) ?? ""
            }
            #expect(!stranger.isEmpty)
            for officer in [stranger, "nobody"] {
                let answer = try await reception.post("/work/dossiers/\(id)/act/hand-over", ["officer": officer])
                #expect(answer.status == 422 && answer.marked == ["officer"])
                let many = try await reception.post(
                    "/work/many",
                    ["act": "hand-over", "dossier": id, "officer": officer]
                )
                #expect(many.status == 422, "handed over to nobody instead of \(officer)")
                #expect(try await house.stage(id) == .accepted)
            }
        }
    }
}
