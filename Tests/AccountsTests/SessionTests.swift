import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct SessionTests {
    @Test(arguments: TestDatabase.kinds)
    func `a session ends after twelve hours, used or not`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = try await house.lan()
            house.clock.advance(by: .hours(11))
            #expect(try await browser.get("/my/page").status == 200)
            house.clock.advance(by: .minutes(59))
            #expect(try await browser.get("/my/page").status == 200)
            house.clock.advance(by: .minutes(1))
            #expect(try await browser.get("/my/page").status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a remembered session lives as long as its person comes back within thirty days`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.lan()
            let browser = house.browser()
            _ = try await browser.post(
                "/sign-in",
                ["login": "0912345678", "password": lanPassword, "remember": "yes"]
            )
            #expect(browser.setCookies.contains { $0.hasPrefix("session=") && $0.contains("Max-Age=34560000") })
            for _ in 0..<3 {
                house.clock.advance(by: .days(29))
                #expect(try await browser.get("/my/page").status == 200)
            }
            house.clock.advance(by: .days(30))
            #expect(try await browser.get("/my/page").status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an officer's session ends after ten hours, whatever they ask for`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.officer("hoa.tran", [.reception])
            let browser = house.browser()
            _ = try await browser.post(
                "/work/sign-in",
                ["login": "hoa.tran", "password": officerPassword, "remember": "yes"]
            )
            house.clock.advance(by: .hours(9))
            #expect(try await browser.get("/work").status == 200)
            house.clock.advance(by: .hours(1))
            #expect(try await browser.get("/work").location == "/work/sign-in?next=/work")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the last use is written every five minutes and not more often`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let start = house.clock.now
            let browser = try await house.lan()
            var seen: [Int] = []
            for _ in 0..<3 {
                house.clock.advance(by: .minutes(3))
                _ = try await browser.get("/my/page")
                let row = try await house.rows("SELECT seen FROM session")[0]
                seen.append((Instant(milliseconds: try row.int(0)) - start).milliseconds / 60_000)
            }
            #expect(seen == [0, 6, 6])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a new password signs out the other devices and not this one`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let here = try await house.lan()
            let there = house.browser()
            _ = try await there.post("/sign-in", ["login": "0912345678", "password": lanPassword])
            #expect(try await there.get("/my/page").status == 200)

            let answer = try await here.post(
                "/tai-khoan/password",
                ["current": lanPassword, "password": "một câu khác hẳn", "again": "một câu khác hẳn"]
            )
            #expect(answer.location == "/tai-khoan?done=password")
            #expect(try await here.get("/tai-khoan?done=password").body.contains("Đã đổi mật khẩu"))
            #expect(try await there.get("/my/page").status == 303)
            #expect(try await there.post("/sign-in", ["login": "0912345678", "password": lanPassword]).status == 401)
            let new: FormData = ["login": "0912345678", "password": "một câu khác hẳn"]
            #expect(try await there.post("/sign-in", new).status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `people see where they are signed in and end it elsewhere`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let here = try await house.lan()
            let there = house.browser()
            house.clock.advance(by: .minutes(10))
            _ = try await there.post("/sign-in", ["login": "0912345678", "password": lanPassword])
            let page = try await here.get("/tai-khoan").body
            #expect(page.components("Chrome · Android") == 2)
            #expect(page.components("Phiên này") == 1)

            #expect(try await here.post("/tai-khoan/sessions").status == 303)
            #expect(try await there.get("/my/page").status == 303)
            #expect(try await here.get("/my/page").status == 200)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what ends in another process ends here within seconds`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = try await house.lan()
            _ = try await browser.get("/my/page")
            let other = House.accounts(house.database, house.clock)
            try await other.sessions.close(browser.cookies["session"] ?? "")
            house.clock.advance(by: .seconds(5))
            #expect(try await browser.get("/my/page").status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what was opened by a clock that ran ahead does not last longer for it`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let now = house.clock.now
            house.clock.advance(by: .days(2))
            let browser = try await house.lan()
            let admin = try await house.officer("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let minh = try await house.officer("minh.le", [.clerk])
            let act = Circumstances(at: house.clock.now, actor: .officer(id: admin))
            let oneTime = try #require(
                try await house.accounts.staff.resetPassword(of: minh, in: House.hanoi, act)
            )
            #expect(try await browser.get("/my/page").status == 200)

            // Half an hour is what clocks may be off.
            house.clock.now = now + .days(2) + .minutes(-30)
            #expect(try await browser.get("/my/page").status == 200)
            house.clock.now = now
            #expect(try await browser.get("/my/page").status == 303)
            let form: FormData = ["login": "minh.le", "password": oneTime.text]
            #expect(try await house.browser().post("/work/sign-in", form).body.contains("đã hết hạn"))
            try await house.accounts.sweep()
            #expect(try await house.rows("SELECT 1 FROM session").isEmpty)
            let later = now + .hours(1)
            #expect(try await house.rows("SELECT 1 FROM attempt WHERE until > \(later)").isEmpty)
        }
    }

    @Test
    func `a look-up that began before a sign-out does not bring the session back`() {
        let cache = IdentityCache()
        let now = TestClock().now
        let lan = IdentityCache.Entry(
            identity: .citizen(CitizenIdentity(id: ID(rawValue: "lan"), name: "Lan")),
            person: "lan",
            until: now + .seconds(5)
        )
        let before = cache.generation
        cache.forget(session: "d")
        cache.keep(lan, for: "d", since: before)
        #expect(cache.identity(of: "d", at: now) == nil)

        cache.keep(lan, for: "d", since: cache.generation)
        #expect(cache.identity(of: "d", at: now) == lan.identity)
        cache.forget(person: "lan")
        #expect(cache.identity(of: "d", at: now) == nil)
    }

    @Test(arguments: TestDatabase.kinds)
    func `sweeping takes away what has expired and nothing else`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = try await house.lan()
            _ = try await house.accounts.keptForms.keep(
                KeptForm(path: "/my/page", form: ["note": "a"]),
                of: FormHolder(person: "lan")
            )
            house.clock.advance(by: .hours(11))
            try await house.accounts.sweep()
            #expect(try await browser.get("/my/page").status == 200)
            #expect(try await house.rows("SELECT digest FROM kept_form").count == 1)
            // The trace of a session stays for a day after its end.
            house.clock.advance(by: .hours(26))
            try await house.accounts.sweep()
            for table: SQL in ["session", "attempt", "kept_form"] {
                #expect(try await house.rows("SELECT 1 FROM \(table)").isEmpty)
            }
        }
    }

    @Test(
        arguments: [
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari · iPhone"),
            ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/110.0 Chrome/104 Safari/537.36", "Cốc Cốc · Windows"),
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/126 Safari/537.36 Edg/126.0", "Edge · Windows"),
            ("curl/8.0", ""), (nil, ""),
        ]
    )
    func `a device is called as its owner would call it`(agent: String?, name: String) {
        #expect(deviceName(userAgent: agent) == name)
    }
}

extension String {
    /// How often `part` occurs.
    func components(_ part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
