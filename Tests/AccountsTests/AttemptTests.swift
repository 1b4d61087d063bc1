import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct AttemptTests {
    static let wrong: FormData = ["login": "0912345678", "password": "không phải mật khẩu"]
    static let right: FormData = ["login": "0912345678", "password": lanPassword]

    @Test(arguments: TestDatabase.kinds)
    func `after five wrong passwords an account waits, and is told until when`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let browser = house.browser(from: "10.0.0.2")
            for _ in 0..<5 { #expect(try await browser.post("/sign-in", Self.wrong).status == 401) }
            house.clock.advance(by: .minutes(5))

            // Even the right password, even from elsewhere, even after a restart.
            let elsewhere = house.browser(from: "10.0.0.3")
            let refused = try await elsewhere.post("/sign-in", Self.right)
            #expect(refused.status == 429)
            #expect(refused.headers[.retryAfter] == "600")
            #expect(refused.body.contains("hãy thử lại từ 09:45"))
            #expect(refused.body.contains("value=\"0912345678\""))

            house.clock.advance(by: .minutes(10))
            #expect(try await elsewhere.post("/sign-in", Self.right).status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the right password makes earlier mistakes forgotten`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let browser = house.browser()
            for _ in 0..<3 {
                for _ in 0..<4 { #expect(try await browser.post("/sign-in", Self.wrong).status == 401) }
                #expect(try await browser.post("/sign-in", Self.right).status == 303)
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `unknown accounts wait like known ones`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = house.browser()
            var statuses: [Int] = []
            for _ in 0..<6 {
                statuses.append(
                    try await browser.post("/sign-in", ["login": "0987654321", "password": "gì cũng được"]).status
                )
            }
            #expect(statuses == [401, 401, 401, 401, 401, 429])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an address that tries many accounts waits, and others do not`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let browser = house.browser(from: "10.9.9.9")
            for number in 0..<50 {
                let form: FormData = ["login": "09000000\(padded(number, 2))", "password": "gì cũng được"]
                #expect(try await browser.post("/sign-in", form).status == 401)
            }
            #expect(try await browser.post("/sign-in", Self.right).status == 429)
            #expect(try await house.browser().post("/sign-in", Self.right).status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `guesses sent at the same time are counted one by one`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let outcomes = await withTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await house.accounts.signIn.citizen(
                                login: "0912345678",
                                Password("đoán mò")!,
                                remembered: false,
                                Visitor(address: "a", device: "")
                            )
                            return "in"
                        } catch {
                            return "\(type(of: error))"
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["SignInRefusal": 5, "TooManyAttempts": 15])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `one address opens no more than thirty accounts an hour`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            func signUp(_ number: Int) async throws -> Int {
                try await house.browser(from: "10.1.1.1").post(
                    "/sign-up",
                    [
                        "name": "Người Dân", "phone": "09100000\(padded(number, 2))",
                        "password": lanPassword, "again": lanPassword,
                    ]
                ).status
            }
            var statuses: Set<Int> = []
            for number in 0..<30 { statuses.insert(try await signUp(number)) }
            #expect(statuses == [303])
            let refused = try await signUp(30)
            house.clock.advance(by: .hours(1))
            let admitted = try await signUp(30)
            #expect([refused, admitted] == [429, 303])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a borrowed phone cannot guess the password either`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = try await house.lan()
            let guess: FormData = ["current": "đoán mò", "password": "một câu khác", "again": "một câu khác"]
            for _ in 0..<5 { #expect(try await browser.post("/tai-khoan/password", guess).status == 401) }
            #expect(try await browser.post("/tai-khoan/password", guess).status == 429)
            #expect(try await browser.get("/my/page").status == 200)
        }
    }

    @Test
    func `counters do not tell who was counted`() async throws {
        try await House.open(on: .sqlite) { house in
            _ = try await house.browser(from: "10.0.0.7").post("/sign-in", Self.wrong)
            for row in try await house.rows("SELECT key FROM attempt") {
                #expect(try !row.text(0).contains("0912345678"))
                #expect(try !row.text(0).contains("10.0.0.7"))
            }
        }
    }
}
