import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// A dossier that another agency does a part of.
struct PassingTests {
    private static let partner = ID<Agency>(rawValue: "stp-dn")
    private static let abroad = ActingOfficer(id: ID(rawValue: "vy"), agency: partner, roles: [.caseOfficer])
    private static let chief = ActingOfficer(id: ID(rawValue: "son"), agency: partner, roles: [.leader])
    private static let now = DossierTests.due + Span.days(-3), wanted = DossierTests.due + Span.days(-1)
    private static let ask = Dossier.Event.passage(.passed(to: partner, request: DossierTests.note, due: wanted))

    private static func pass(by officer: ActingOfficer, to agency: ID<Agency> = partner, due: Instant = wanted)
        -> Dossier.Command
    {
        .pass(by: officer, to: agency, request: DossierTests.note, due: due, at: now)
    }

    private func refusal(_ dossier: Dossier, _ command: Dossier.Command) -> Dossier.Refusal? {
        do throws(Dossier.Refusal) {
            _ = try dossier.decide(command)
            return nil
        } catch { return error }
    }

    private var passed: Dossier {
        Dossier(replaying: DossierTests.inProcess + [.assignment(.assigned(to: DossierTests.examiner.id)), Self.ask])
    }

    @Test func `whoever does the step, or leads, passes it on, to another agency and with a day to come`() throws {
        let dossier = Dossier(replaying: DossierTests.inProcess)
        #expect(try dossier.decide(Self.pass(by: DossierTests.examiner)) == [Self.ask])
        #expect(try dossier.decide(Self.pass(by: DossierTests.leader)) == [Self.ask])
        #expect(refusal(dossier, Self.pass(by: DossierTests.clerk)) == .notYourRole(needed: .caseOfficer))
        #expect(refusal(dossier, Self.pass(by: DossierTests.examiner, to: DossierTests.justice)) == .passedToItself)
        #expect(refusal(dossier, Self.pass(by: DossierTests.examiner, due: Self.now)) == .partDueInThePast)
        #expect(refusal(dossier, Self.pass(by: Self.abroad)) == .notYourAgency)
        #expect(refusal(passed, Self.pass(by: DossierTests.examiner)) == .passedOn(to: Self.partner))
    }

    @Test func `the other agency shares it out and answers, and nothing else`() throws {
        var dossier = passed
        #expect(dossier.currentRole == .caseOfficer && dossier.holder == nil && dossier.desk == Self.partner)
        dossier.evolve(try #require(try dossier.decide(.assign(by: Self.abroad, to: Self.abroad.id)).first))
        #expect(refusal(dossier, .completeStep(by: Self.abroad, remark: nil)) == .notYourAgency)
        #expect(refusal(dossier, .stop(by: Self.chief, reason: DossierTests.note)) == .notYourAgency)
        for officer in [Self.abroad, Self.chief] {
            let answer = Dossier.Command.passBack(by: officer, answer: DossierTests.note, files: [])
            #expect(try dossier.decide(answer) == [.passage(.passedBack(answer: DossierTests.note, files: []))])
        }
        let own = Dossier.Command.passBack(by: DossierTests.examiner, answer: DossierTests.note, files: [])
        #expect(refusal(dossier, own) == .passedOn(to: Self.partner))
        dossier.evolve(.passage(.passedBack(answer: DossierTests.note, files: [])))
        #expect(dossier.holder == DossierTests.examiner.id && dossier.desk == DossierTests.justice)
        #expect(!dossier.isVisible(to: Self.partner))
        #expect(
            refusal(dossier, .passBack(by: Self.abroad, answer: DossierTests.note, files: [])) == .notPassed
        )
    }

    @Test func `its own agency stays answerable: it may extend, stop, ask and take back, but does no step meanwhile`() {
        let blocked: [Dossier.Command] = [
            .completeStep(by: DossierTests.examiner, remark: nil),
            .sendBack(by: DossierTests.examiner, remark: DossierTests.note),
            .prepareResult(by: DossierTests.examiner, outcome: .denied, files: [], explanation: DossierTests.note),
            .assign(by: DossierTests.leader, to: DossierTests.examiner.id),
        ]
        for command in blocked { #expect(refusal(passed, command) == .passedOn(to: Self.partner)) }
        let open: [Dossier.Command] = [
            .extend(
                by: DossierTests.leader,
                to: DossierTests.due + Span.days(9),
                reason: DossierTests.note,
                asException: false,
                at: Self.now
            ),
            .stop(by: DossierTests.leader, reason: DossierTests.note),
            .requestSupplement(
                by: DossierTests.examiner,
                items: [SupplementItem(component: "a")],
                reason: DossierTests.note,
                answerBy: nil,
                ground: nil
            ),
            .recall(by: DossierTests.examiner, reason: DossierTests.note),
        ]
        for command in open { #expect(refusal(passed, command) == nil) }
        let foreign = Dossier.Command.recall(by: Self.abroad, reason: DossierTests.note)
        #expect(refusal(passed, foreign) == .notYourAgency)
    }

    @Test func `what ends while it is away is with nobody any more`() {
        for end in [Dossier.Event.processing(.stopped(reason: DossierTests.note)), .withdrawal(.withdrawn)] {
            var dossier = passed
            dossier.evolve(end)
            #expect(dossier.passage == nil && dossier.holder == nil && !dossier.isVisible(to: Self.partner))
            #expect(PassedParts([]).parts.isEmpty)
        }
    }

    // MARK: - Through the pages

    @Test(arguments: TestDatabase.kinds)
    func `a dossier goes to another agency and back with an answer`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            let (own, other) = (try await house.officer(.caseOfficer), try await house.stranger())
            let path = "/work/dossiers/\(id)"
            #expect(try await other.get(path).status == 404)
            try await house.act("take", on: id, by: .caseOfficer)

            let form = try await own.get("\(path)/act/pass")
            #expect(form.body.contains("Sở Tư pháp Đà Nẵng") && !form.body.contains("value=\"\(House.justice)\""))
            // Nobody serves in the ward, so nothing may be sent there to lie.
            let nowhere = try await own.post(
                "\(path)/act/pass",
                ["agency": House.ward, "by": "31/02/2026", "text": "Đề nghị xác minh"]
            )
            #expect(nowhere.status == 422 && Set(nowhere.marked) == ["agency", "by"])
            #expect(nowhere.body.contains("Đề nghị xác minh"))

            let today = house.clock.now.localDate
            let day = WorkingCalendar(days: CalendarDays()).workingDay(after: today)
            let sent = try await own.post(
                "\(path)/act/pass",
                ["agency": House.danang, "by": day.vietnamese, "text": "Đề nghị xác minh nơi cư trú"]
            )
            #expect(sent.status == 303)
            let row = try await house.row(id)
            #expect(row.standing.partner?.rawValue == House.danang && row.holder == nil)
            #expect(try await own.get("/work/inbox/passed").links.contains(path))
            #expect(!(try await own.get("/work/inbox/mine").links.contains(path)))
            #expect(try await own.get(path).body.contains("Sở Tư pháp Đà Nẵng"))

            #expect(try await other.get("/work/inbox/received").links.contains(path))
            #expect(try await other.get("/work/inbox/turn-caseOfficer").links.contains(path))
            let seen = try await other.get(path)
            #expect(seen.body.contains("Đề nghị xác minh nơi cư trú") && !seen.body.contains("Mã tra cứu"))
            try await expectNoSecret(of: id, printedFor: other, but: own, in: house)
            #expect(try await other.post("\(path)/act/take").status == 303)
            #expect(try await other.get("/work/inbox/mine").links.contains(path))
            let refused = try await own.api(.post, "/api/v1/work/dossiers/\(id)/acts/complete-step", "{}")
            #expect(refused.status == 409 && refused.body.contains("passed-on"))

            let silent = try await other.upload("\(path)/pass-back", [.field("text", " ")])
            #expect(silent.status == 422 && silent.marked == ["text"])
            let answered = try await other.upload(
                "\(path)/pass-back",
                [.field("text", "Có cư trú"), .file("paper-answer", "tra-loi.pdf", Paper.pdf)]
            )
            #expect(answered.status == 303)
            #expect(try await other.get(path).status == 404)

            let back = try await own.get(path)
            #expect(back.body.contains("Có cư trú") && back.body.contains("tra-loi.pdf"))
            #expect(back.body.contains("Lê Đà Nẵng"))
            #expect(try await own.get("/work/inbox/mine").links.contains(path))
            let slip = try await own.get("\(path)/papers/control-slip")
            #expect(slip.status == 200)
            let citizen = try await house.lan().get("/ho-so/\(id)")
            #expect(citizen.body.contains("Sở Tư pháp Đà Nẵng phối hợp giải quyết"))
            #expect(!citizen.body.contains("Đề nghị xác minh") && !citizen.body.contains("Có cư trú"))
            #expect(!citizen.body.contains("tra-loi.pdf"))
            #expect(try await house.isClean())
        }
    }

    /// The look-up secret is the applicant's: a partner's prints hold neither it nor the QR code with it.
    private func expectNoSecret(of id: String, printedFor other: Browser, but own: Browser, in house: House)
        async throws
    {
        let secret = try #require(try await house.desk.book.details(ID(rawValue: id))?.secret)
        let names = try #require(
            try await other.api(.get, "/api/v1/work/dossiers/\(id)").object["printable"] as? [String]
        )
        #expect(names.contains("receipt"))
        let papers = names.map { "/work/dossiers/\(id)/papers/\($0)" } + ["/work/papers/receipt?dossier=\(id)"]
        for paper in papers {
            let answer = try await other.get(paper)
            #expect(answer.status == 200, "\(paper)")
            #expect(!(try await read(answer)).contains(secret), "\(paper) tells the secret")
        }
        let receipt = try await read(other.get("/work/dossiers/\(id)/papers/receipt"))
        #expect(receipt.contains("chỉ in trên bản giao người nộp"))
        let ours = try await read(own.get("/work/dossiers/\(id)/papers/receipt"))
        #expect(ours.contains(secret))
    }

    @Test(arguments: TestDatabase.kinds)
    func `programs pass it on, back, and take it back`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            let acts = "/api/v1/work/dossiers/\(id)/acts"
            let (own, other) = (try await house.officer(.caseOfficer), try await house.stranger())
            let day = WorkingCalendar(days: CalendarDays()).workingDay(after: house.clock.now.localDate).rawValue
            let order = #"{"agency":"\#(House.danang)","by":"\#(day)","text":"Xác minh"}"#
            let sent = try await own.api(.post, "\(acts)/pass", order)
            #expect(sent.status == 200 && sent.body.contains(#""partner":"\#(House.danang)""#))
            let listed = try await other.api(.get, "/api/v1/work/inboxes/received")
            #expect(listed.body.contains(#""partDueAt":"#) && listed.body.contains(id))
            #expect(try await other.api(.post, "\(acts)/pass-back", #"{"text":"Đúng"}"#).status == 204)
            #expect(try await other.api(.get, "/api/v1/work/dossiers/\(id)").status == 404)

            #expect(try await own.api(.post, "\(acts)/pass", order).status == 200)
            #expect(try await own.api(.post, "\(acts)/recall", #"{"text":"Không cần nữa"}"#).status == 200)
            let done = try await other.api(.post, "\(acts)/pass-back", #"{"text":"Muộn"}"#)
            #expect(done.status == 404)
            #expect(try await house.isClean())
        }
    }
}
