import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct CitizenDoorTests {
    @Test(arguments: TestDatabase.kinds)
    func `whoever signs up is signed in and goes on to where they wanted`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = house.browser()
            let first = try await browser.get("/my/page")
            #expect(first.location == "/sign-in?next=/my/page")
            let page = try await browser.get("/sign-up?next=%2Fmy%2Fpage")
            #expect(page.body.contains("name=\"next\" value=\"/my/page\""))

            let answer = try await browser.post("/sign-up", lanSignsUp.with("next", "/my/page"))
            #expect(answer.status == 303)
            #expect(answer.location == "/my/page")
            #expect(try await browser.get("/my/page").body.contains("Nguyễn Thị Lan"))
        }
    }

    @Test(arguments: TestDatabase.kinds, ["0912345678", "+84 912 345 678", "84912345678", "LAN@example.vn"])
    func `a citizen signs in with phone or e-mail, and out`(kind: TestDatabase, login: String) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.browser().post(
                "/sign-up",
                [
                    "name": "Nguyễn Thị Lan", "phone": "0912345678", "email": "lan@example.vn",
                    "password": lanPassword, "again": lanPassword,
                ]
            )
            let browser = house.browser()
            let answer = try await browser.post("/sign-in", ["login": login, "password": lanPassword])
            #expect(answer.status == 303)
            #expect(answer.location == "/")
            #expect(try await browser.get("/my/page").status == 200)

            let old = browser.cookies["session"] ?? ""
            #expect(try await browser.post("/sign-out").status == 303)
            #expect(!browser.isSignedIn)
            browser.use(session: old)
            #expect(try await browser.get("/my/page").status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `wrong passwords and unknown accounts get the same answer, with the login still typed`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let browser = house.browser()
            let wrong = try await browser.post("/sign-in", ["login": "0912345678", "password": "sai mật khẩu rồi"])
            let unknown = try await browser.post("/sign-in", ["login": "0987654321", "password": "sai mật khẩu rồi"])
            #expect(wrong.status == 401)
            #expect(unknown.status == 401)
            #expect(wrong.body.replacing("0912345678", with: "0987654321") == unknown.body)
            #expect(wrong.body.contains("value=\"0912345678\""))
            #expect(!wrong.body.contains("sai mật khẩu"))
            #expect(!browser.isSignedIn)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a phone that has an account is told to sign in`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let browser = house.browser()
            let answer = try await browser.post("/sign-up", lanSignsUp.with("next", "/my/page"))
            #expect(answer.status == 409)
            #expect(answer.body.contains("Số điện thoại này đã có tài khoản"))
            #expect(answer.body.contains("/sign-in?next=%2Fmy%2Fpage\""))
            #expect(!answer.body.contains(lanPassword))
            #expect(!browser.isSignedIn)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of two who sign up with one phone at once, one has an account`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let contact = Contact(
                name: PersonName(rawValue: "Lê Văn Tám")!,
                phone: PhoneNumber(rawValue: "0900000001"),
                email: nil
            )
            let outcomes = await withTaskGroup { group in
                for _ in 0..<6 {
                    group.addTask {
                        do {
                            try await house.accounts.citizens.signUp(contact, Password(lanPassword)!) { _, _ in }
                            return "in"
                        } catch {
                            return "\(type(of: error))"
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["in": 1, "LoginTaken": 5])
        }
    }

    @Test(
        arguments: [
            (["name": "", "phone": "0912345678", "password": lanPassword, "again": lanPassword], "Hãy nhập họ và tên"),
            (
                ["name": "Lan An", "phone": "12", "password": lanPassword, "again": lanPassword],
                "Số điện thoại thiếu số 0 ở đầu"
            ),
            (["name": "Lan An", "email": "a@b", "password": lanPassword, "again": lanPassword], "e-mail không đúng"),
            (["name": "Lan An", "password": lanPassword, "again": lanPassword], "số điện thoại hoặc e-mail"),
            (
                ["name": "Lan An", "phone": "0912345678", "password": "0912345678", "again": "0912345678"],
                "không được trùng"
            ),
            (["name": "Lan An", "phone": "0912345678", "password": "ngắn", "again": "ngắn"], "quá ngắn"),
            (["name": "Lan An", "phone": "0912345678", "password": lanPassword, "again": "khác"], "không giống nhau"),
            (["name": "Lan An", "phone": "0912345678", "password": lanPassword], "không giống nhau"),
        ] as [(FormData, String)]
    )
    func `what cannot be accepted is said beside its field`(form: FormData, words: String) async throws {
        try await House.open(on: .sqlite) { house in
            let answer = try await house.browser().post("/sign-up", form)
            #expect(answer.status == 422)
            #expect(answer.body.contains(words))
            #expect(!answer.body.contains(lanPassword))
            #expect(try await house.rows("SELECT id FROM citizen_account").isEmpty)
        }
    }

    @Test(
        arguments: [
            "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)",
            "\\\\evil.example", "http:evil", "", " //evil.example",
        ]
    )
    func `signing in leads to pages of this site only`(next: String) async throws {
        try await House.open(on: .sqlite) { house in
            _ = try await house.lan()
            let browser = house.browser()
            let page = try await browser.get("/sign-in?next=\(queryEscaped(next))")
            #expect(!page.body.contains("name=\"next\""))
            #expect(!page.body.contains("/sign-up?next"))
            let answer = try await browser.post(
                "/sign-in",
                ["login": "0912345678", "password": lanPassword, "next": next]
            )
            #expect(answer.location == "/")
            let again = try await browser.get("/sign-in?next=\(queryEscaped(next))")
            // Addresses with control characters are turned away before anybody reads them.
            #expect(again.location == "/" || again.status == 400)
        }
    }

    @Test
    func `a form from elsewhere signs nobody in`() async throws {
        try await House.open(on: .sqlite) { house in
            _ = try await house.lan()
            let browser = house.browser()
            _ = try await browser.get("/sign-in")
            let login = "login=0912345678&password=\(queryEscaped(lanPassword))"
            for body in [login, "csrf=&\(login)", "csrf=\(String(repeating: "0", count: 64))&\(login)"] {
                #expect(try await browser.post("/sign-in", raw: body).status == 403)
            }
            #expect(!browser.isSignedIn)
        }
    }

    @Test
    func `the session cookie is out of reach of scripts and other sites, and of plain connections when told so`()
        async throws
    {
        try await House.open(on: .sqlite, secureCookies: true) { house in
            let browser = try await house.lan()
            let cookie = browser.setCookies.last { $0.hasPrefix("__Host-session=") } ?? ""
            for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] { #expect(cookie.contains(attribute)) }
            #expect(!cookie.contains("Max-Age"))

            // A sibling of the domain can set a cookie of the plain name, and nobody listens to it.
            let stranger = house.browser()
            stranger.use(session: browser.cookies["__Host-session"] ?? "")
            #expect(try await stranger.get("/my/page").status == 303)
            #expect(try await browser.get("/my/page").status == 200)
        }
    }

    @Test
    func `the database knows neither tokens nor passwords`() async throws {
        try await House.open(on: .sqlite) { house in
            let browser = try await house.lan()
            let row = try #require(try await house.rows("SELECT digest FROM session").first)
            #expect(try row.text(0) == hexDigest(browser.cookies["session"] ?? ""))
            let account = try #require(try await house.rows("SELECT password FROM citizen_account").first)
            #expect(try account.text(0).hasPrefix("$scrypt$"))
        }
    }

    @Test
    func `signing in again ends the session the browser had`() async throws {
        try await House.open(on: .sqlite) { house in
            let browser = try await house.lan()
            let first = browser.cookies["session"] ?? ""
            _ = try await browser.post("/sign-in", ["login": "0912345678", "password": lanPassword])
            #expect(try await house.accounts.sessions.identity(session: first) == nil)
            let now = house.clock.now
            #expect(try await house.rows("SELECT digest FROM session WHERE expires > \(now)").count == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a password is hashed anew when hashing has become dearer`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let dearer = House.accounts(
                house.database,
                house.clock,
                scrypt: ScryptCost(logRounds: 4, blockSize: 2, parallelism: 1)
            )
            for _ in 0..<2 {
                _ = try await dearer.signIn.citizen(
                    login: "0912345678",
                    Password(lanPassword)!,
                    remembered: false,
                    Visitor(address: "a", device: "")
                )
                let row = try await house.rows("SELECT password FROM citizen_account")[0]
                #expect(try row.text(0).hasPrefix("$scrypt$ln=4,r=2,p=1$"))
            }
        }
    }
}
