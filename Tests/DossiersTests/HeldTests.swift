import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Staffing

/// What one officer holds, and where their own work begins.
struct HeldTests {
    private func ticked(_ page: Answer) -> [String] {
        page.body.matches(of: /<input[^>]*name="dossier"[^>]*>/).map(\.0).filter { $0.contains("checked") }
            .compactMap { $0.firstMatch(of: /value="([^"]*)"/).map { String($0.1) } }
    }

    private func examiner(_ house: House) async throws -> String {
        try await house.database.read { tx in
            try tx.fetch("SELECT id FROM staff_account WHERE user_name = 'caseofficer'")[0].text(0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a page lists what an officer holds until its result is out, and ticks nothing by itself`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let (lan, admin) = (try await house.lan(), try await house.officer(.admin))
            let examiner = try await examiner(house)
            let path = "/work/held/\(examiner)"
            #expect(try await admin.get(path).body.contains("Không giữ hồ sơ nào"))
            var ids: [String] = []
            for _ in 1...3 {
                let id = try await house.filed(by: lan)
                try await house.bring(id, to: .processing)
                try await house.act("take", on: id, by: .caseOfficer)
                ids.append(id)
            }
            // One waits for its applicant, and is held all the same; one goes on to the leader.
            try await house.act(
                "supplement",
                on: ids[1],
                by: .caseOfficer,
                #"{"text":"Thiếu sổ","components":["household"]}"#
            )
            let page = try await admin.get(path)
            let codes = try await codes(of: ids, house)
            for code in codes { #expect(page.body.contains(code), "\(code) is not listed") }
            #expect(ticked(page) == [])
            let none = try await admin.post(path, ["officer": "share"])
            #expect(none.status == 422 && ticked(none) == [])
            // A refused form comes back as it was sent.
            let strange = try await admin.post(path, ["officer": "nobody", "dossier": ids[0]])
            #expect(strange.status == 422 && ticked(strange) == [ids[0]])
            for id in ids { #expect(try await house.row(id).holder?.rawValue == examiner) }

            try await finish(ids[2], house)
            let later = try await admin.get(path).body
            #expect(later.contains(codes[0]) && later.contains(codes[1]) && !later.contains(codes[2]))
            #expect(try await house.isClean())
        }
    }

    private func codes(of ids: [String], _ house: House) async throws -> [String] {
        var codes: [String] = []
        for id in ids { codes.append(try await house.row(id).code.rawValue) }
        return codes
    }

    private func finish(_ id: String, _ house: House) async throws {
        let answer = try await house.officer(.caseOfficer).send(
            .post,
            "/api/v1/work/dossiers/\(id)/result",
            [.field("outcome", "granted"), .file("paper-certificate", "phieu.pdf", Paper.pdf)]
        )
        #expect(answer.status == 200, "\(answer.body)")
        for role in [Role.caseOfficer, .leader, .clerk] { try await house.act("complete-step", on: id, by: role) }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the workspace begins with one's own work`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            func start(_ role: Role) async throws -> String { try await house.officer(role).get("/work").location }
            let expected: [(Role, String)] = [
                (.reception, "/work/inbox/\(Inbox.new.slug)"),
                (.caseOfficer, "/work/inbox/\(Inbox.turn(.caseOfficer).slug)"),
                (.leader, "/work/inbox/\(Inbox.turn(.leader).slug)"),
                (.clerk, "/work/inbox/\(Inbox.turn(.clerk).slug)"),
                (.returns, "/work/inbox/\(Inbox.finished.slug)"),
            ]
            for (role, list) in expected {
                #expect(try await start(role) == list, "\(role)")
                #expect(try await house.officer(role).get(list).status == 200)
            }
            // Who keeps accounts has no list of dossiers.
            #expect(try await start(.admin) == "/work/staff")
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            try await house.act("take", on: id, by: .caseOfficer)
            #expect(try await start(.caseOfficer) == "/work/inbox/\(Inbox.mine.slug)")
            #expect(try await start(.leader) == "/work/inbox/\(Inbox.turn(.leader).slug)", "it is another's")
        }
    }
}
