import Foundation
import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// Printing, as officers, programs and applicants ask for it.
struct PaperRouteTests {
    @Test(arguments: TestDatabase.kinds)
    func `each paper can be printed once the dossier has come to it, and not before`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan, returnBy: "counter")
            let (path, api) = ("/work/dossiers/\(id)", "/api/v1/work/dossiers/\(id)")
            let reception = try await house.officer(.reception)
            let early = try await reception.get("\(path)/papers/receipt")
            #expect(early.status == 409 && early.body.contains("chưa đến bước"))
            let unknown = try await reception.api(.get, "\(api)/papers/nothing")
            #expect(unknown.status == 404 && unknown.isProblem && unknown.body.contains("control-slip"))
            #expect(try await reception.get("\(path)/papers/proof").isPDF)
            #expect(try await lan.get("/ho-so/\(id)/giay/receipt").status == 409)

            try await house.act("accept", on: id, by: .reception)
            let receipt = try await reception.get("\(path)/papers/receipt")
            #expect(receipt.isPDF && receipt.headers[.contentDisposition]?.hasPrefix("inline") == true)
            let paper = try await read(receipt)
            for wanted in [
                "Liên 1: lưu", "Liên 2: giao người nộp hồ sơ", "Nguyễn Thị Lan", "Cán bộ Hoa", "Số 1 Kim Mã",
            ] {
                #expect(paper.contains(wanted), "missing: \(wanted)")
            }
            #expect(try await reception.get(path).links.contains("\(path)/papers/receipt"))
            #expect(try await lan.get("/ho-so/\(id)").links.contains("/ho-so/\(id)/giay/receipt"))
            #expect(try await lan.get("/ho-so/\(id)/giay/receipt").isPDF)
            #expect(try await lan.api(.get, "/api/v1/dossiers/\(id)/papers/receipt").isPDF)
            #expect(try await lan.get("/ho-so/\(id)/giay/control-slip").status == 404, "the slip stays inside")

            try await house.act("hand-over", on: id, by: .reception)
            try await house.act("take", on: id, by: .caseOfficer)
            let slip = try await read(reception.api(.get, "\(api)/papers/control-slip"))
            for wanted in ["PHIẾU KIỂM SOÁT", "Cán bộ Hoa", "Cán bộ Bình", "Bộ phận chuyên môn"] {
                #expect(slip.contains(wanted), "missing: \(wanted)")
            }
            let printable = try await reception.api(.get, api).object["printable"] as? [String]
            #expect(printable == ["proof", "receipt", "control-slip"])
            let own = try await lan.api(.get, "/api/v1/dossiers/\(id)").object["printable"] as? [String]
            #expect(own == ["proof", "receipt"])

            var later = try #require(try await house.row(id).dueAt).localDate.adding(days: 14)
            while later.weekday > 5 { later = later.adding(days: 1) }
            let wish = #"{"text":"Còn chờ xác minh","date":"\#(later.rawValue)"}"#
            try await house.act("extend", on: id, by: .leader, wish)
            let apology = try await read(reception.get("\(path)/papers/apology"))
            for wanted in ["xin lỗi", "Còn chờ xác minh", "Cán bộ Dũng"] {
                #expect(apology.contains(wanted), "missing: \(wanted)")
            }

            try await house.act("stop", on: id, by: .leader, #"{"text":"Người nộp đã qua đời"}"#)
            let notice = try await read(reception.get("\(path)/papers/stop-notice"))
            for wanted in ["THÔNG BÁO DỪNG", "Người nộp đã qua đời", "đang xử lý", "Cán bộ Dũng", "SỞ TƯ PHÁP HÀ NỘI"] {
                #expect(notice.contains(wanted), "missing: \(wanted)")
            }
        }
    }

    @Test
    func `nobody prints what is not theirs`() async throws {
        try await House.open(on: .sqlite) { house in
            let id = try await house.filed(by: try await house.lan(), returnBy: "post")
            try await house.act("accept", on: id, by: .reception)
            for uri in [
                "/work/dossiers/\(id)/papers/receipt", "/work/papers/receipt?dossier=\(id)",
                "/work/papers/labels?dossier=\(id)", "/api/v1/work/papers/hand-over?dossier=\(id)",
            ] {
                #expect(try await house.stranger().get(uri).status == 404, "\(uri)")
                #expect(try await house.officer(.admin).get(uri).status == 403, "\(uri)")
                #expect([401, 303].contains(try await house.browser().get(uri).status), "\(uri)")
            }
            #expect(try await house.minh().get("/ho-so/\(id)/giay/receipt").status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `one receipt lists the dossiers of one person, and only of one`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let (first, second) = (try await house.filed(by: lan), try await house.filed(by: lan))
            let reception = try await house.officer(.reception)
            let uri = "/work/papers/receipt?dossier=\(first)&dossier=\(second)"
            try await house.act("accept", on: first, by: .reception)
            #expect(try await reception.get(uri).status == 409, "one of them is not accepted yet")
            try await house.act("accept", on: second, by: .reception)
            let paper = try await read(reception.get(uri))
            for id in [first, second] {
                let code = try #require(try await house.book.details(ID(rawValue: id))?.row.code.rawValue)
                #expect(paper.contains("Mã hồ sơ: \(code)"))
            }
            #expect(paper.contains("Số hồ sơ cùng nộp: 02"))

            let others = try await reception.api(
                .post,
                "/api/v1/work/intake",
                """
                {"procedure":"\(Procedures.record)","situation":"self","returnBy":"post","answers":{"applicant":\
                {"fullName":"Lê Văn Tám","phone":"0903123456","address":"Số 5 phố Huế"},"request":{"kind":"1"}},\
                "papers":[{"component":"declaration","originals":1},{"component":"identity-copy","copies":1}]}
                """
            )
            let tam = try #require(try others.object["id"] as? String)
            let mixed = try await reception.api(.get, "/api/v1/work/papers/receipt?dossier=\(first)&dossier=\(tam)")
            #expect(mixed.status == 422 && mixed.body.contains("không cùng một người nộp"))
            #expect(try await reception.get("/work/papers/receipt").status == 422)
            #expect(try await reception.get("/work/papers/nothing?dossier=\(first)").status == 404)
            #expect(try await reception.get("/work/search?q=lan").actions.contains("/work/papers/receipt"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `lists, labels and envelopes are printed of the dossiers ticked in a list`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let posted = try await house.filed(by: lan, returnBy: "post")
            let fetched = try await house.filed(by: lan, returnBy: "counter")
            let reception = try await house.officer(.reception)
            for id in [posted, fetched] { try await house.act("accept", on: id, by: .reception) }
            #expect(
                try await reception.get("/work/inbox/accepted").body.contains("formaction=\"/work/papers/hand-over\"")
            )
            let list = try await reception.post("/work/papers/hand-over", ["dossier": posted, "dossier": fetched])
            let paper = try await read(list)
            for wanted in ["BẢNG KÊ BÀN GIAO HỒ SƠ", "02 hồ sơ", "Bộ phận chuyên môn", "Cán bộ Hoa"] {
                #expect(paper.contains(wanted), "missing: \(wanted)")
            }
            let handedOver = try await reception.post("/work/many", ["act": "hand-over", "dossier": posted])
            #expect(handedOver.body.contains("formaction=\"/work/papers/hand-over\""))

            for sheet in ["labels", "envelopes-c5", "envelopes-dl", "post"] {
                let uri = "/api/v1/work/papers/\(sheet)"
                let paper = try await read(reception.api(.get, "\(uri)?dossier=\(posted)&dossier=\(fetched)"))
                #expect(paper.contains("Số 1 Kim Mã"), "\(sheet) has the address")
                let code = try #require(try await house.book.details(ID(rawValue: fetched))?.row.code.rawValue)
                #expect(!paper.contains(code), "\(sheet) is for results sent by post")
                let none = try await reception.api(.get, "\(uri)?dossier=\(fetched)")
                #expect(none.status == 409 && none.body.contains("qua bưu điện"))
            }
            let many = (0...200).map { "dossier=\($0)" }.joined(separator: "&")
            #expect(try await reception.get("/work/papers/labels?\(many)").status == 422)
        }
    }
}

/// What another program reads in a paper, with every run of blanks as one.
func read(_ answer: Answer) async throws -> String {
    #expect(answer.isPDF, "\(answer.status) \(answer.body.prefix(400))")
    let file = FileManager.default.temporaryDirectory.appending(path: "paper-\(UUID().uuidString).pdf")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(answer.bytes).write(to: file)
    let read = try await program("pdftotext", ["-raw", file.path, "-"])
    return read.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
