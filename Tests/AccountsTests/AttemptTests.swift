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
    func `after five wrong passwords their address waits, is told until when, and nobody else does`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let owner = try await house.lan()
            let browser = house.browser(from: "10.0.0.2")
            for _ in 0..<5 { #expect(try await browser.post("/sign-in", Self.wrong).status == 401) }
            house.clock.advance(by: .minutes(5))

            // Even the right password, even after a restart.
            let refused = try await browser.post("/sign-in", Self.right)
            #expect(refused.status == 429)
            #expect(refused.headers[.retryAfter] == "600")
            #expect(refused.body.contains("hãy thử lại từ 09:45"))
            #expect(refused.body.contains("value=\"0912345678\""))

            #expect(try await owner.post("/sign-in", Self.right).status == 303)
            #expect(try await house.browser(from: "10.0.0.3").post("/sign-in", Self.right).status == 303)
            house.clock.advance(by: .minutes(10))
            #expect(try await browser.post("/sign-in", Self.right).status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a search from many addresses is slowed, and the owner's own browser notices nothing`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let owner = try await house.lan()
            owner.forgetSession()
            for number in 0..<20 {
                let guesser = house.browser(from: "10.7.0.\(number)")
                #expect(try await guesser.post("/sign-in", Self.wrong).status == 401)
            }
            // From now on one every ten seconds is judged, however many come.
            let start = house.clock.now
            var judged = 0
            for number in 0..<200 {
                let guesser = house.browser(from: "10.8.0.\(number)")
                let answer = try await guesser.post("/sign-in", Self.wrong)
                if answer.status == 401 { judged += 1 } else { #expect(answer.status == 429) }
                house.clock.advance(by: Span(milliseconds: 500))
            }
            let seconds = (house.clock.now - start).milliseconds / 1000
            #expect((seconds / 10 - 1...seconds / 10 + 1).contains(judged), "\(judged) in \(seconds) s")

            // In the address of the search itself, because a hall has one for everybody.
            let before = house.clock.now
            #expect(try await owner.post("/sign-in", Self.right).status == 303)
            #expect(house.clock.now == before)

            // A new browser is asked for some patience, and no more.
            let another = house.browser(from: "10.0.0.3")
            var answer = try await another.post("/sign-in", Self.right)
            if answer.status == 429 {
                let seconds = try #require(answer.headers[.retryAfter].flatMap { Int($0) })
                #expect(seconds <= 10)
                house.clock.advance(by: .seconds(seconds))
                answer = try await another.post("/sign-in", Self.right)
            }
            #expect(answer.status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `who stole the laptop has five guesses too, and its owner comes in elsewhere`(kind: TestDatabase) async throws
    {
        try await House.open(on: kind) { house in
            let stolen = try await house.lan()
            for _ in 0..<5 { #expect(try await stolen.post("/sign-in", Self.wrong).status == 401) }
            #expect(try await stolen.post("/sign-in", Self.right).status == 429)
            #expect(try await house.browser(from: "10.0.0.3").post("/sign-in", Self.right).status == 303)
        }
    }

    @Test
    func `a browser is known by a cookie of ours only, and for those who signed in with it`() async throws {
        try await House.open(on: .sqlite, secureCookies: true) { house in
            let lan = try await house.lan()
            let cookie = try #require(lan.setCookies.last { $0.hasPrefix("__Host-device=") })
            for attribute in ["HttpOnly", "Secure", "Max-Age=34560000", "Path=/"] {
                #expect(cookie.contains(attribute))
            }
            let token = try #require(lan.cookies["__Host-device"])
            #expect(try await house.rows("SELECT digest FROM known_device")[0].text(0) == hexDigest(token))

            // A token that somebody made up is not taken over.
            let planted = house.browser(from: "10.0.0.4")
            planted.use(device: String(repeating: "A", count: 43))
            #expect(try await planted.post("/sign-in", Self.right).status == 303)
            #expect(planted.cookies["__Host-device"] != String(repeating: "A", count: 43))

            // Lan's browser is a stranger to another account: it waits with its address.
            let form: FormData = ["login": "0987654321", "password": "gì cũng được"]
            for _ in 0..<5 { #expect(try await lan.post("/sign-in", form).status == 401) }
            #expect(try await lan.post("/sign-in", form).status == 429)
            #expect(try await lan.post("/sign-in", Self.right).status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a password that nobody had time to check is no failed attempt`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let check = house.accounts.signIn.check
            let overrun = PasswordCheck(
                office: check.office,
                hasher: PasswordHasher(cost: House.cheap, atOnce: 0, share: 0),
                attempts: check.attempts,
                leaked: nil,
                pause: check.pause
            )
            for _ in 0..<30 {
                await #expect(throws: TooBusy.self) {
                    try await overrun.prove(
                        Password(lanPassword)!,
                        as: "0912345678",
                        .citizen,
                        Visitor(address: "10.0.0.2", device: "")
                    ) { tx in try StoredAccount(.phone(PhoneNumber(rawValue: "0912345678")!), in: tx) }
                }
            }
            #expect(try await house.browser(from: "10.0.0.2").post("/sign-in", Self.right).status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a clock that is put back keeps nobody waiting longer than a window`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let now = house.clock.now
            house.clock.advance(by: .days(2))
            let wrongly = house.browser(from: "10.0.0.2")
            _ = try await house.lan()
            for number in 0..<25 { _ = try await house.browser(from: "10.7.0.\(number)").post("/sign-in", Self.wrong) }
            for _ in 0..<6 { _ = try await wrongly.post("/sign-in", Self.wrong) }
            #expect(try await wrongly.post("/sign-in", Self.right).status == 429)

            house.clock.now = now
            #expect(try await wrongly.post("/sign-in", Self.right).status == 303)
            for _ in 0..<5 {
                #expect(try await house.browser(from: "10.0.0.9").post("/sign-in", Self.wrong).status == 401)
            }
            let refused = try await house.browser(from: "10.0.0.9").post("/sign-in", Self.right)
            #expect(try #require(refused.headers[.retryAfter].flatMap { Int($0) }) <= 900)
        }
    }

    @Test(
        arguments: [
            ("2001:db8:1:2:3:4:5:6", "20010db800010002/64"), ("2001:db8:1:2::9", "20010db800010002/64"),
            ("2001:db8:1:3::9", "20010db800010003/64"), ("::ffff:10.0.0.7", "10.0.0.7"), ("10.0.0.7", "10.0.0.7"),
            ("", ""),
        ]
    )
    func `a household has one network of IPv6, and counts as one address`(address: String, counted: String) {
        #expect(Visitor(address: address, device: "").address == counted)
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
