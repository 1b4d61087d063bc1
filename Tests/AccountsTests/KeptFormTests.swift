import Foundation
import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct KeptFormTests {
    private static let lan = FormHolder(person: "lan")

    @Test(arguments: TestDatabase.kinds)
    func `what was typed when the session ended is offered again after signing in`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = try await house.lan()
            house.clock.advance(by: .hours(13))
            let note = "Khai sinh cho cháu Bình — \"gấp\" <b>"
            let sent = try await browser.post("/my/page", ["note": note])
            #expect(sent.status == 303)
            let signIn = try #require(sent.location)
            #expect(signIn.hasPrefix("/sign-in?next=/kept%3F"))
            let page = try await browser.get(signIn).body
            #expect(page.contains("Nội dung bạn vừa nhập vẫn được giữ"))
            let next = String(try #require(page.firstMatch(of: /name="next" value="([^"]+)"/)).1)
                .replacing("&amp;", with: "&")

            let entered = try await browser.post(
                "/sign-in",
                ["login": "0912345678", "password": lanPassword, "next": next]
            )
            #expect(entered.location == next)
            for _ in 0..<2 {
                let offered = try await browser.get(next)
                #expect(offered.status == 200)
                #expect(offered.body.contains("Khai sinh cho cháu Bình — &quot;gấp&quot; &lt;b&gt;"))
                #expect(offered.body.contains("action=\"/my/page\""))
            }
            #expect(try await house.browser().get(next).status == 404)
            #expect(try await browser.post("/my/page", ["note": note]).body == "received \(note)")
            house.clock.advance(by: .minutes(15))
            #expect(try await browser.get(next).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what one account has typed is offered to no other that signs in on the same browser`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.office("hoa", [.reception])
            let browser = try await house.lan()
            let lans = try await browser.get("/tai-khoan").body
            house.clock.advance(by: .hours(13))
            let sent = try await browser.post("/my/page", ["note": "Nguyễn Thị Lan 0912345678"])
            let next = String(try #require(sent.location?.split(separator: "next=").last)).removingPercentEncoding ?? ""

            let minh: FormData = [
                "name": "Trần Văn Minh", "phone": "0987654321", "password": lanPassword, "again": lanPassword,
                "next": next,
            ]
            #expect(try await browser.post("/sign-up", minh).location == next)
            let refused = try await browser.get(next)
            #expect(refused.status == 404 && !refused.body.contains("Lan"))
            let officer = ["login": "hoa", "password": officerPassword, "next": next] as FormData
            #expect(try await browser.post("/work/sign-in", officer).location == next)
            #expect(try await !browser.get(next).body.contains("Lan"))

            // A page of Lan's that is still open in another window does not write into the account of who has come.
            let token = try #require(lans.firstMatch(of: /name="csrf" value="([0-9a-f]{80})"/).map { String($0.1) })
            _ = try await browser.post("/sign-in", ["login": "0987654321", "password": lanPassword])
            let mixed = try await browser.post("/my/page", raw: "csrf=\(token)&note=rieng+cua+Lan")
            #expect(mixed.status == 403 && !mixed.body.contains("rieng"))

            _ = try await browser.post("/sign-in", ["login": "0912345678", "password": lanPassword])
            #expect(try await browser.get(next).body.contains("Nguyễn Thị Lan 0912345678"))
            #expect(try await browser.post("/my/page", raw: "csrf=\(token)&note=a").status == 200)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `signing out takes the pages of the account out of the browser`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = try await house.lan()
            #expect(try await browser.post("/sign-out", [:]).headers[.clearSiteData] == "\"cache\"")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a form nobody comes back for is gone after a day`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let forms = house.accounts.keptForms
            let token = try #require(try await forms.keep(KeptForm(path: "/a", form: ["note": "x"]), of: Self.lan))
            house.clock.advance(by: .hours(24))
            #expect(try await forms.kept(token, of: Self.lan) == nil)
            _ = try await forms.keep(KeptForm(path: "/a", form: ["note": "y"]), of: Self.lan)
            #expect(try await house.rows("SELECT digest FROM kept_form").count == 1)
        }
    }

    @Test
    func `passwords are not kept, and what is kept cannot be read in the database`() async throws {
        try await House.open(on: .sqlite) { house in
            let forms = house.accounts.keptForms
            let kept = try await forms.keep(
                KeptForm(
                    path: "/tai-khoan/password",
                    form: ["current": "bí mật", "password": "bí mật", "again": "bí mật", "note": "Nguyễn Thị Lan"],
                    files: [.init(field: "f", name: "a.pdf")],
                    hasFiles: true,
                    page: "/tai-khoan"
                ),
                of: Self.lan
            )
            let token = try #require(kept)
            let offered = try #require(try await forms.kept(token, of: Self.lan))
            #expect(offered.path == "/tai-khoan/password")
            #expect(offered.form == ["note": "Nguyễn Thị Lan"])
            #expect(offered.files.map(\.name) == ["a.pdf"] && offered.hasFiles && offered.page == "/tai-khoan")
            #expect(offered.at == house.clock.now)
            let row = try await house.rows("SELECT digest, body FROM kept_form")[0]
            #expect(try !row.text(1).contains("Lan"))
            #expect(try row.text(0) != token)
            for wrong in ["", "x", String(repeating: "A", count: 43), token + "=", "\(token.dropLast())_"] {
                #expect(try await forms.kept(wrong, of: Self.lan) == nil)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a person has five forms kept, and the oldest goes first`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let forms = house.accounts.keptForms
            var tokens: [String] = []
            for number in 1...7 {
                tokens.append(
                    try #require(try await forms.keep(KeptForm(path: "/a", form: ["note": "\(number)"]), of: Self.lan))
                )
                house.clock.advance(by: .minutes(1))
            }
            _ = try await forms.keep(KeptForm(path: "/a", form: ["note": "x"]), of: FormHolder(person: "minh"))
            var kept: [Bool] = []
            for token in tokens { kept.append(try await forms.kept(token, of: Self.lan) != nil) }
            #expect(kept == [false, false, true, true, true, true, true])
        }
    }

    @Test func `nobody has forms kept without end`() async throws {
        try await House.open(on: .sqlite) { house in
            let forms = house.accounts.keptForms
            func isKept() async throws -> Bool {
                try await forms.keep(KeptForm(path: "/a", form: ["note": "x"]), of: Self.lan) != nil
            }
            var kept: [Bool] = []
            for _ in 0..<11 { kept.append(try await isKept()) }
            #expect(kept == Array(repeating: true, count: 10) + [false])
            house.clock.advance(by: .minutes(5))
            #expect(try await isKept())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `forms are kept for a day after the session, however it ended, and for nobody else`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let forms = house.accounts.keptForms
            let (expired, closed) = (try await house.lan(), house.browser())
            _ = try await closed.post("/sign-in", ["login": "0912345678", "password": lanPassword])
            let token = closed.cookies["session"] ?? ""
            _ = try await closed.post("/sign-out", [:])
            #expect(try await forms.holder(ofEnded: token) != nil)
            // In another window the form is still open.
            let sent = try await closed.post("/my/page", ["note": "x"])
            #expect(sent.location?.hasPrefix("/sign-in?next=/kept") == true)

            house.clock.advance(by: .hours(24))
            try await house.accounts.sweep()
            #expect(try await forms.holder(ofEnded: token) == nil)
            #expect(try await forms.holder(ofEnded: expired.cookies["session"] ?? "") != nil)
            house.clock.advance(by: .hours(12))
            #expect(try await forms.holder(ofEnded: expired.cookies["session"] ?? "") == nil)
            for stranger in ["", "x", String(repeating: "A", count: 43)] {
                #expect(try await forms.holder(ofEnded: stranger) == nil)
            }
            let lost = try await house.browser().post("/my/page", ["note": "x"])
            #expect(lost.status == 401 && lost.body.contains("name=\"note\" value=\"x\""))
            #expect(try await house.browser().get("/sign-in?lost=1").body.contains("không được giữ lại"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a session that ended does not begin again`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let browser = house.browser()
            _ = try await browser.post(
                "/sign-in",
                ["login": "0912345678", "password": lanPassword, "remember": "yes"]
            )
            let token = browser.cookies["session"] ?? ""
            house.clock.advance(by: .minutes(10))
            _ = try await browser.post("/sign-out", [:])
            for _ in 0..<3 {
                #expect(try await house.accounts.sessions.identity(session: token) == nil)
                house.clock.advance(by: .minutes(10))
            }
        }
    }
}
