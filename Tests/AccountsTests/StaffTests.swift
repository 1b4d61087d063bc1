import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct StaffTests {
    @Test(arguments: TestDatabase.kinds)
    func `an officer signs in for their agency, and a citizen's door is not theirs`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = try await house.office("hoa.tran", [.reception, .returns])
            #expect(try await browser.get("/work").body == "Sở Tư pháp Hà Nội: [\"reception\", \"returns\"]")
            #expect(try await browser.get("/tai-khoan").status == 403)

            let citizen = house.browser()
            let form: FormData = ["login": "hoa.tran", "password": officerPassword]
            #expect(try await citizen.post("/sign-in", form).status == 401)
            let lan = try await house.lan()
            #expect(try await lan.get("/work").status == 403)
            #expect(
                try await lan.post("/work/sign-in", ["login": "0912345678", "password": lanPassword]).status == 401
            )
        }
    }

    @Test(arguments: Role.allCases)
    func `only administrators keep accounts, and they see no dossiers`(role: Role) async throws {
        try await House.open(on: .sqlite) { house in
            let other = try await house.officer("other", [.clerk])
            let browser = try await house.office("someone", [role])
            let isAdmin = role == .admin
            let pages = ["/work/staff", "/work/staff/new", "/work/staff/\(other.rawValue)"]
            for page in pages { #expect(try await browser.get(page).status == (isAdmin ? 200 : 403)) }
            let forms = ["new", "\(other.rawValue)/roles", "\(other.rawValue)/disabled", "\(other.rawValue)/password"]
            for form in forms {
                let status = try await browser.post("/work/staff/\(form)").status
                #expect(isAdmin ? status != 403 : status == 403)
            }
            let seesDossiers = ![.admin, .auditor].contains(role)
            #expect(try await browser.get("/work/dossiers").status == (seesDossiers ? 200 : 403))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a new officer gets a password that opens nothing but the choice of their own`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let page = try await admin.post(
                "/work/staff/new",
                ["name": "Lê Văn Minh", "userName": "minh.le", "roles": "caseOfficer"]
            )
            #expect(page.status == 200)
            #expect(page.headers[.cacheControl] == "no-store")
            let oneTime = String(try #require(page.body.firstMatch(of: /<code>([0-9a-z-]{14})<\/code>/)).1)
            #expect(try await !admin.get("/work/staff").body.contains(oneTime))

            let minh = house.browser()
            let refused = try await minh.post("/work/sign-in", ["login": "minh.le", "password": oneTime])
            #expect(refused.status == 403)
            #expect(refused.body.contains("action=\"/work/new-password\""))
            #expect(!minh.isSignedIn)

            func choose(_ current: String, _ password: String) async throws -> Answer {
                try await minh.post(
                    "/work/new-password",
                    ["login": "minh.le", "current": current, "password": password, "again": password]
                )
            }
            #expect(try await choose(oneTime, oneTime).status == 422)
            #expect(try await choose(oneTime, "minh.le").status == 422)
            #expect(try await choose("sai", officerPassword).status == 401)
            #expect(try await choose(oneTime, officerPassword).location == "/work/sign-in?done=password")
            #expect(try await choose(oneTime, "lại đổi lần nữa").status == 401)
            let form: FormData = ["login": "MINH.LE", "password": officerPassword, "next": "/work/dossiers"]
            #expect(try await minh.post("/work/sign-in", form).location == "/work/dossiers")
            #expect(try await minh.get("/work/dossiers").status == 200)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a one-time password works for a week`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let officer = try await house.officer("minh.le", [.clerk])
            let admin = try await house.officer("quan.tri", [.admin])
            let oneTime = try #require(
                try await house.accounts.staff.resetPassword(
                    of: officer,
                    in: House.hanoi,
                    Circumstances(at: house.clock.now, actor: .officer(id: admin))
                )
            )
            house.clock.advance(by: .days(7))
            let form: FormData = ["login": "minh.le", "password": oneTime.text]
            let answer = try await house.browser().post("/work/sign-in", form)
            #expect(answer.status == 403)
            #expect(answer.body.contains("đã hết hạn"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a change of roles takes effect with the next request`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let minh = try await house.officer("minh.le", [.caseOfficer])
            let browser = try await house.signedIn("minh.le")
            #expect(try await browser.get("/work/dossiers").status == 200)

            let path = "/work/staff/\(minh.rawValue)"
            let roles: FormData = ["roles": "auditor"]
            #expect(try await admin.post("\(path)/roles", roles).location == "\(path)?done=roles")
            #expect(try await browser.get("/work/dossiers").status == 403)
            #expect(try await browser.get("/work").body.contains("auditor"))

            #expect(try await admin.post("\(path)/roles").location == "/work/staff")
            #expect(try await browser.get("/work").status == 303)
            #expect(try await admin.get(path).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a disabled officer is out at once and stays out`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let minh = try await house.officer("minh.le", [.caseOfficer])
            let browser = try await house.signedIn("minh.le")
            #expect(try await browser.get("/work").status == 200)
            let path = "/work/staff/\(minh.rawValue)/disabled"
            #expect(try await admin.post(path, ["disabled": "yes"]).status == 303)
            #expect(try await browser.get("/work").status == 303)

            let form: FormData = ["login": "minh.le", "password": officerPassword]
            #expect(try await browser.post("/work/sign-in", form).body.contains("đã bị khóa"))
            #expect(try await admin.post(path, ["disabled": "no"]).status == 303)
            #expect(try await browser.post("/work/sign-in", form).status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `every change of rights is in the log, without a name`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let minh = try await house.officer("minh.le", [.caseOfficer])
            let path = "/work/staff/\(minh.rawValue)"
            _ = try await admin.post("\(path)/roles", ["roles": "leader", "roles": "clerk"])
            _ = try await admin.post("\(path)/password")
            _ = try await admin.post("\(path)/disabled", ["disabled": "yes"])

            let events = EventStore(database: house.database)
            let past = try await events.history(of: ID<StaffMember>(rawValue: minh.rawValue))
            #expect(
                past.map(\.event) == [
                    .added, .rolesSet(agency: House.hanoi, roles: [.caseOfficer]),
                    .rolesSet(agency: House.hanoi, roles: [.leader, .clerk]), .passwordReset, .disabled,
                ]
            )
            let boss = try #require(try await house.accounts.staff.officer(UserName(rawValue: "quan.tri")!))
            #expect(past.last?.circumstances.actor == .officer(id: boss))
            for row in try await house.rows("SELECT payload, circumstances FROM event") {
                for column in 0...1 {
                    #expect(try !row.text(column).contains("minh.le"))
                    #expect(try !row.text(column).contains("Hoa"))
                }
            }
            let page = try await admin.get(path).body
            #expect(page.contains("Vai trò: Lãnh đạo, Văn thư"))
            #expect(page.contains("Người vận hành hệ thống"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `administrators rule over their own agency only, and not over themselves`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let own = try #require(try await house.accounts.staff.officer(UserName(rawValue: "quan.tri")!))
            let stranger = try await house.officer("da.nang", [.leader], in: House.danang)
            #expect(try await admin.get("/work/staff/\(stranger.rawValue)").status == 404)
            for action in ["roles", "disabled", "password"] {
                #expect(try await admin.post("/work/staff/\(stranger.rawValue)/\(action)").status == 404)
            }
            #expect(try await !admin.get("/work/staff").body.contains("da.nang"))
            #expect(try await admin.post("/work/staff/\(own.rawValue)/roles", ["roles": "leader"]).status == 403)
            #expect(try await admin.post("/work/staff/\(own.rawValue)/disabled", ["disabled": "yes"]).status == 403)
            #expect(try await admin.get("/work").body.contains("[\"admin\"]"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an officer of two agencies acts for one at a time`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            _ = try await house.officer("minh.le", [.leader], in: House.danang)
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let form: FormData = ["userName": "minh.le", "roles": "reception"]
            // A similar user name must not give a stranger rights.
            #expect(try await admin.post("/work/staff/new", form.with("name", "Lê Văn Minh")).status == 422)
            let wrongName = form.with("existing", "yes").with("name", "Lê Văn Minh")
            #expect(try await admin.post("/work/staff/new", wrongName).status == 422)
            let rightName = form.with("existing", "yes").with("name", "Tran Thi Hoa")
            #expect(try await admin.post("/work/staff/new", rightName).location == "/work/staff?done=proposed")

            // Nobody is drawn into an agency unasked.
            let browser = house.browser()
            let answer = try await browser.post("/work/sign-in", ["login": "minh.le", "password": officerPassword])
            #expect(answer.location == "/work/account")
            let account = try await browser.get("/work/account").body
            #expect(account.contains("vai trò Cán bộ tiếp nhận – Sở Tư pháp Hà Nội"))
            #expect(try await browser.post("/work/account/agency", ["agency": "ha-noi"]).status == 404)
            let accept = try #require(account.firstMatch(of: /action="(\/work\/account\/offers\/[^"]+\/agree)"/)).1
            #expect(try await admin.post(String(accept)).status == 409, "it is not the administrator's to accept")
            #expect(try await browser.post(String(accept)).location == "/work/account?done=agreed")

            #expect(try await browser.get("/work").body.contains("Đà Nẵng: [\"leader\"]"))
            #expect(try await browser.get("/work/account").body.contains("Sở Tư pháp Hà Nội"))
            #expect(try await browser.post("/work/account/agency", ["agency": "ha-noi"]).status == 303)
            #expect(try await browser.get("/work").body.contains("Hà Nội: [\"reception\"]"))
            #expect(try await browser.post("/work/account/agency", ["agency": "hue"]).status == 404)
            #expect(try await browser.get("/work").body.contains("Hà Nội: [\"reception\"]"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `officers change their own password`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let browser = try await house.office("hoa.tran", [.reception])
            let other = try await house.signedIn("hoa.tran")
            let form: FormData = ["current": officerPassword, "password": "một câu khác", "again": "một câu khác"]
            #expect(try await browser.post("/work/account/password", form).status == 303)
            #expect(try await browser.get("/work").status == 200)
            #expect(try await other.get("/work").status == 303)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `demonstration accounts are made once`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = Contact(
                name: PersonName(rawValue: "Lan An")!,
                phone: PhoneNumber(rawValue: "0912345678"),
                email: nil
            )
            let hoa = Accounts.DemoOfficer(
                UserName(rawValue: "hoa.tran")!,
                PersonName(rawValue: "Trần Hoa")!,
                House.hanoi,
                [.reception]
            )
            for _ in 0..<2 {
                try await house.accounts.demo(citizens: [lan], officers: [hoa], password: Password(officerPassword)!)
            }
            #expect(try await house.rows("SELECT id FROM citizen_account").count == 1)
            #expect(try await house.rows("SELECT id FROM staff_account").count == 1)
            _ = try await house.signedIn("hoa.tran")
            let form: FormData = ["login": "0912345678", "password": officerPassword]
            #expect(try await house.browser().post("/sign-in", form).status == 303)
        }
    }
}
