import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Dossiers

private typealias Sample = DossierTests

/// Who decides sees what they decide; what is returned goes its way, and can be taken back while it is fresh.
struct ResultTests {
    @Test func `the step that decides is not completed without a result`() {
        #expect(throws: Dossier.Refusal.resultMissing) {
            try Dossier(replaying: Sample.inProcess).decide(.completeStep(by: Sample.examiner, remark: nil))
        }
    }

    @Test func `whoever examined a dossier signs it only knowingly, and the history says so`() throws {
        var dossier = Dossier(replaying: Sample.prepared)
        for event in try dossier.decide(.completeStep(by: Sample.examiner, remark: nil)) { dossier.evolve(event) }
        let both = Sample.officer(Sample.examiner.id.rawValue, .leader, .caseOfficer)
        #expect(throws: Dossier.Refusal.ownWork) { try dossier.decide(.completeStep(by: both, remark: nil)) }
        #expect(
            try dossier.decide(.completeStep(by: both, remark: nil, signsOwnWork: true)) == [
                .processing(.stepCompleted(step: 2, remark: nil, by: both.id, ownWork: true))
            ]
        )
        #expect(
            try dossier.decide(.completeStep(by: Sample.leader, remark: nil)) == [
                .processing(.stepCompleted(step: 2, remark: nil, by: Sample.leader.id))
            ]
        )
    }

    @Test func `nobody gets a step whose role they do not hold, and a leader takes nobody else's`() {
        let accepted = Dossier(replaying: [Sample.filed, Sample.accepted])
        #expect(throws: Dossier.Refusal.receiverLacksRole(needed: .caseOfficer)) {
            try accepted.decide(.handOver(by: Sample.receiver, to: Sample.clerk.id, holding: [.clerk]))
        }
        let open = Dossier(replaying: Sample.inProcess)
        #expect(throws: Dossier.Refusal.receiverLacksRole(needed: .caseOfficer)) {
            try open.decide(.assign(by: Sample.leader, to: Sample.clerk.id, holding: [.clerk]))
        }
        #expect(throws: Dossier.Refusal.notYourRole(needed: .caseOfficer)) {
            try open.decide(.assign(by: Sample.leader, to: Sample.leader.id))
        }
        #expect(!Take().isOffered(on: open, by: Sample.leader))
        #expect(throws: Dossier.Refusal.receiverLacksRole(needed: .leader)) {
            try Dossier(replaying: Sample.prepared).decide(
                .completeStep(by: Sample.examiner, remark: nil, next: Sample.clerk.id, nextHolds: [.clerk])
            )
        }
    }

    @Test func `a result goes the way that was chosen, with the name of whoever collects it`() throws {
        let online = Dossier(replaying: Sample.finished)
        #expect(throws: Dossier.Refusal.fetchedOnline) {
            try online.decide(.returnResult(by: Sample.returner, method: nil))
        }
        #expect(throws: Dossier.Refusal.collectorMissing) {
            try online.decide(.returnResult(by: Sample.returner, method: .counter))
        }
        #expect(
            try online.decide(.returnResult(by: Sample.returner, method: .post)) == [.result(.returned(method: .post))]
        )
    }

    @Test func `an entry is taken back within minutes, and not later`() throws {
        let until = Sample.due
        let returned = Dossier(
            replaying: Sample.finished + [
                .result(.returned(method: .counter, collector: Sample.note, takenBackUntil: until))
            ]
        )
        let back = Dossier.Command.takeBackReturn(by: Sample.returner, reason: Sample.note, at: until)
        #expect(try returned.decide(back) == [.result(.returnTakenBack(reason: Sample.note))])
        #expect(throws: Dossier.Refusal.nothingToTakeBack) {
            try returned.decide(.takeBackReturn(by: Sample.returner, reason: Sample.note, at: until + .minutes(1)))
        }
        let online = Dossier(replaying: Sample.finished + [.result(.returned(method: .online))])
        #expect(throws: Dossier.Refusal.nothingToTakeBack) { try online.decide(back) }
    }

    @Test func `the signed version is what the applicant gets, and what was submitted is kept`() throws {
        let signed = ResultFile(
            result: "certificate",
            file: FileReference(attachment: ID(rawValue: "f10"), digest: "cd", bytes: 4)
        )
        var dossier = Dossier(
            replaying: Sample.prepared + [
                .processing(.stepCompleted(step: 1, remark: nil)), .processing(.stepCompleted(step: 2, remark: nil)),
            ]
        )
        #expect(throws: Dossier.Refusal.notYourRole(needed: .clerk)) {
            try dossier.decide(.addSigned(by: Sample.examiner, files: [signed]))
        }
        for event in try dossier.decide(.addSigned(by: Sample.clerk, files: [signed])) { dossier.evolve(event) }
        #expect(dossier.results == [signed] && dossier.unsigned == [Sample.result])
    }

    @Test(arguments: TestDatabase.kinds)
    func `rows of before say what the log says of results, and the register forgets a return taken back`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            let id = try await room.file(Room.submission(returnBy: .counter)).dossier
            try await room.file()
            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
            try await room.perform(.handOver(by: Room.hoa, to: nil), on: id)
            try await room.perform(
                .prepareResult(by: Room.binh, outcome: .granted, files: [Room.result], explanation: nil),
                on: id
            )
            try await room.change("UPDATE dossier SET outcome = NULL, result_files = NULL")
            #expect(try await room.differences().count == 1)
            try await room.change(PreparedResult.backfill)
            #expect(try await room.differences() == [])
            for officer in [Room.binh, Room.dung, Room.mai] {
                try await room.perform(.completeStep(by: officer, remark: nil), on: id)
            }
            try await room.perform(
                .returnResult(
                    by: Room.tam,
                    method: .counter,
                    collector: Room.collector.sealed,
                    takenBackUntil: room.clock.now + .minutes(5)
                ),
                on: id
            )
            #expect(try await room.count("SELECT COUNT(returned_at) FROM dossier") == 1)
            try await room.perform(
                .takeBackReturn(by: Room.tam, reason: Room.collector.sealed, at: room.clock.now),
                on: id
            )
            #expect(try await room.count("SELECT COUNT(returned_at) FROM dossier") == 0)
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `everybody who reads a dossier sees its result, and the applicant gets the signed version only`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan, returnBy: "counter")
            try await house.bring(id, to: .processing)
            let path = "/work/dossiers/\(id)"
            let prepared = try await house.officer(.caseOfficer).upload(
                "\(path)/result",
                [.field("outcome", "granted"), .file("paper-certificate", "trinh-ky.pdf", Paper.pdf)]
            )
            #expect(prepared.status == 303)
            try await house.act("complete-step", on: id, by: .caseOfficer)
            for role in [Role.leader, .clerk, .returns, .auditor] {
                let reader = try await house.officer(role)
                let page = try await reader.get(path)
                #expect(page.body.contains("trinh-ky.pdf") && page.body.contains("Chấp thuận"), "\(role)")
                let file = try #require(
                    page.links.first { $0.hasPrefix("\(path)/files/") && page.body.contains("\($0)\">trinh-ky.pdf") }
                )
                #expect(try await reader.get(file).isPDF)
            }
            let list = try await house.officer(.leader).get("/work/inbox/turn-leader")
            #expect(list.body.contains("Kết quả: chấp thuận") && list.links.contains { $0.hasPrefix("\(path)/files/") })
            try await house.act("complete-step", on: id, by: .leader)
            let clerk = try await house.officer(.clerk)
            #expect(try await clerk.get("\(path)/act/add-signed").status == 200)
            let early = try await clerk.upload(
                "\(path)/signed",
                [.file("paper-certificate", "da-ky.pdf", Paper.pdf)]
            )
            #expect(early.status == 422 && early.marked == ["withoutNumber"])
            try await house.act("give-number", on: id, by: .clerk)
            let nothing = try await clerk.upload("\(path)/signed", [])
            #expect(nothing.status == 422 && nothing.marked == ["paper-certificate"])
            let signed = try await clerk.upload("\(path)/signed", [.file("paper-certificate", "da-ky.pdf", Paper.pdf)])
            #expect(signed.location.hasPrefix("\(path)?since="))
            let both = try await clerk.get(path).body
            #expect(both.contains("da-ky.pdf") && both.contains("trinh-ky.pdf") && both.contains("Bản trình ký"))
            try await house.act("complete-step", on: id, by: .clerk)
            let own = try await lan.get("/ho-so/\(id)")
            #expect(own.links.count { $0.hasPrefix("/ho-so/\(id)/tep/") } == 2)
            let returner = try await house.officer(.returns)
            let unsaid = try await returner.post("\(path)/act/return", ["method": "counter"])
            #expect(unsaid.status == 422 && unsaid.marked == ["collector"])
            let stranger = try await returner.post(
                "\(path)/act/return",
                ["method": "counter", "collector": "other", "name": "Lê Văn Ba"]
            )
            #expect(
                stranger.status == 422 && stranger.marked == ["authorisation"] && stranger.body.contains("Lê Văn Ba")
            )
            let given = try await returner.post(
                "\(path)/act/return",
                [
                    "method": "counter", "collector": "other", "name": "Lê Văn Ba", "identity": "001090000001",
                    "authorisation": "Giấy ủy quyền 20/11/2026", "signed": "1",
                ]
            )
            #expect(given.status == 303)
            #expect(try await returner.get(path).body.contains("Lê Văn Ba"))
            let back = try await returner.post("\(path)/act/take-back-return", ["text": "Bấm nhầm"])
            #expect(back.status == 303)
            #expect(try await house.stage(id) == .finished)
            #expect(try await house.isClean())
        }
    }
}
