import Agencies
import Documents
import DossierCore
import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Dossiers
@testable import PrintedPapers

/// What an agency sends, and between whom papers go.
struct LetterTests {
    private static let thing = #"{"text":"Thiếu","components":["household"]}"#

    @Test(arguments: TestDatabase.kinds)
    func `each kind of letter counts for itself, whatever the dossiers are called`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            var ids: [String] = []
            for _ in 1...3 { ids.append(try await house.filed(by: lan)) }
            func number(_ paper: String, of id: String) async throws -> String {
                try await read(house.officer(.reception).get("/work/dossiers/\(id)/papers/\(paper)"))
            }
            // The third dossier gets the first letter.
            try await house.act("supplement", on: ids[2], by: .reception, Self.thing)
            try await house.act("refuse", on: ids[1], by: .reception, #"{"text":"Sai thẩm quyền"}"#)
            try await house.act("supplement", on: ids[0], by: .reception, Self.thing)
            #expect(try await number("supplement-request", of: ids[2]).contains("Số: 0001/HDHS"))
            #expect(try await number("refusal", of: ids[1]).contains("Số: 0001/TCHS"))
            #expect(try await number("supplement-request", of: ids[0]).contains("Số: 0002/HDHS"))

            // What does not happen uses no number.
            let again = try await house.officer(.reception).api(
                .post,
                "/api/v1/work/dossiers/\(ids[1])/acts/refuse",
                #"{"text":"Lần nữa"}"#
            )
            #expect(again.status == 409)
            #expect(try await house.count("SELECT COUNT(*) FROM letter") == 3)

            // The years count apart.
            house.clock.advance(by: .days(60))
            let later = try await house.filed(by: try await house.lan())
            try await house.act("refuse", on: later, by: .reception, #"{"text":"Sai thẩm quyền"}"#)
            #expect(try await number("refusal", of: later).contains("Số: 0001/TCHS"))
            #expect(try await house.book.verifyLetters() == [])
            try await house.database.transaction { tx in
                try tx.execute("UPDATE letter SET kind = 'XLHS' WHERE number = 2")
            }
            #expect(try await house.book.verifyLetters().count == 1)
        }
    }

    @Test
    func `a letter from before there were series keeps the number of its dossier`() async throws {
        try await House.open(on: .sqlite) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.act("refuse", on: id, by: .reception, #"{"text":"Sai thẩm quyền"}"#)
            try await house.database.transaction { tx in try tx.execute("DELETE FROM letter") }
            let text = try await read(house.officer(.reception).get("/work/dossiers/\(id)/papers/refusal"))
            let running = try #require(try await house.row(id).code.rawValue.split(separator: "-").last)
            #expect(text.contains("Số: \(running)/TCHS"))
            #expect(try await house.book.verifyLetters() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `before the day time is asked for, after it only an apology is offered, and it moves nothing`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .processing)
            let api = "/api/v1/work/dossiers/\(id)"
            func acts() async throws -> Set<String> {
                let acts = try await house.officer(.leader).api(.get, api).object["acts"] as? [String]
                return Set(acts ?? []).intersection(["extend", "apologise-late"])
            }
            #expect(try await acts() == ["extend"])
            let wish = #"{"text":"Chờ xác minh","date":"2027-03-01"}"#
            let early = try await house.officer(.leader).api(.post, "\(api)/acts/apologise-late", wish)
            #expect(early.status == 409 && early.body.contains("chưa quá hạn"))

            let due = try #require(try await house.row(id).dueAt)
            house.clock.now = due + .days(3)
            #expect(try await acts() == ["apologise-late"])
            let page = try await house.officer(.leader).get("/work/dossiers/\(id)").body
            #expect(page.contains("Xin lỗi vì đã quá hạn") && !page.contains("Xin lỗi và gia hạn"))
            let past = try await house.officer(.leader).api(
                .post,
                "\(api)/acts/apologise-late",
                #"{"text":"Chờ xác minh","date":"2026-11-24"}"#
            )
            #expect(try past.status == 422 && past.wrong == ["date"])
            try await house.act("apologise-late", on: id, by: .leader, wish)
            #expect(try await house.row(id).dueAt == due, "what was owed is still owed")
            let letter = try await read(house.lan().get("/ho-so/\(id)/giay/late-apology"))
            for text in ["THƯ XIN LỖI", "Chờ xác minh", "01/03/2027", "0001/TXL", "Cán bộ Dũng", "đã quá hạn"] {
                #expect(letter.contains(text), "missing: \(text)")
            }
            #expect(!letter.contains("gia hạn thời gian"))
            let told = try await house.lan().get("/ho-so/\(id)").body
            #expect(told.contains("Hồ sơ đã quá hạn giải quyết") && told.contains("01/03/2027"))
            #expect(try await house.isClean())
        }
    }

    // MARK: - From hand to hand

    @Test
    func `the slip names who moved a dossier, and who went on with it`() throws {
        let (hoa, binh, dung) = (Room.hoa.id, Room.binh.id, Room.dung.id)
        func officer(_ id: ID<Officer>) -> Actor { .officer(id: id) }
        let past: [(Actor, Dossier.Event)] = [
            (.citizen(id: Room.lan), DossierTests.filed), (officer(hoa), DossierTests.accepted),
            (officer(hoa), .assignment(.handedOver(to: binh))),
            // Bình is away: the leader takes it from his desk and gives it to Hoa.
            (officer(dung), .assignment(.assigned(to: hoa))),
            (officer(hoa), .processing(.stepCompleted(step: 1, remark: nil))),
            // Nobody said that they took it; the leader went on with it.
            (officer(dung), .processing(.stepCompleted(step: 2, remark: nil))),
        ]
        let history = past.enumerated().map { index, moment in
            Recorded(
                version: index + 1,
                circumstances: Circumstances(at: DossierTests.due + Span.minutes(index), actor: moment.0),
                event: moment.1
            )
        }
        let trail = HandOverTrail(
            history,
            applicant: "Lan",
            names: [hoa: "Hoa", binh: "Bình", dung: "Dũng"],
            calendar: WorkingCalendar(days: CalendarDays())
        )
        #expect(trail.handOvers.map(\.giver) == ["Hoa", "Dũng (chuyển từ Bình)", "Hoa", "Dũng"])
        #expect(trail.handOvers.map(\.receiver) == ["Bình", "Hoa", "Dũng", ""])
    }

    @Test(arguments: TestDatabase.kinds)
    func `a list names its printer only for what they hold, and otherwise whom the record names`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.act("accept", on: id, by: .reception)
            func list(_ sheet: String, by role: Role) async throws -> String {
                try await read(house.officer(role).get("/work/papers/\(sheet)?dossier=\(id)"))
            }
            #expect(try await list("hand-over", by: .reception).contains("Cán bộ Hoa"))
            #expect(
                try await !list("hand-over", by: .auditor).contains("Cán bộ Thanh"),
                "an auditor hands nothing over"
            )
            try await house.act("hand-over", on: id, by: .reception)
            try await house.act("take", on: id, by: .caseOfficer)
            let recorded = try await list("hand-over", by: .leader)
            for name in ["Cán bộ Hoa", "Cán bộ Bình"] { #expect(recorded.contains(name), "missing: \(name)") }
            #expect(!recorded.contains("Cán bộ Dũng"))
            let own = try await list("hand-over", by: .caseOfficer)
            #expect(own.contains("Cán bộ Bình") && own.contains("Lãnh đạo cơ quan") && !own.contains("Cán bộ Hoa"))
        }
    }
}
