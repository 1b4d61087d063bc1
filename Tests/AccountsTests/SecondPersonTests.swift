import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Accounts

/// What one administrator may not do alone, as they and those who are asked see it.
@Suite struct SecondPersonTests {
    /// The forms by which the reader of a staff page answers.
    private func answers(_ page: Answer, _ word: String) -> [String] {
        page.body.matches(of: /action="(\/work\/staff\/proposals\/[0-9a-z]+\/[a-z]+)"/)
            .map { String($0.1) }.filter { $0.hasSuffix("/\(word)") }
    }

    /// Minh leads in Đà Nẵng and receives in Hà Nội.
    private func minh(_ house: House) async throws -> ID<Officer> {
        let minh = try await house.officer("minh.le", [.leader], in: House.danang)
        let act = Circumstances(at: house.clock.now, actor: .system(name: "test"))
        try await house.accounts.staff.set([.reception], of: minh, in: House.hanoi, act)
        return minh
    }

    @Test(arguments: TestDatabase.kinds)
    func `an officer of two agencies is shut out by neither alone`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let minh = try await minh(house)
            let hanoi = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let danang = try await house.office("da.nang", [.admin], in: House.danang, called: "Lý Thu Ba")
            let browser = try await house.signedIn("minh.le")
            let path = "/work/staff/\(minh.rawValue)"

            #expect(try await hanoi.post("\(path)/password").location == "/work/staff?done=proposed")
            house.clock.advance(by: .minutes(1))
            let asked = try await hanoi.post("\(path)/disabled", ["disabled": "yes"])
            #expect(asked.location == "/work/staff?done=proposed")
            #expect(try await browser.get("/work").status == 200)
            let own = try await hanoi.get("/work/staff")
            #expect(answers(own, "agree").isEmpty)
            #expect(answers(own, "refuse").count == 2, "both can be taken back")
            #expect(try await hanoi.get(path).body.contains("Đề nghị: khóa tài khoản"))

            // The other agency reads the same and says no to one.
            let page = try await danang.get("/work/staff")
            #expect(page.body.contains("khóa tài khoản – Sở Tư pháp Hà Nội"))
            let (reset, closing) = (answers(page, "agree")[0], answers(page, "agree")[1])
            #expect(try await hanoi.post(closing).status == 403)
            #expect(try await danang.post(closing.replacing("/agree", with: "/refuse")).status == 303)
            #expect(try await danang.post(closing).status == 409)
            #expect(try await browser.get("/work").status == 200)

            let shown = try await danang.post(reset)
            let oneTime = String(try #require(shown.body.firstMatch(of: /<code>([0-9a-z-]{14})<\/code>/)).1)
            #expect(shown.headers[.cacheControl] == "no-store")
            #expect(try await browser.get("/work").status == 303)
            let form: FormData = ["login": "minh.le", "password": oneTime]
            #expect(try await browser.post("/work/sign-in", form).body.contains("action=\"/work/new-password\""))
            #expect(try await house.accounts.differences() == [])

            // The post of their own agency each administrator ends alone.
            #expect(try await hanoi.post("\(path)/roles").location == "/work/staff")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an administrator makes no second administrator of themselves`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let second: FormData = ["name": "hoàng gia huy", "userName": "huy.hai", "roles": "leader"]
            #expect(try await admin.post("/work/staff/new", second).status == 200)
            let third: FormData = ["name": "Lê Văn Minh", "userName": "minh.le", "roles": "admin", "roles": "clerk"]
            #expect(try await admin.post("/work/staff/new", third).status == 200)

            let alone = try await admin.get("/work/staff")
            #expect(alone.body.contains("motcua staff confirm huy.hai"), "there is no second administrator")
            let proposals = answers(alone, "refuse")
            #expect(proposals.count == 2)
            for path in proposals {
                #expect(try await admin.post(path.replacing("/refuse", with: "/agree")).status == 403)
            }
            let staff = house.accounts.staff
            let huy = try #require(try await staff.officer(UserName(rawValue: "huy.hai")!))
            let minh = try #require(try await staff.officer(UserName(rawValue: "minh.le")!))
            #expect(try await staff.colleague(huy, in: House.hanoi) == nil)
            #expect(try await staff.colleague(minh, in: House.hanoi)?.roles == [.clerk])

            // The command line is the second person of one, another administrator that of the other.
            let operated = try await staff.answer(
                true,
                on: minh,
                Circumstances(at: house.clock.now, actor: .system(name: "command line"))
            )
            #expect(operated.answered.count == 1)
            #expect(try await staff.colleague(minh, in: House.hanoi)?.roles == [.clerk, .admin])
            _ = try await house.officer("second", [.admin], called: "Lý Thu Ba")
            let other = try await house.signedIn("second")
            let page = try await other.get("/work/staff")
            #expect(!page.body.contains("motcua staff confirm"))
            #expect(try await other.post(try #require(answers(page, "agree").first)).status == 303)
            #expect(try await staff.colleague(huy, in: House.hanoi)?.roles == [.leader])
            #expect(try await house.accounts.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an administrator does not take over another's account to be their own second person`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let admin = try await house.office("quan.tri", [.admin], called: "Hoàng Gia Huy")
            let other = try await house.officer("second", [.admin], called: "Lý Thu Ba")
            let answer = try await admin.post("/work/staff/\(other.rawValue)/password")
            #expect(answer.location == "/work/staff?done=proposed")
            _ = try await house.signedIn("second")
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an administrator of the agency above may confirm, and one beside may not`(kind: TestDatabase) async throws {
        let ward = ID<Agency>(rawValue: "ward")
        let ladder = AgencyLadder(
            below: { $0 == House.hanoi ? [House.hanoi, ward] : [$0] },
            above: { $0 == ward ? [House.hanoi] : [] }
        )
        try await House.open(on: kind, ladder: ladder) { house in
            let local = try await house.office("ward.admin", [.admin], in: ward, called: "Hoàng Gia Huy")
            let above = try await house.office("quan.tri", [.admin], called: "Lý Thu Ba")
            let beside = try await house.office("da.nang", [.admin], in: House.danang, called: "Mai Thu Tư")
            let clerk = try await house.officer("minh.le", [.clerk], in: ward, called: "Lê Văn Minh")
            let roles: FormData = ["roles": "admin"]
            let asked = try await local.post("/work/staff/\(clerk.rawValue)/roles", roles)
            #expect(asked.location == "/work/staff?done=proposed")
            #expect(try await !beside.get("/work/staff").body.contains("Lê Văn Minh"))
            let agree = try #require(answers(try await above.get("/work/staff"), "agree").first)
            #expect(try await beside.post(agree).status == 409)
            #expect(try await above.post(agree).location == "/work/staff?done=agreed")
            #expect(try await house.accounts.staff.colleague(clerk, in: ward)?.roles == [.admin])
        }
    }
}
