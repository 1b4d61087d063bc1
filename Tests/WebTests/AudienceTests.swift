import HTTPTypes
import Hummingbird
import Testing

@testable import Web

struct AudienceTests {
    let house = House()

    @Test(
        arguments: [
            ("/my/dossiers", nil, 303), ("/my/dossiers", "nobody", 303), ("/my/dossiers", "hoa", 403),
            ("/my/dossiers", "lan", 200), ("/work/inbox", nil, 303), ("/work/inbox", "lan", 403),
            ("/work/inbox", "hoa", 200), ("/work/settings", "hoa", 403), ("/hello/x", nil, 200),
            ("/my/dossiers", String(repeating: "x", count: 300), 303), ("/my/dossiers", "broken", 500),
        ] as [(String, String?, Int)]
    )
    func `a page opens to its audience`(path: String, session: String?, status: Int) async throws {
        #expect(try await house.get(path, as: session).status == status)
    }

    @Test func `a visitor is led to sign in and back`() async throws {
        let citizen = try await house.get("/my/dossiers?state=5&q=a%20b")
        #expect(citizen.headers[.location] == "/sign-in?next=/my/dossiers%3Fstate%3D5%26q%3Da%2520b")
        let officer = try await house.get("/work/inbox")
        #expect(officer.headers[.location] == "/work/sign-in?next=/work/inbox")
    }

    @Test func `what was typed when the session ended is offered again`() async throws {
        let answer = try await house.post("/my/dossiers", "note=Xin+ch%C3%A0o&empty=", as: "ended")
        let location = try #require(answer.headers[.location])
        let next = try #require(try FormData(urlEncoded: location.dropFirst("/sign-in?".count).utf8)["next"])
        #expect(next.hasPrefix("/kept?form=kept0&seal="))

        let page = try await house.get(next, as: "lan")
        #expect(page.status == 200)
        #expect(page.body.contains("<form method=\"post\" action=\"/my/dossiers\""))
        #expect(page.body.contains("name=\"note\" value=\"Xin chào\""))
        #expect(!page.body.contains(House.browser.token + "\" name=\"csrf\" value=\"old"))
        #expect(try await house.post("/my/dossiers", "note=Xin+ch%C3%A0o", as: "lan").body == "Xin chào")
    }

    private static let withFile = Multipart.body([
        Multipart.field("csrf", House.browser.token), Multipart.field("note", "một"),
        Multipart.file("f", "a.pdf", "application/pdf", "x"), Multipart.file("f", "", "application/pdf", ""),
    ])

    private func next(_ answer: House.Answer) throws -> String {
        let location = try #require(answer.headers[.location])
        return try #require(try FormData(urlEncoded: location.dropFirst("/sign-in?".count).utf8)["next"])
    }

    @Test func `whoever sent a form with files is back on its page, with what was typed, and told which file is not`()
        async throws
    {
        let headers = Multipart.headers.merging([.referer: "http://localhost/my/papers?check=1"])
        let answer = try await house.send(.post, "/my/dossiers", as: "ended", headers, Array(Self.withFile.utf8))
        #expect(answer.headers[.location]?.hasSuffix("&lost=files") == true)
        let led = try await house.get(try next(answer), as: "lan")
        let page = try #require(led.headers[.location])
        #expect(page.hasPrefix("/my/papers?check=1&kept=kept0&seal="))
        let shown = try await house.get(page, as: "lan")
        #expect(shown.body.contains("name=\"note\" type=\"text\" class=\"long\" value=\"một\""))
        #expect(shown.body.contains("<li>a.pdf</li>") && shown.body.contains("chưa được nhận"))
        #expect(try await !house.get("/my/papers", as: "lan").body.contains("một"))
        #expect(try await !house.get(page.replacing("seal=", with: "seal=0"), as: "lan").body.contains("một"))
    }

    @Test func `a form with files whose page is not known is sent again from where it is shown`() async throws {
        let answer = try await house.send(
            .post,
            "/my/dossiers",
            as: "ended",
            Multipart.headers,
            Array(Self.withFile.utf8)
        )
        let shown = try await house.get(try next(answer), as: "lan").body
        #expect(shown.contains("enctype=\"multipart/form-data\"") && shown.contains("name=\"f\" type=\"file\""))
        #expect(shown.contains("name=\"note\" value=\"một\"") && shown.contains("<li>a.pdf</li>"))
    }

    @Test(arguments: [nil, "nobody"])
    func `what strangers send is not kept, and stands on the page that answers`(session: String?) async throws {
        let answer = try await house.post("/my/dossiers", "note=x&password=bi-mat", as: session)
        #expect(answer.status == 401 && answer.headers[.location] == nil)
        #expect(answer.body.contains("name=\"note\" value=\"x\"") && answer.body.contains("action=\"/my/dossiers\""))
        #expect(answer.body.contains("href=\"/sign-in\" target=\"_blank\"") && !answer.body.contains("bi-mat"))
        let files = Array(Self.withFile.utf8)
        let sent = try await house.send(.post, "/my/dossiers", as: session, Multipart.headers, files)
        #expect(sent.status == 401 && sent.body.contains("value=\"một\"") && sent.body.contains("<li>a.pdf</li>"))
        #expect(house.rescue.count == 0)
    }

    @Test func `whoever pressed a button alone is led back to where it was and told that it did nothing`() async throws
    {
        #expect(try await house.post("/my/dossiers", "").headers[.location] == "/sign-in?lost=press")
        let from: HTTPFields = [.referer: "http://localhost/my/papers"]
        let stranger = try await house.post("/my/dossiers", "", from)
        #expect(stranger.headers[.location] == "/sign-in?next=/my/papers&lost=press")
        let ended = try await house.post("/my/dossiers", "", as: "ended", from)
        #expect(ended.headers[.location]?.hasSuffix("&lost=press") == true)
        let page = try #require(try await house.get(try next(ended), as: "lan").headers[.location])
        #expect(page.hasPrefix("/my/papers?kept="))
        #expect(try await house.get(page, as: "lan").body.contains("chưa nộp, gửi hay thay đổi gì"))
        // A page that itself only leads on is none to be led back to.
        let signIn: HTTPFields = [.referer: "http://localhost/sign-in?next=/x"]
        #expect(try await house.post("/my/dossiers", "", signIn).headers[.location] == "/sign-in?lost=press")
    }

    @Test func `a form is the account's for which its page was made`() async throws {
        let token = House.browser.token(of: "o1")
        let note = "note=ghi+ch%C3%BA+ri%C3%AAng"
        let taken = try await house.post("/my/dossiers", note, as: "lan", token: token)
        #expect(taken.status == 403 && taken.body.contains("một tài khoản khác") && !taken.body.contains("riêng"))
        #expect(house.handled.count == 0)
        // Nor is it kept for the account whose session has ended here.
        let ended = try await house.post("/my/dossiers", note, as: "ended", token: token)
        #expect(ended.status == 401 && house.rescue.count == 0)
        #expect(
            try await house.post("/my/dossiers", note, as: "lan", token: House.browser.token(of: "c1")).status == 200
        )
        let page = try await house.get("/my/papers", as: "lan").body
        #expect(page.contains("name=\"csrf\" value=\"\(House.browser.token(of: "c1"))\""))
    }

    @Test func `a form longer than anybody types is not kept`() async throws {
        let text = String(repeating: "x", count: Request.mostTyped)
        let answer = try await house.post("/my/dossiers", "note=\(text)", as: "ended")
        #expect(answer.headers[.location] == "/sign-in?lost=1")
        let parts = [Multipart.field("csrf", House.browser.token), Multipart.field("note", text)]
        let sent = try await house.send(
            .post,
            "/my/dossiers",
            as: "ended",
            Multipart.headers,
            Array(Multipart.body(parts).utf8)
        )
        #expect(sent.headers[.location] == "/sign-in?lost=1")
        #expect(house.rescue.count == 0)
    }

    @Test func `a kept form is shown to the browser that sent it only`() async throws {
        let answer = try await house.post("/my/dossiers", "note=secret", as: "ended")
        let location = try #require(answer.headers[.location])
        let next = try #require(try FormData(urlEncoded: location.dropFirst("/sign-in?".count).utf8)["next"])
        let other = String(repeating: "cd", count: 16)
        #expect(try await house.get(next, [.cookie: ""]).status == 404)
        #expect(try await house.get(next, [.cookie: "browser=\(other)"]).status == 404)
        #expect(try await house.get(next, as: "lan").status == 200)
        let somebodyElse = try await house.get(next, as: "hoa")
        #expect(somebodyElse.status == 404 && !somebodyElse.body.contains("secret"))
        #expect(try await house.get(next).headers[.location]?.hasPrefix("/sign-in?next=/kept") == true)
        #expect(try await house.get("/kept?form=kept0&seal=00").status == 404)
    }

    @Test func `a forged form is not kept`() async throws {
        #expect(try await house.post("/my/dossiers", "note=x", token: "0").status == 403)
        #expect(house.rescue.count == 0)
    }

    @Test func `a program without a token is told in its own language`() async throws {
        let answer = try await house.get("/api/v1/things", [.cookie: "session=lan"])
        #expect(answer.status == 401)
        #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
        #expect(answer.headers[.wwwAuthenticate] == "Bearer")
        #expect(try await house.get("/api/v1/things", [.authorization: "Bearer lan"]).status == 200)
        #expect(try await house.get("/api/v1/things", [.authorization: "Bearer hoa"]).status == 403)
        #expect(try await house.get("/api/v1/things", [.authorization: "Basic lan"]).status == 401)
    }

    @Test func `a bearer token opens no page`() async throws {
        #expect(try await house.get("/my/dossiers", [.authorization: "Bearer lan"]).status == 303)
    }

    @Test(
        arguments: [
            ("/my", "/my"), ("/my?a=b#c", "/my?a=b#c"), ("", "/"), ("my", "/"), ("//evil.example", "/"),
            ("/\\evil.example", "/"), ("https://evil.example", "/"), ("javascript:alert(1)", "/"),
            ("/\t/evil.example", "/"), ("/ /evil", "/"), ("\\\\evil", "/"), ("/\u{7F}", "/"), ("/ệ", "/"),
            ("/" + String(repeating: "a", count: 2000), "/"), ("/a//b", "/a//b"), ("/%2F%2Fevil", "/%2F%2Fevil"),
        ]
    )
    func `next leads nowhere but here`(next: String, path: String) {
        #expect(LocalPath.next(in: FormData(["next": next]), otherwise: "/") == path)
    }

    @Test func `the frame shows who is signed in and what they may open`() async throws {
        var site = Site()
        site.publicLinks = [.init(Words("Thủ tục", "Procedures"), "/procedures")]
        site.officeLinks = [
            .init(Words("Hộp việc", "Inbox"), "/work/inbox", key: "i"),
            .init(Words("Cài đặt", "Settings"), "/work/settings", roles: [.admin]),
        ]
        let house = House(site: site)
        let page = try await house.get("/work/inbox", as: "hoa").body
        #expect(page.contains("Trần Hoa") && page.contains("UBND phường Hàng Bài"))
        #expect(page.contains("aria-current=\"page\"") && page.contains("data-key=\"I\""))
        #expect(!page.contains("/work/settings") && !page.contains("/procedures"))
        let open = try await house.get("/hello/lan").body
        #expect(open.contains("/procedures") && open.contains("href=\"/sign-in\"") && !open.contains("/work/inbox"))
    }
}
