import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct KeptFormTests {
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
    func `a form nobody comes back for is gone after a day`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let forms = house.accounts.keptForms
            let token = try await forms.keep(path: "/a", form: ["note": "x"])
            house.clock.advance(by: .hours(24))
            #expect(try await forms.kept(token) == nil)
            _ = try await forms.keep(path: "/a", form: ["note": "y"])
            #expect(try await house.rows("SELECT digest FROM kept_form").count == 1)
        }
    }

    @Test
    func `passwords are not kept, and what is kept cannot be read in the database`() async throws {
        try await House.open(on: .sqlite) { house in
            let forms = house.accounts.keptForms
            let token = try await forms.keep(
                path: "/tai-khoan/password",
                form: ["current": "bí mật", "password": "bí mật", "again": "bí mật", "note": "Nguyễn Thị Lan"]
            )
            let kept = try #require(try await forms.kept(token))
            #expect(kept.path == "/tai-khoan/password")
            #expect(kept.form == ["note": "Nguyễn Thị Lan"])
            let row = try await house.rows("SELECT digest, body FROM kept_form")[0]
            #expect(try !row.text(1).contains("Lan"))
            #expect(try row.text(0) != token)
            for wrong in ["", "x", String(repeating: "A", count: 43), token + "=", "\(token.dropLast())_"] {
                #expect(try await forms.kept(wrong) == nil)
            }
        }
    }
}
