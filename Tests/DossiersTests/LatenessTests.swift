import Agencies
import DossierCore
import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Dossiers

/// What the system knows to be late is told to everybody whom it concerns.
struct LatenessTests {
    private static func at(_ minute: String) -> Instant { Instant(LocalMinute(rawValue: minute)!) }

    @Test(arguments: TestDatabase.kinds)
    func `a filing of 26 December that nobody has answered is late on 20 January, for everybody who asks`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            house.clock.now = Self.at("2025-12-26T10:00")
            let id = try await house.filed(by: try await house.lan())
            let details = try await house.details(id)
            func lookUp() async throws -> (page: String, late: [String: Any]?) {
                let visitor = house.browser()
                let (code, secret) = (details.row.code.rawValue, details.secret ?? "")
                let page = try await visitor.post("/tra-cuu", ["code": code, "secret": secret]).body
                let answer = try await visitor.api(
                    .post,
                    "/api/v1/look-ups",
                    #"{"code":"\#(code)","secret":"\#(secret)"}"#
                ).object
                return (page, answer["late"] as? [String: Any])
            }
            let intime = try await lookUp()
            #expect(intime.late == nil && !intime.page.contains("Lẽ ra"))
            let fresh = try await house.lan().get("/ho-so/\(id)?filed=1").body
            #expect(fresh.contains("10:00 29/12/2025"), "the promise is a moment, not “eight hours”")

            house.clock.now = Self.at("2026-01-20T09:00")
            let late = try await lookUp()
            #expect(late.late?["what"] as? String == "first-answer")
            #expect(late.late?["since"] as? String == "2025-12-29T03:00:00.000Z")
            let lan = try await house.lan()
            for page in [late.page, try await lan.get("/ho-so/\(id)").body] {
                for text in ["Cơ quan chậm trả lời", "10:00 29/12/2025", "Sở Tư pháp Hà Nội", "Số 1 phố Thử"] {
                    #expect(page.contains(text), "missing: \(text)")
                }
                #expect(!page.contains("Cán bộ"), "no officer is named")
            }
            #expect(try await lan.get("/ho-so").body.contains("Chậm trả lời"))

            let leader = try await house.officer(.leader)
            let board = try await leader.get("/work/board?show=answer-late")
            #expect(board.links.contains("/work/dossiers/\(id)") && board.body.contains("10:00 29/12/2025"))
            #expect(try await leader.get("/work/inbox/answer-late").links.contains("/work/dossiers/\(id)"))
            #expect(
                try await leader.get("/work/board").links.contains(
                    "/work/board?show=answer-late&amp;agency=\(House.justice)"
                )
            )

            try await house.act("accept", on: id, by: .reception)
            #expect(try await lookUp().late == nil, "answered, however late")
            house.clock.advance(by: .days(60))
            let overdue = try await lookUp()
            #expect(overdue.late?["what"] as? String == "result" && overdue.page.contains("quá hạn giải quyết"))
            let asked = #"{"text":"Thiếu","components":["household"]}"#
            try await house.act("hand-over", on: id, by: .reception)
            try await house.act("supplement", on: id, by: .caseOfficer, asked)
            #expect(try await lookUp().late == nil, "the agency owes nothing while the applicant is waited for")
        }
    }

    // MARK: - In somebody's list

    @Test(arguments: TestDatabase.kinds)
    func `a dossier lies at every moment in the list of somebody who can act on it`(kind: TestDatabase) async throws {
        try await kind.room { room in
            let staff = [
                Room.hoa, Room.binh, Room.dung, Room.mai, Room.tam,
                Room.officer("la", in: Room.elsewhere, .caseOfficer),
            ]
            let note = DossierTests.note
            let wanted = Dossier.Command.requestSupplement(
                by: Room.binh,
                items: [DossierTests.missing],
                reason: note,
                answerBy: nil,
                ground: nil
            )
            let brought = Dossier.Command.receiveSupplement(
                by: Room.hoa,
                answers: [SupplementAnswer(component: DossierTests.missing.component, papers: [], word: note)],
                message: nil,
                due: nil
            )
            let way: [Dossier.Command] = [
                .accept(by: Room.hoa, due: room.clock.now + .days(9)), .handOver(by: Room.hoa, to: nil),
                .assign(by: Room.binh, to: Room.binh.id), wanted, brought,
                .requireObligation(by: Room.binh, amount: Money(dong: 1000), ground: note),
                .meetObligation(by: Room.binh, due: nil),
                .pass(
                    by: Room.binh,
                    to: Room.elsewhere,
                    request: note,
                    due: room.clock.now + .days(3),
                    at: room.clock.now
                ),
                .recall(by: Room.binh, reason: note), .askWithdrawal(by: Room.lan, reason: nil),
                .declineWithdrawal(by: Room.hoa, reason: note),
                .prepareResult(by: Room.binh, outcome: .granted, files: [Room.result], explanation: nil),
                .completeStep(by: Room.binh, remark: nil), .sendBack(by: Room.dung, remark: note),
                .completeStep(by: Room.binh, remark: nil), .completeStep(by: Room.dung, remark: nil),
                .completeStep(by: Room.mai, remark: nil),
                .returnResult(by: Room.tam, method: .counter, collector: note),
            ]
            let id = try await room.file().dossier
            func stranded() async throws -> [ID<Dossier>] {
                try await room.book.stranded(among: staff, now: room.clock.now)
            }
            #expect(try await stranded() == [])
            for command in way {
                try await room.perform(command, on: id)
                #expect(try await stranded() == [], "\(command)")
            }
            // It would be found: with nobody at reception a new filing lies in no list.
            let lost = try await room.file().dossier
            #expect(try await room.book.stranded(among: [Room.binh, Room.tam], now: room.clock.now) == [lost])
        }
    }
}
