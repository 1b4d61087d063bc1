import HTTPTypes
import Persistence
import Testing

@testable import Web

struct OutageTests {
    @Test func `while the disk is nearly full pages are read and nothing is changed`() async throws {
        let house = House(isFull: { true })
        #expect(try await house.get("/hello/x").status == 200)
        #expect(try await house.get("/my/dossiers", as: "lan").status == 200)
        let refused = try await house.post("/my/dossiers?once=7", "note=Xin+ch%C3%A0o", as: "lan")
        #expect(refused.status == 503)
        #expect(refused.headers[.retryAfter] == "60")
        #expect(refused.body.contains("chưa được ghi nhận"))
        #expect(refused.body.contains("action=\"/my/dossiers?once=7\""))
        #expect(refused.body.contains("name=\"note\" value=\"Xin chào\""))
        #expect(house.handled.count == 0)
        // Whoever is told so can leave.
        #expect(try await house.post("/sign-out", "", as: "lan").body == "out")
    }

    @Test func `a program is told in its own language`() async throws {
        let house = House(isFull: { true })
        let refused = try await house.send(
            .post,
            "/api/v1/things",
            [.authorization: "Bearer lan", .contentType: "application/json"],
            Array("{}".utf8)
        )
        #expect(refused.status == 503)
        #expect(refused.headers[.contentType] == "application/problem+json; charset=utf-8")
        #expect(refused.headers[.retryAfter] != nil)
    }

    @Test func `files are refused before they are read`() async throws {
        let house = House(isFull: { true })
        let body = Multipart.body([
            Multipart.field("csrf", House.browser.token), Multipart.field("note", "một"),
            Multipart.file("f", "a.pdf", "application/pdf", String(repeating: "x", count: 100_000)),
        ])
        let headers = Multipart.headers.merging([.contentLength: "\(body.utf8.count)"])
        let refused = try await house.send(.post, "/upload", as: "lan", headers, Array(body.utf8))
        #expect(refused.status == 503 && house.handled.count == 0)
    }

    @Test func `what fails because of a full disk is not a fault, and what was typed is shown`() async throws {
        let house = House()
        let refused = try await house.post("/full", "note=abc", as: "lan")
        #expect(refused.status == 503)
        #expect(refused.body.contains("name=\"note\" value=\"abc\""))
        #expect(!refused.body.contains("lỗi"))
        #expect(try await house.get("/busy").status == 503)
    }

    @Test func `passwords are not shown again`() async throws {
        let refused = try await House().post("/full", "login=a&password=bi-mat", as: "lan")
        #expect(refused.status == 503 && !refused.body.contains("bi-mat"))
    }

    @Test func `when nobody can be looked up pages say so and forms are not lost`() async throws {
        let house = House()
        let page = try await house.get("/my/dossiers", as: "unreachable")
        #expect(page.status == 503 && page.headers[.retryAfter] == "5")
        let sent = try await house.post("/my/dossiers", "note=abc", as: "unreachable")
        #expect(sent.status == 503)
        #expect(sent.body.contains("name=\"note\" value=\"abc\""))
        #expect(house.handled.count == 0)
        let program = try await house.get("/api/v1/things", [.authorization: "Bearer unreachable"])
        #expect(program.status == 503)
        #expect(program.headers[.contentType] == "application/problem+json; charset=utf-8")
        // A forged form is refused as ever.
        #expect(try await house.post("/my/dossiers", "note=abc", as: "unreachable", token: "0").status == 403)
    }

    @Test func `a file that was removed before it was named is to be sent again`() {
        let digest = BlobDigest(rawValue: String(repeating: "a", count: 64))!
        #expect(Problem(BlobIsGone(digest: digest)).status == .conflict)
    }
}

extension HTTPFields {
    func merging(_ more: HTTPFields) -> HTTPFields {
        var fields = self
        for field in more { fields[field.name] = field.value }
        return fields
    }
}
