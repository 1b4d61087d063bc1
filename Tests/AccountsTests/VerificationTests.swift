import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct VerificationTests {
    @Test(arguments: TestDatabase.kinds)
    func `rights that the log does not bear out are named`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let hoa = try await house.officer("hoa.tran", [.reception, .returns])
            let minh = try await house.officer("minh.le", [.caseOfficer], in: House.danang)
            let circumstances = Circumstances(at: house.clock.now, actor: .system(name: "test"))
            try await house.accounts.staff.set([.clerk], of: hoa, in: House.danang, circumstances)
            try await house.accounts.staff.set(disabled: true, minh, in: House.danang, circumstances)
            #expect(try await house.accounts.differences() == [])

            func change(_ sql: SQL, back: SQL, _ difference: String) async throws {
                _ = try await house.database.transaction { tx in try tx.execute(sql) }
                #expect(try await house.accounts.differences() == [difference])
                _ = try await house.database.transaction { tx in try tx.execute(back) }
                #expect(try await house.accounts.differences() == [])
            }
            try await change(
                "UPDATE staff_post SET roles = 'leader' WHERE officer = \(hoa) AND agency = 'ha-noi'",
                back: "UPDATE staff_post SET roles = 'reception returns' WHERE officer = \(hoa) AND agency = 'ha-noi'",
                "officer \(hoa.rawValue): the roles in ha-noi are leader, should be reception returns"
            )
            try await change(
                "INSERT INTO staff_post (officer, agency, roles) VALUES (\(minh), 'hue', 'admin')",
                back: "DELETE FROM staff_post WHERE agency = 'hue'",
                "officer \(minh.rawValue): the roles in hue are admin, should be none"
            )
            try await change(
                "UPDATE staff_account SET disabled = 0 WHERE id = \(minh)",
                back: "UPDATE staff_account SET disabled = 1 WHERE id = \(minh)",
                "officer \(minh.rawValue): disabled is false, should be true"
            )
            try await change(
                "INSERT INTO staff_proposal (id, officer, body, at) VALUES ('p', \(minh), '{}', 0)",
                back: "DELETE FROM staff_proposal",
                "officer \(minh.rawValue): what waits for somebody's word is [\"p\"], should be []"
            )
            try await change(
                "INSERT INTO staff_post (officer, agency, roles) VALUES ('nobody', 'hue', 'admin')",
                back: "DELETE FROM staff_post WHERE agency = 'hue'",
                "officer nobody: the rows have no history"
            )
        }
    }
}
