import Foundation
import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// The citizen's way through the portal, by forms alone.
struct CitizenJourneyTests {
    static let start: KeyValuePairs<String, String> = [
        "agency": House.justice, "situation": "self", "returnBy": "online",
    ]

    /// A draft of Lan's, at its first section.
    private func draft(_ browser: Browser) async throws -> String {
        let answer = try await browser.post("/nop/\(Procedures.record)", Self.start)
        #expect(answer.status == 303)
        return answer.location
    }

    @Test(arguments: TestDatabase.kinds)
    func `a citizen signs in, fills in, uploads, reviews, files and follows`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = house.browser()
            let guarded = try await browser.get("/nop/\(Procedures.record)")
            #expect(guarded.status == 303 && guarded.location.hasPrefix("/sign-in?next="))
            let welcome = try await browser.post(
                "/sign-in",
                ["login": "0912 000 001", "password": House.password, "next": "/nop/\(Procedures.record)"]
            )
            #expect(welcome.status == 303 && welcome.location == "/nop/\(Procedures.record)")
            let page = try await browser.get(welcome.location)
            #expect(page.body.contains("Sở Tư pháp Hà Nội") && page.body.contains("Tự mình yêu cầu"))
            #expect(!page.body.contains("phường Đội Cấn"))

            let draft = try await draft(browser)
            let first = try await browser.get(draft)
            #expect(first.location == "\(draft)/khai/applicant")
            let section = try await browser.get(first.location)
            #expect(!section.body.contains("đã xong"), "nothing that was never opened is called done")
            #expect(section.body.contains("Nguyễn Thị Lan") && section.body.contains("0912000001"))
            let next = try await browser.post(
                first.location,
                [
                    "applicant.fullName": "Nguyễn Thị Lan", "applicant.phone": "0912000001",
                    "applicant.address": "Số 1 Kim Mã",
                ]
            )
            #expect(next.location == "\(draft)/khai/request")
            let second = try await browser.get(next.location).body
            #expect(second.split(separator: "đã xong").count == 2, "one part was saved, and only that one is done")
            let papers = try await browser.post(next.location, ["request.kind": "1", "request.purpose": "Xin việc"])
            #expect(papers.location == "\(draft)/giay-to")
            let review = try await browser.upload(
                papers.location,
                [.file("paper-identity-copy", "cccd.pdf", Paper.pdf), .field("_next", "1")]
            )
            #expect(review.location == "\(draft)/xem-lai")
            let last = try await browser.get(review.location)
            #expect(last.actions.contains("\(draft)/nop"))
            for text in ["Xin việc", "cccd.pdf", "Số 1 Kim Mã", "Sở Tư pháp Hà Nội"] {
                #expect(last.body.contains(text), "the review leaves out “\(text)”")
            }

            let filed = try await browser.post("\(draft)/nop")
            #expect(filed.status == 303 && filed.location.hasSuffix("?filed=1"))
            let dossier = filed.location.replacing("?filed=1", with: "")
            let shown = try await browser.get(filed.location)
            #expect(shown.body.contains("000.00.19.H26-261123-0001"))
            let proof = try await browser.get("\(dossier)/giay-xac-nhan.pdf")
            #expect(proof.isPDF)
            let mine = try await browser.get("/ho-so")
            #expect(mine.links.contains(dossier) && mine.body.contains("000.00.19.H26-261123-0001"))

            let again = try await browser.post("\(draft)/nop")
            #expect(again.body.contains(dossier) || again.location.hasPrefix(dossier))
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 1)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a form pressed twice begins one draft and keeps a file once`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            func action(_ page: String) async throws -> String {
                try #require(try await lan.get(page).actions.first { $0.contains("?once=") })
            }
            let start = try await action("/nop/\(Procedures.record)")
            let draft = try await lan.post(start, Self.start).location
            #expect(try await lan.post(start, Self.start).location == draft)
            let other = try await lan.post(
                start,
                ["agency": House.justice, "situation": "self", "returnBy": "post", "deliveryAddress": "Số 5 Kim Mã"]
            )
            #expect(other.location != draft, "another choice on the same page is another intention")

            let upload = try await action("\(draft)/giay-to")
            let file = Part.file("paper-identity-copy", "cccd.pdf", Paper.pdf)
            for _ in 1...2 { #expect(try await lan.upload(upload, [file]).status == 303) }
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 1)
            let second = Part.file("paper-identity-copy", "sau.png", Paper.png)
            #expect(try await lan.upload(upload, [second]).status == 303)
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 2)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what was typed wrongly is kept and marked beside its field`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let wrong = try await lan.post("/nop/\(Procedures.record)", ["agency": House.ward, "situation": "x"])
            #expect(wrong.status == 422)
            for message in ["Chưa chọn cơ quan", "Chưa chọn trường hợp", "Chưa chọn cách nhận"] {
                #expect(wrong.body.contains(message))
            }
            let draft = try await draft(lan)
            let sent = try await lan.post(
                "\(draft)/khai/applicant",
                ["applicant.fullName": "Lan 123", "applicant.phone": "12", "applicant.address": ""]
            )
            #expect(sent.location == "\(draft)/khai/applicant?check=1", "what is wrong has an address to go back to")
            let answer = try await lan.get(sent.location)
            #expect(answer.status == 422)
            #expect(answer.marked == ["applicant-fullName", "applicant-phone", "applicant-address"])
            #expect(answer.body.contains("value=\"Lan 123\"") && answer.body.contains("value=\"12\""))
            let later = try await lan.get("\(draft)/khai/applicant")
            #expect(later.body.contains("value=\"Lan 123\"") && later.marked == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `rows and conditions work without a script`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            let next = try await lan.post("\(draft)/khai/request", ["request.kind": "2"])
            #expect(next.location == "\(draft)/khai/residence")
            let added = try await lan.post(
                next.location,
                ["residence.0.start": "2010", "residence.0.place": "Huế", "_add": "residence"]
            )
            #expect(added.location == next.location)
            let rows = try await lan.get(added.location)
            #expect(rows.body.contains("residence.1.place") && rows.body.contains("value=\"Huế\""))
            let updated = try await lan.post(next.location, ["residence.0.place": "Huế", "_update": "residence"])
            #expect(updated.location == next.location, "the page follows the answers and does not go on")
            let blank = try await lan.post(
                next.location,
                ["residence.0.start": "", "residence.0.place": "", "residence.1.start": "", "residence.1.place": ""]
            )
            let told = try await lan.get(blank.location)
            #expect(told.status == 422 && told.links.contains("#f-residence"))
            #expect(told.body.contains("id=\"f-residence\""))
            let wrong = try await lan.post(
                next.location,
                [
                    "residence.0.start": "2010", "residence.0.place": "Huế", "residence.1.start": "31/02/2011",
                    "residence.1.place": "Vinh",
                ]
            )
            #expect(try await lan.get(wrong.location).marked == ["residence-1-start"])
            let removed = try await lan.post(
                next.location,
                ["residence.0.place": "Huế", "residence.1.place": "Vinh", "_remove": "residence.0"]
            )
            let left = try await lan.get(removed.location)
            #expect(left.body.contains("value=\"Vinh\"") && !left.body.contains("value=\"Huế\""))
            let back = try await lan.post("\(draft)/khai/request", ["request.kind": "1"])
            #expect(back.location == "\(draft)/giay-to")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `bad files are refused with advice while the good ones of the same request are kept`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            let answer = try await lan.upload(
                "\(draft)/giay-to",
                [
                    .file("paper-identity-copy", "anh.heic", Paper.heic), .file("paper-identity-copy", "", []),
                    .file("paper-household", "rong.pdf", []), .file("paper-household", "khoa.pdf", Paper.locked),
                    .file("paper-identity-copy", "tốt.png", Paper.png), .file("paper-passport", "lạ.pdf", Paper.pdf),
                    .file("csrf2", "lạ.pdf", Paper.pdf),
                ]
            )
            #expect(answer.status == 422)
            #expect(answer.marked == ["paper-identity-copy", "paper-household"])
            for advice in ["Tương thích nhất", "rỗng", "có mật khẩu", "tốt.png"] {
                #expect(answer.body.contains(advice), "nothing is said about “\(advice)”")
            }
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 1)
            let remove = try #require(answer.actions.first { $0.hasSuffix("/xoa") })
            #expect(try await lan.post(remove).location == "\(draft)/giay-to")
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the review lists everything that is missing, and nothing is filed before it is there`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let answer = try await lan.post(
                "/nop/\(Procedures.record)",
                [
                    "agency": House.justice, "situation": "proxy", "returnBy": "post", "deliveryAddress": "Số 5 Kim Mã",
                ]
            )
            let draft = answer.location
            let review = try await lan.get("\(draft)/xem-lai")
            for missing in ["Địa chỉ", "Loại phiếu", "Bản chụp căn cước", "Văn bản ủy quyền"] {
                #expect(review.body.contains("“\(missing)”"), "“\(missing)” is not said to be missing")
            }
            for place in ["applicant", "request"] { #expect(review.links.contains("\(draft)/khai/\(place)?check=1")) }
            #expect(review.links.contains("\(draft)/giay-to?check=1"))
            #expect(!review.actions.contains("\(draft)/nop"))
            let forced = try await lan.post("\(draft)/nop")
            #expect(forced.status == 422)
            #expect(forced.body.contains("“Địa chỉ”"))
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 0)
            let checked = try await lan.get("\(draft)/giay-to?check=1")
            #expect(checked.marked == ["paper-identity-copy", "paper-mandate"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a draft is kept while it is typed, set aside, and thrown away when asked`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            let kept = try await lan.post("\(draft)/luu/request", ["request.purpose": "Đang viế"])
            #expect(kept.status == 204)
            #expect(try await lan.get("\(draft)/khai/request").body.contains("Đang viế"))
            let later = try await lan.post("\(draft)/khai/request", ["request.purpose": "Để sau", "_later": "1"])
            #expect(later.location == draft.replacing("/nhap/", with: "/ho-so?saved="))
            let mine = try await lan.get(later.location)
            #expect(mine.links.contains(draft) && mine.body.contains("Đã lưu lúc"))
            #expect(try await !lan.get("/ho-so?saved=1").body.contains("Đã lưu lúc"), "an address keeps nothing")
            #expect(try await lan.get("/nop/\(Procedures.record)").links.contains(draft))
            #expect(try await lan.get("\(draft)/xoa").actions.contains("\(draft)/xoa"))
            #expect(try await lan.post("\(draft)/xoa").location == "/ho-so")
            #expect(try await lan.get(draft).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a form sent after the session ended is kept until its sender is back`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            house.clock.advance(by: .hours(13))
            let answer = try await lan.post("\(draft)/khai/request", ["request.purpose": "Đã viết rất lâu"])
            #expect(answer.status == 303 && answer.location.hasPrefix("/sign-in?next="))
            let next = answer.location.replacing("/sign-in?next=", with: "").removingPercentEncoding ?? ""
            let welcome = try await lan.post(
                "/sign-in",
                ["login": "0912000001", "password": House.password, "next": next]
            )
            let offered = try await lan.get(welcome.location)
            #expect(offered.body.contains("Đã viết rất lâu"))
            #expect(offered.actions.contains("\(draft)/khai/request"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what may not be filed online says where it may`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let closed = try await lan.get("/nop/\(Procedures.counterOnly)")
            #expect(closed.status == 409 && closed.body.contains("Bộ phận Một cửa"))
            #expect(try await lan.get("/nop/9.999999").status == 404)
            #expect(try await lan.get("/nop/abc").status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a citizen changes the return, and withdraws what nobody has begun`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            #expect(try await lan.post("/ho-so/\(id)/cach-nhan", ["returnBy": "pigeon"]).status == 422)
            #expect(try await lan.post("/ho-so/\(id)/cach-nhan", ["returnBy": "post"]).location == "/ho-so/\(id)")
            #expect(try await lan.get("/ho-so/\(id)").body.contains("Qua bưu điện đến tận nơi"))
            #expect(try await lan.get("/ho-so/\(id)/rut").actions.contains("/ho-so/\(id)/rut"))
            #expect(try await lan.post("/ho-so/\(id)/rut", ["reason": "Đổi ý"]).status == 303)
            #expect(try await house.stage(id) == .withdrawn)
            #expect(try await lan.get("/ho-so/\(id)").body.contains("Đổi ý"))
            #expect(try await lan.post("/ho-so/\(id)/rut").status == 409)
            #expect(try await lan.post("/ho-so/\(id)/cach-nhan", ["returnBy": "online"]).status == 409)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the result is seen when it is finished, and fetching it online returns it once`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .processing)
            let prepared = try await house.officer(.caseOfficer).send(
                .post,
                "/api/v1/work/dossiers/\(id)/result",
                [.field("outcome", "granted"), .file("paper-certificate", "phieu.pdf", Paper.pdf)]
            )
            #expect(prepared.status == 200)
            let result = try #require(try await house.book.details(ID(rawValue: id))?.dossier.results.first)
            let path = "/ho-so/\(id)/tep/\(result.file.attachment.rawValue)"
            #expect(try await lan.get(path).status == 404)
            #expect(try await !lan.get("/ho-so/\(id)").links.contains(path))
            let early = try await lan.api(.get, "/api/v1/dossiers/\(id)")
            #expect(try early.object["outcome"] == nil && (early.object["results"] as? [Any])?.isEmpty == true)
            #expect(!early.body.contains(result.file.attachment.rawValue))

            for role in [Role.caseOfficer, .leader, .clerk] { try await house.act("complete-step", on: id, by: role) }
            #expect(try await lan.get("/ho-so/\(id)").links.contains(path))
            #expect(try await house.stage(id) == .finished)
            for _ in 1...3 {
                let file = try await lan.get(path)
                #expect(file.status == 200 && file.isPDF && file.bytes == Paper.pdf)
                #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            }
            #expect(try await house.stage(id) == .returned)
            let returns = try await house.book.details(ID(rawValue: id))?.history.filter {
                $0.event == .result(.returned(method: .online))
            }
            #expect(returns?.count == 1)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `one's own paper may be fetched without returning anything`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan, returnBy: "counter")
            try await house.bring(id, to: .finished)
            let page = try await lan.get("/ho-so/\(id)")
            let files = page.links.filter { $0.contains("/tep/") }
            #expect(files.count == 2)
            for file in files { #expect(try await lan.get(file).status == 200) }
            #expect(try await house.stage(id) == .finished)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `anybody with code and secret sees the state and no person`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            let reason = "Lý do riêng của Nguyễn Thị Lan"
            try await house.act("refuse", on: id, by: .reception, #"{"text":"\#(reason)"}"#)
            let details = try #require(try await house.book.details(ID(rawValue: id)))
            let visitor = house.browser()
            let secret = try #require(details.secret)
            let asked = try await visitor.get("/tra-cuu?ma=\(details.row.code.rawValue)&khoa=\(secret)")
            #expect(asked.status == 200 && !asked.body.contains("Không được tiếp nhận"))
            let found = try await visitor.post(
                "/tra-cuu",
                ["code": details.row.code.rawValue.lowercased(), "secret": secret.uppercased()]
            )
            #expect(found.status == 200 && found.body.contains("Không được tiếp nhận"))
            #expect(!found.body.contains("Lan") && !found.body.contains("Lý do riêng"))
            let wrong = try await visitor.post("/tra-cuu", ["code": details.row.code.rawValue, "secret": "aaaaaaaa"])
            let unknown = try await visitor.post("/tra-cuu", ["code": "000.00.19.H26-261123-9999", "secret": secret])
            #expect(wrong.status == 422 && unknown.status == 422)
            #expect(wrong.marked == unknown.marked)
            for _ in 1...3 { _ = try await visitor.post("/tra-cuu", ["code": "x", "secret": "y"]) }
            #expect(try await visitor.post("/tra-cuu", ["code": "x", "secret": "y"]).status == 429)
        }
    }
}
