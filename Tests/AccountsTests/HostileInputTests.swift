import Foundation
import Hummingbird
import Kernel
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct HostileInputTests {
    static let values = [
        "%00", "a%00b", "%FF%FE", "%", "%zz", "%C3%28", "e%CC%81e%CC%82%CC%81", String(repeating: "a", count: 70_000),
        String(repeating: "%F0%9F%90%88", count: 5000), "'%20OR%201=1--", "%3Cscript%3E", "%E2%80%AE",
        "%0D%0ASet-Cookie:x=y",
        "../../etc/passwd", "$1", "{{7*7}}", "%F4%8F%BF%BF",
    ]

    @Test(arguments: TestDatabase.kinds, values)
    func `no value of any field is answered with a fault of ours`(kind: TestDatabase, value: String) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let lan = try await house.lan()
            let forms: [(Browser, String, [String])] = [
                (lan, "/tai-khoan/contact", ["name", "phone", "email", "proof"]),
                (lan, "/tai-khoan/password", ["current", "password", "again"]),
                (admin, "/work/staff/new", ["name", "userName", "roles", "existing"]),
                (admin, "/work/account/agency", ["agency"]),
                (house.browser(), "/sign-in", ["login", "password", "next", "remember"]),
                (house.browser(), "/sign-up", ["name", "phone", "email", "password", "again", "next"]),
                (house.browser(), "/work/sign-in", ["login", "password", "next"]),
                (house.browser(), "/work/new-password", ["login", "current", "password", "again"]),
            ]
            for (browser, path, fields) in forms {
                let status = try await browser.post(path, escaped: fields.map { ($0, value) }).status
                #expect(status < 500, "\(path)")
            }
            for path in ["/sign-in?next=", "/sign-up?next=", "/work/sign-in?next=", "/work/staff/", "/tai-khoan?done="]
            {
                #expect(try await admin.get(path + value.prefix(2000)).status < 500, "\(path)")
            }
            let stranger = house.browser()
            stranger.use(session: String(value.prefix(1000).filter { $0.isASCII && $0 != ";" }))
            #expect(try await stranger.get("/my/page").status < 500)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the same letters typed on another keyboard are the same login and password`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let browser = house.browser()
            let password = lanPassword.decomposedStringWithCanonicalMapping
            #expect(password.utf8.count != lanPassword.utf8.count)
            let answer = try await browser.post(
                "/sign-in",
                escaped: [("login", "+84%20912-345-678"), ("password", queryEscaped(password))]
            )
            #expect(answer.status == 303)
        }
    }
}
