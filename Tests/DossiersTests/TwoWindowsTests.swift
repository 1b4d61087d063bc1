import Foundation
import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing

/// One draft in two windows: each field is the one that was changed, and what both changed is asked about.
struct TwoWindowsTests {
    private struct Window {
        let browser: Browser
        let path: String
        let read: String

        /// Opens the section and remembers what its page had read.
        init(_ browser: Browser, _ path: String) async throws {
            (self.browser, self.path) = (browser, path)
            read = try #require(try await browser.get(path).hidden("_read"))
        }

        func save(_ fields: [(String, String)]) async throws -> Answer {
            try await browser.submit(path, [("_read", read)] + fields)
        }

        func autosave(_ fields: [(String, String)]) async throws -> Answer {
            let path = path.replacing("/khai/", with: "/luu/")
            return try await browser.submit(path, [("_read", read)] + fields)
        }
    }

    private func draft(_ browser: Browser) async throws -> String {
        try await browser.post("/nop/\(Procedures.record)", CitizenJourneyTests.start).location
    }

    private static func applicant(_ name: String, _ phone: String, _ address: String) -> [(String, String)] {
        [("applicant.fullName", name), ("applicant.phone", phone), ("applicant.address", address)]
    }

    @Test(arguments: TestDatabase.kinds)
    func `each of two windows keeps the fields it changed`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let path = "\(try await draft(lan))/khai/applicant"
            let (first, second) = (try await Window(lan, path), try await Window(lan, path))
            let (name, phone) = ("Nguyễn Thị Lan", "0912000001")
            #expect(try await first.save(Self.applicant(name, "0912000099", "")).status == 303)
            #expect(try await second.save(Self.applicant(name, phone, "Số 1 Kim Mã")).status == 303)
            let page = try await lan.get(path).body
            #expect(page.contains("value=\"0912000099\"") && page.contains("value=\"Số 1 Kim Mã\""))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a field that both changed is shown with both values, and the person chooses`(kind: TestDatabase) async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let path = "\(try await draft(lan))/khai/applicant"
            let (first, second) = (try await Window(lan, path), try await Window(lan, path))
            let name = "Nguyễn Thị Lan"
            _ = try await first.save(Self.applicant(name, "0912000001", "Số 1 Kim Mã"))
            let clash = try await second.save(Self.applicant(name, "0912000077", "Số 2 Đội Cấn"))
            #expect(clash.status == 409)
            #expect(clash.body.contains("Số 1 Kim Mã") && clash.body.contains("Số 2 Đội Cấn"))
            let stored = try await lan.get(path).body
            #expect(stored.contains("Số 1 Kim Mã") && stored.contains("0912000077"), "what does not clash is saved")

            func answer(_ choice: String?, from page: Answer) async throws -> Answer {
                let chosen = choice.map { [("_take.applicant.address", $0)] } ?? []
                return try await lan.submit(
                    path,
                    [
                        ("_read", page.hidden("_read") ?? ""), ("_clash", "applicant.address"),
                        ("applicant.address", "Số 2 Đội Cấn"),
                    ] + chosen
                )
            }
            let undecided = try await answer(nil, from: clash)
            #expect(undecided.status == 422 && undecided.marked == ["-take-applicant-address"])
            #expect(undecided.body.contains("Số 1 Kim Mã") && undecided.body.contains("Số 2 Đội Cấn"))
            #expect(try await answer("there", from: undecided).status == 303)
            #expect(try await lan.get(path).body.contains("Số 1 Kim Mã"))
            #expect(try await answer("here", from: undecided).status == 303)
            #expect(try await lan.get(path).body.contains("Số 2 Đội Cấn"))
            // Somebody chose between two texts of which one is no longer there.
            #expect(try await answer("there", from: undecided).status == 303, "both say the same now")
            let third = try await Window(lan, path)
            _ = try await third.save([("applicant.address", "Số 3 Hàng Bài")])
            #expect(try await answer("there", from: undecided).status == 409)
        }
    }

    private static func choices(_ situation: String, _ returnBy: String, _ address: String) -> [(String, String)] {
        [
            ("agency", House.justice), ("situation", situation), ("returnBy", returnBy), ("deliveryAddress", address),
        ]
    }

    @Test(arguments: TestDatabase.kinds)
    func `the choices of a draft are each the one that was changed, and what both changed is asked about`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            let id = try #require(draft.split(separator: "/").last)
            let path = "\(draft)/lua-chon"
            func stored() async throws -> [String?] {
                let shape = try await lan.api(.get, "/api/v1/drafts/\(id)").object
                return [shape["situation"] as? String, shape["returnBy"] as? String]
            }
            let (first, second) = (try await Window(lan, path), try await Window(lan, path))
            #expect(try await first.save(Self.choices("proxy", "online", "")).status == 303)
            // It has not heard of the other case, and changes the way of return.
            #expect(try await second.save(Self.choices("self", "post", "Số 9 Láng Hạ")).status == 303)
            #expect(try await stored() == ["proxy", "post"])
            #expect(try await lan.get(path).body.contains("Số 9 Láng Hạ"))

            let (third, fourth) = (try await Window(lan, path), try await Window(lan, path))
            #expect(try await third.save(Self.choices("proxy", "counter", "Số 9 Láng Hạ")).status == 303)
            let clash = try await fourth.save(Self.choices("self", "online", "Số 9 Láng Hạ"))
            #expect(clash.status == 409 && clash.body.contains("Cách nhận kết quả"))
            #expect(try await stored() == ["self", "counter"], "what does not clash is saved")
            func answer(_ choice: String, from page: Answer) async throws -> Answer {
                try await lan.submit(
                    path,
                    [
                        ("_read", page.hidden("_read") ?? ""), ("_clash", "choices.returnBy"),
                        ("choices.returnBy", "online"), ("_take.choices.returnBy", choice),
                    ]
                )
            }
            #expect(try await answer("there", from: clash).status == 303)
            #expect(try await stored() == ["self", "counter"])
            #expect(try await answer("here", from: clash).status == 303)
            #expect(try await stored() == ["self", "online"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a choice with a mistake is shown again as it was typed, and nothing of it is saved`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let path = "\(try await draft(lan))/lua-chon"
            let window = try await Window(lan, path)
            let refused = try await window.save(Self.choices("proxy", "post", ""))
            #expect(refused.status == 422 && refused.marked == ["deliveryAddress"])
            #expect(refused.hidden("_read") == window.read, "what was read is still what it was")
            let none = try await window.save([("agency", "nowhere"), ("returnBy", "online")])
            #expect(none.status == 422 && none.marked == ["agency"])
            #expect(try await Window(lan, path).read == window.read)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what is saved while somebody types is known to their own page, and to no other`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let path = "\(try await draft(lan))/khai/request"
            let (first, second) = (try await Window(lan, path), try await Window(lan, path))
            let typed = try await first.autosave([("request.purpose", "Xin")])
            let read = try #require(try typed.object["read"] as? String)
            #expect(typed.status == 200 && read != first.read)
            let more = [("_read", read), ("request.purpose", "Xin việc")]
            #expect(try await lan.submit(path, more).status == 303, "one's own earlier text is no clash")

            let refused = try await second.autosave([("request.purpose", "Du học")])
            #expect(refused.status == 409)
            #expect(try await lan.get(path).body.contains("Xin việc"))
            #expect(try await second.save([("request.purpose", "Xin việc")]).status == 303, "both say the same")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `rows that came or went in another window are asked about as one`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            _ = try await lan.post("\(draft)/khai/request", ["request.kind": "2"])
            let path = "\(draft)/khai/residence"
            _ = try await lan.post(
                path,
                [
                    "residence.0.start": "2010", "residence.0.place": "Huế", "residence.1.start": "2012",
                    "residence.1.place": "Vinh",
                ]
            )
            func rows(_ first: String, _ second: String) -> [(String, String)] {
                [
                    ("residence.0.start", "2010"), ("residence.0.place", first), ("residence.1.start", "2012"),
                    ("residence.1.place", second),
                ]
            }
            func windows() async throws -> (Window, Window) {
                (try await Window(lan, path), try await Window(lan, path))
            }
            var (first, second) = try await windows()
            _ = try await first.save(rows("Huế", "Đà Lạt"))
            #expect(try await second.save(rows("Hội An", "Vinh")).status == 303)
            var page = try await lan.get(path).body
            #expect(page.contains("value=\"Hội An\"") && page.contains("value=\"Đà Lạt\""), "rows keep their fields")

            (first, second) = try await windows()
            _ = try await first.save(rows("Hội An", "Đà Lạt") + [("_remove", "residence.0")])
            let clash = try await second.save(rows("Hội An", "Sa Pa"))
            #expect(clash.status == 409 && clash.body.contains("Sa Pa") && clash.body.contains("Đà Lạt"))
            let choice = [("_read", clash.hidden("_read") ?? ""), ("_clash", "residence"), ("_take.residence", "here")]
            #expect(try await lan.submit(path, choice + rows("Hội An", "Sa Pa")).status == 303)
            page = try await lan.get(path).body
            #expect(page.contains("value=\"Hội An\"") && page.contains("value=\"Sa Pa\"") && !page.contains("Đà Lạt"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a program whose version is old is told which fields differ`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan).replacing("/nhap/", with: "/api/v1/drafts/")
            let answer = try await lan.api(
                .put,
                "\(draft)/answers",
                #"{"applicant":{"fullName":"Nguyễn Thị Lan","phone":"0912000001","address":"Số 9"}}"#,
                [.ifMatch: "\"v99\""]
            )
            #expect(answer.status == 412 && answer.isProblem)
            #expect(try answer.wrong == ["applicant.address"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `whoever files after their session has ended is led back to the review, and nothing is filed`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            _ = try await lan.get("\(draft)/xem-lai")
            house.clock.advance(by: .hours(13))
            let pressed = try await lan.post("\(draft)/nop", from: "\(draft)/xem-lai")
            #expect(pressed.location.hasPrefix("/sign-in?next=/kept") && pressed.location.hasSuffix("&lost=press"))
            #expect(try await lan.get(pressed.location).body.contains("chưa nộp, gửi hay thay đổi gì"))
            let next = pressed.location.dropFirst("/sign-in?next=".count).prefix { $0 != "&" }
            let welcome = try await lan.post(
                "/sign-in",
                ["login": "0912000001", "password": House.password, "next": String(next).removingPercentEncoding ?? ""]
            )
            let review = try await lan.get(welcome.location)
            #expect(review.location.hasPrefix("\(draft)/xem-lai?kept="))
            let shown = try await lan.get(review.location)
            #expect(shown.status == 200 && shown.body.contains("chưa nộp, gửi hay thay đổi gì"))
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 0)
        }
    }
}
