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
