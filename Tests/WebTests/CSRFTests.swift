import HTTPTypes
import Testing

@testable import Web

struct CSRFTests {
    let house = House()

    @Test func `a form of our own page arrives`() async throws {
        let answer = try await house.post("/echo", "a=1&a=2&t%C3%AAn=Lan")
        #expect(answer.status == 200)
        #expect(answer.body == "a=1\na=2\ntên=Lan")
    }

    @Test func `a form with files arrives when its token comes first`() async throws {
        let body = Multipart.body([
            Multipart.field("csrf", House.browser.token), Multipart.file("photo", "ảnh.jpg", "image/jpeg", "JPEG"),
        ])
        let answer = try await house.send(.post, "/upload", Multipart.headers, Array(body.utf8))
        #expect(answer.status == 200)
        #expect(answer.body == "photo|ảnh.jpg|image/jpeg|4")
    }

    @Test(arguments: [nil, "", "0", "zz", String(repeating: "0", count: 64), House.browser.token + "0"])
    func `a forged or absent token is refused before the handler runs`(token: String?) async throws {
        let answer = try await house.post("/sign-out", "", token: token)
        #expect(answer.status == 403)
        #expect(answer.body.contains("Quay lại trang trước"))
        #expect(house.handled.count == 0)
    }

    @Test func `a token of another browser is refused`() async throws {
        let other = Browser(cookie: String(repeating: "cd", count: 16), key: House.key)
        #expect(try await house.post("/echo", "", token: other.token).status == 403)
    }

    @Test func `a token made with another key is refused`() async throws {
        let other = Browser(cookie: House.browser.cookie, key: .fresh())
        #expect(try await house.post("/echo", "", token: other.token).status == 403)
    }

    @Test func `a form without any cookie is refused`() async throws {
        let answer = try await house.post("/echo", "", [.cookie: ""])
        #expect(answer.status == 403)
        #expect(house.handled.count == 0)
    }

    @Test func `what was typed is shown when its cookies have gone, and only to a page of ours`() async throws {
        let gone: HTTPFields = [.cookie: "", .origin: "http://localhost"]
        let shown = try await house.post("/my/dossiers?once=7", "note=Xin+ch%C3%A0o&password=bi-mat", gone)
        #expect(shown.status == 403 && shown.headers[.setCookie]?.hasPrefix("browser=") == true)
        #expect(shown.body.contains("action=\"/my/dossiers?once=7\"") && shown.body.contains("value=\"Xin chào\""))
        #expect(shown.body.contains("chưa có gì được ghi nhận") && !shown.body.contains("bi-mat"))
        let body = Multipart.body([
            Multipart.field("csrf", House.browser.token), Multipart.field("note", "một"),
            Multipart.file("f", "a.pdf", "application/pdf", "x"),
        ])
        let files = try await house.send(.post, "/upload", Multipart.headers.merging(gone), Array(body.utf8))
        #expect(files.status == 403 && files.body.contains("value=\"một\"") && files.body.contains("<li>a.pdf</li>"))
        for foreign: HTTPFields in [[.cookie: ""], [.cookie: "", .origin: "https://evil.example"]] {
            let refused = try await house.post("/my/dossiers", "note=Xin+ch%C3%A0o", foreign)
            #expect(refused.status == 403 && !refused.body.contains("Xin chào"))
        }
        #expect(house.handled.count == 0)
    }

    @Test func `a browser can go back to a refused form, and to no other page of whoever has signed out`() async throws
    {
        let navigating: HTTPFields = [.cookie: "", .origin: "http://localhost", .secFetchMode: "navigate"]
        let refused = try await house.post("/my/dossiers", "note=x", navigating)
        #expect(refused.headers[.cacheControl] == "private, no-cache")
        let script: HTTPFields = [.cookie: "", .origin: "http://localhost", .secFetchMode: "cors"]
        #expect(try await house.post("/my/dossiers", "note=x", script).headers[.cacheControl] == "no-store")
        #expect(
            try await house.get("/my/papers", as: "lan", [.secFetchMode: "navigate"]).headers[.cacheControl]
                == "no-store"
        )
    }

    @Test func `files are not read before a token`() async throws {
        let file = Multipart.file("photo", "a.jpg", "image/jpeg", "JPEG")
        for parts in [
            [file], [file, Multipart.field("csrf", House.browser.token)], [Multipart.field("csrf", "wrong"), file],
            [Multipart.file("csrf", "token.txt", "text/plain", House.browser.token), file],
            [Multipart.field("csrf", String(repeating: "a", count: 5000)), file],
        ] {
            let body = Array(Multipart.body(parts).utf8)
            let answer = try await house.send(.post, "/upload", Multipart.headers, body)
            #expect([403, 413].contains(answer.status))
        }
        #expect(house.handled.count == 0)
    }

    @Test(
        arguments: [
            (.origin, "https://evil.example", 403),
            (.origin, "null", 403),
            (.origin, "http://localhost.evil.example", 403),
            (.origin, "http://localhost/x", 403),
            (.origin, "localhost", 403),
            (.secFetchSite, "cross-site", 403),
            (.secFetchSite, "same-site", 403),
            (.origin, "http://localhost", 200),
            (.origin, "https://dichvucong.example.vn", 200),
            (.secFetchSite, "same-origin", 200),
            (.secFetchSite, "none", 200),
        ] as [(HTTPField.Name, String, Int)]
    )
    func `the browser's own word counts`(header: HTTPField.Name, value: String, status: Int) async throws {
        var site = Site()
        site.origins = ["https://dichvucong.example.vn"]
        #expect(try await House(site: site).post("/echo", "", [header: value]).status == status)
    }

    @Test(arguments: ["text/plain", "application/json", "", "application/x-www-form-urlencoded2"])
    func `a body that no form sends is refused`(type: String) async throws {
        let body = Array("csrf=\(House.browser.token)".utf8)
        let answer = try await house.send(.post, "/sign-out", [.contentType: type], body)
        #expect(answer.status == 415)
        #expect(house.handled.count == 0)
    }

    @Test func `every browser gets its own cookie, once`() async throws {
        let first = try await house.get("/hello/lan", [.cookie: ""])
        let cookie = try #require(first.headers[.setCookie])
        #expect(cookie.hasPrefix("browser="))
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
        #expect(try await house.get("/hello/lan").headers[.setCookie] == nil)
        #expect(try await house.get("/hello/lan", [.cookie: "browser=short"]).headers[.setCookie] != nil)
    }

    @Test func `over TLS the cookie is bound to this very host`() async throws {
        var site = Site()
        site.secureCookies = true
        let cookie = try #require(try await House(site: site).get("/hello/lan").headers[.setCookie])
        #expect(cookie.hasPrefix("__Host-browser=") && cookie.contains("Secure"))
    }
}
