import Foundation
import Hummingbird
import Kernel
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct AccountAPITests {
    static let lan = """
        {"name": "Nguyễn Thị Lan", "phone": "0912345678", "password": "\(lanPassword)"}
        """
    static func credentials(_ login: String, _ password: String, _ kind: String = "citizen") -> String {
        "{\"login\": \"\(login)\", \"password\": \"\(password)\", \"kind\": \"\(kind)\"}"
    }

    @Test(arguments: TestDatabase.kinds)
    func `a program signs a citizen up, in and out`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let program = house.browser()
            let signedUp = try await program.api(.post, "/api/v1/accounts", Self.lan)
            #expect(signedUp.status == 201)
            #expect(signedUp.headers[.cacheControl] == "no-store")
            #expect(try await program.api(.post, "/api/v1/accounts", Self.lan).status == 409)

            let session = try await program.api(.post, "/api/v1/sessions", Self.credentials("0912345678", lanPassword))
            #expect(session.status == 201)
            #expect(try session.field("expiresAt") == "2026-11-23T14:30:00Z")
            let token = try #require(try session.field("token"))
            let me = try await program.api(.get, "/api/v1/me", bearer: token)
            #expect(me.status == 200)
            #expect(try me.field("kind") == "citizen")
            #expect(try me.field("name") == "Nguyễn Thị Lan")

            #expect(try await program.api(.delete, "/api/v1/sessions/current", bearer: token).status == 204)
            #expect(try await program.api(.get, "/api/v1/me", bearer: token).status == 401)
            #expect(try await program.api(.delete, "/api/v1/sessions/current", bearer: token).status == 401)
            #expect(program.setCookies.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an officer's program learns agency and roles`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.officer("hoa.tran", [.leader, .reception])
            let body = Self.credentials("hoa.tran", officerPassword, "staff")
            let session = try await house.browser().api(.post, "/api/v1/sessions", body)
            let token = try #require(try session.field("token"))
            let me = try await house.browser().api(.get, "/api/v1/me", bearer: token)
            let id = try #require(try me.field("id"))
            #expect(
                me.body == """
                    {"agency":{"id":"ha-noi","name":"Sở Tư pháp Hà Nội"},"id":"\(id)","kind":"staff",\
                    "name":"Trần Thị Hoa","roles":["reception","leader"]}
                    """
            )
        }
    }

    @Test
    func `a cookie opens no API and a bearer token no page`() async throws {
        try await House.open(on: .sqlite) { house in
            let browser = try await house.lan()
            let token = try #require(browser.cookies["session"])
            #expect(try await browser.api(.get, "/api/v1/me").status == 401)
            #expect(try await browser.api(.delete, "/api/v1/sessions/current").status == 401)
            #expect(try await browser.get("/my/page").status == 200)
            let page = try await house.browser().get("/my/page", [.authorization: "Bearer \(token)"])
            #expect(page.status == 303)
        }
    }

    @Test(
        arguments: [
            ("/api/v1/sessions", credentials("0912345678", "sai rồi"), 401),
            ("/api/v1/sessions", credentials("0912345678", ""), 422),
            ("/api/v1/sessions", credentials("", lanPassword), 422),
            ("/api/v1/sessions", credentials("0912345678", lanPassword, "king"), 400),
            ("/api/v1/sessions", "{}", 400), ("/api/v1/sessions", "[", 400), ("/api/v1/sessions", "", 400),
            ("/api/v1/sessions", "null", 400), ("/api/v1/sessions", "{\"login\": 5}", 400),
            ("/api/v1/sessions", "{\"login\":\"a\\u0000\",\"password\":\"b\",\"kind\":\"citizen\"}", 400),
            ("/api/v1/accounts", "{\"name\": \"Lan An\", \"password\": \"\(lanPassword)\"}", 422),
            ("/api/v1/accounts", "{\"name\": \"\", \"phone\": \"1\", \"password\": \"1\"}", 422),
        ]
    )
    func `what a program sends wrongly is told as a problem`(path: String, body: String, status: Int) async throws {
        try await House.open(on: .sqlite) { house in
            let answer = try await house.browser().api(.post, path, body)
            #expect(answer.status == status)
            #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            #expect(!answer.body.contains(lanPassword))
        }
    }

    @Test
    func `programs wait like people`() async throws {
        try await House.open(on: .sqlite) { house in
            let program = house.browser()
            var last: Answer?
            for _ in 0..<6 {
                last = try await program.api(.post, "/api/v1/sessions", Self.credentials("0912345678", "sai rồi"))
            }
            #expect(last?.status == 429)
            #expect(last?.headers[.retryAfter] == "900")
        }
    }

    @Test
    func `a one-time password opens no session for programs either`() async throws {
        try await House.open(on: .sqlite) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let page = try await admin.post(
                "/work/staff/new",
                ["name": "Lê Văn Minh", "userName": "minh.le", "roles": "clerk"]
            )
            let oneTime = String(try #require(page.body.firstMatch(of: /<code>([0-9a-z-]{14})<\/code>/)).1)
            let body = Self.credentials("minh.le", oneTime, "staff")
            let answer = try await house.browser().api(.post, "/api/v1/sessions", body)
            #expect(answer.status == 403)
            #expect(try answer.field("type") == "/problems/new-password-needed")
        }
    }
}
