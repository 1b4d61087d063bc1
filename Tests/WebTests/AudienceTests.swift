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

    @Test func `a form with files keeps its fields`() async throws {
        let body = Multipart.body([
            Multipart.field("csrf", House.browser.token), Multipart.field("note", "một"),
            Multipart.file("f", "a.pdf", "application/pdf", "x"),
        ])
        let answer = try await house.send(.post, "/my/dossiers", as: "ended", Multipart.headers, Array(body.utf8))
        #expect(answer.headers[.location]?.hasPrefix("/sign-in?next=/kept") == true)
        #expect(try await house.rescue.kept("kept0")?.form == FormData(["note": "một"]))
    }

    @Test(arguments: [nil, "nobody"])
    func `what strangers send is not kept, and they are told so`(session: String?) async throws {
        let answer = try await house.post("/my/dossiers", "note=x", as: session)
        #expect(answer.headers[.location] == "/sign-in?lost=1")
        let body = Multipart.body([Multipart.field("csrf", House.browser.token), Multipart.field("note", "một")])
        let sent = try await house.send(.post, "/work/many", as: session, Multipart.headers, Array(body.utf8))
        #expect(sent.status == 404 || sent.headers[.location]?.hasSuffix("lost=1") == true)
        #expect(house.rescue.count == 0)
    }

    @Test func `a button alone loses nothing`() async throws {
        #expect(try await house.post("/my/dossiers", "").headers[.location] == "/sign-in")
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
        #expect(try await house.get(next).status == 200)
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
