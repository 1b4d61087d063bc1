import HTTPTypes
import Kernel
import Logging
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Dossiers
@testable import Registers

private typealias Sample = DossierTests

/// Whoever errs can put it right, and the history keeps both.
struct CorrectionTests {
    private static let counter = [
        Dossier.Event.filing(.filed(filing: Sample.filing(.counter, returnBy: .counter, applicant: nil))),
        .filing(.accepted(due: Sample.due)),
    ]

    @Test(
        arguments: [
            (
                counter, .answers(by: Sample.receiver, fields: [], content: Sample.note, reason: Sample.note),
                .nothingCorrected
            ),
            (
                counter, .answers(by: Sample.leader, fields: ["a.b"], content: Sample.note, reason: Sample.note),
                .notYourRole(needed: .reception)
            ),
            (
                Sample.inProcess,
                .answers(by: Sample.receiver, fields: ["a.b"], content: Sample.note, reason: Sample.note),
                .notYourRole(needed: .caseOfficer)
            ),
            // What the leader has before them does not change.
            (
                Sample.prepared + [.processing(.stepCompleted(step: 1, remark: nil))],
                .answers(by: Sample.examiner, fields: ["a.b"], content: Sample.note, reason: Sample.note),
                .notYourRole(needed: .caseOfficer)
            ),
            (
                Sample.finished,
                .answers(by: Sample.examiner, fields: ["a.b"], content: Sample.note, reason: Sample.note),
                .notPossible(stage: .finished)
            ),
            (counter, .channel(by: Sample.receiver, to: .counter, due: nil, reason: Sample.note), .nothingCorrected),
            (
                [Sample.filed, Sample.accepted],
                .channel(by: Sample.receiver, to: .post, due: nil, reason: Sample.note), .filedByApplicant
            ),
            (
                [Sample.filed, Sample.accepted], .cancelIntake(by: Sample.receiver, reason: Sample.note),
                .filedByApplicant
            ),
            (
                counter + [.assignment(.handedOver(to: nil))], .cancelIntake(by: Sample.receiver, reason: Sample.note),
                .notPossible(stage: .processing)
            ),
            (counter, .cancelIntake(by: Sample.examiner, reason: Sample.note), .notYourRole(needed: .reception)),
        ] as [([Dossier.Event], CorrectionCommand, Dossier.Refusal)]
    )
    func `is refused to whoever may not, and where nothing is wrong`(
        past: [Dossier.Event],
        command: CorrectionCommand,
        refusal: Dossier.Refusal
    ) {
        #expect(throws: refusal) { try Dossier(replaying: past).decide(.correct(command)) }
    }

    @Test func `a dossier taken in by mistake has ended, one that came another way has that way's day`() throws {
        var dossier = Dossier(replaying: Self.counter)
        let later = Sample.due + .days(2)
        for event in try dossier.decide(
            .correct(.channel(by: Sample.receiver, to: .post, due: later, reason: Sample.note))
        ) {
            dossier.evolve(event)
        }
        #expect(dossier.channel == .post && dossier.due == later)
        for event in try dossier.decide(.correct(.cancelIntake(by: Sample.receiver, reason: Sample.note))) {
            dossier.evolve(event)
        }
        #expect(dossier.stage == .cancelled && dossier.stage.nationalState == nil)
    }

    @Test(arguments: TestDatabase.kinds)
    func `corrected answers stand in the lists, are found there, and no number counts what was cancelled`(
        kind: TestDatabase
    ) async throws {
        try await kind.room { room in
            let follower = FollowerService(
                database: room.database,
                followers: [Tally()],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let id = try await room.file(Room.submission(channel: .counter, returnBy: .counter, by: nil)).dossier
            try await room.perform(.accept(by: Room.hoa, due: nil), on: id)
            let (right, why) = (
                DossierTexts.Draft(Room.answers("Nguyễn Thị Loan", phone: "0912000009"), .answers, at: room.clock.now),
                room.text("Gõ nhầm tên")
            )
            try await room.perform(
                .correct(
                    .answers(
                        by: Room.hoa,
                        fields: ["applicant.fullName", "applicant.phone"],
                        content: right.sealed,
                        reason: why.sealed
                    )
                ),
                on: id,
                texts: [right, why]
            )
            #expect(try await room.details(id).row.applicantName == "Nguyễn Thị Loan")
            #expect(try await room.book.search("loan", agency: Room.justice).map(\.id) == [id])
            #expect(try await room.book.search("0912000001", agency: Room.justice).isEmpty)
            #expect(try await room.differences() == [])
            try await follower.catchUp()
            let mistake = room.text("Nhập hai lần")
            try await room.perform(
                .correct(.cancelIntake(by: Room.hoa, reason: mistake.sealed)),
                on: id,
                texts: [mistake]
            )
            try await follower.catchUp()
            #expect(try await room.count("SELECT SUM(count) FROM dossier_tally") == 0)
            #expect(try await room.book.verifyTally() == [])
            #expect(try await room.differences() == [])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `an officer corrects one field with a reason, by page or program, and everybody sees it`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.bring(id, to: .processing)
            let path = "/work/dossiers/\(id)"
            #expect(try await house.officer(.reception).get("\(path)/act/correct-answers").status == 403)
            let examiner = try await house.officer(.caseOfficer)
            let page = try await examiner.get("\(path)/act/correct-answers").body
            #expect(page.contains("Nguyễn Thị Lan") && page.contains("Xin việc"))
            let same = try await examiner.post("\(path)/act/correct-answers", ["text": "Sai tên"])
            #expect(same.status == 422 && same.body.contains("Chưa sửa gì"))
            let wrong = try await examiner.post(
                "\(path)/act/correct-answers",
                ["applicant.phone": "12", "text": "Sai số"]
            )
            #expect(wrong.status == 422 && wrong.marked == ["applicant-phone"] && wrong.body.contains("Sai số"))
            let unreasoned = try await examiner.post(
                "\(path)/act/correct-answers",
                ["applicant.fullName": "Nguyễn Thị Loan"]
            )
            #expect(unreasoned.status == 422 && unreasoned.marked == ["text"] && unreasoned.body.contains("Loan"))
            let done = try await examiner.post(
                "\(path)/act/correct-answers",
                ["applicant.fullName": "Nguyễn Thị Loan", "text": "Theo căn cước"]
            )
            #expect(done.location.hasPrefix("\(path)?since="))
            let after = try await examiner.get(path).body
            #expect(
                after.contains("Nguyễn Thị Loan") && after.contains("Sửa nội dung khai")
                    && after.contains("Theo căn cước")
            )
            #expect(try await lan.get("/ho-so/\(id)").body.contains("Theo căn cước"))
            // The applicant reads what they filed, with what it was corrected to and why, and opens their papers.
            let declared = try await lan.get("/ho-so/\(id)/to-khai")
            for text in ["Nguyễn Thị Lan<", "Nay sửa thành: Nguyễn Thị Loan", "Theo căn cước", "Xin việc", "Số 1"] {
                #expect(declared.body.contains(text), "the declaration leaves out “\(text)”")
            }
            #expect(declared.links.contains { $0.hasPrefix("/ho-so/\(id)/tep/") })
            #expect(try await house.officer(.caseOfficer).get("/ho-so/\(id)/to-khai").status != 200)
            let answers = House.complete.replacing("Xin việc", with: "Đi học")
            let program = try await examiner.api(
                .post,
                "/api/v1/work/dossiers/\(id)/acts/correct-answers",
                "{\"answers\":\(answers.replacing("Thị Lan", with: "Thị Loan")),\"text\":\"Theo đơn\"}"
            )
            #expect(program.status == 200 && program.body.contains("Đi học"))
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `fee, papers and way of return of an intake are corrected, and the receipt says so`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            let odd = """
                {"procedure":"\(Procedures.copies)","situation":"self","returnBy":"counter",\
                "answers":\(RecordedClaimsTests.answers),"feePaid":{"amount":17000}}
                """
            let asked = try await reception.api(.post, "/api/v1/work/intake", odd)
            #expect(asked.status == 422 && asked.body.contains("feeDiffers") && asked.body.contains("16.000 đồng"))
            let taken = try await reception.api(
                .post,
                "/api/v1/work/intake",
                odd.replacing("17000", with: "17000,\"differs\":true")
            )
            let id = try #require(try taken.object["id"] as? String, "\(taken.body)")
            let path = "/work/dossiers/\(id)"
            let first = try await read(reception.get("\(path)/papers/receipt"))
            #expect(!first.contains("BẢN SỬA") && first.contains("17.000 đồng"))
            house.clock.advance(by: .minutes(5))
            let fee = try await reception.post("\(path)/act/correct-fee", ["amount": "16.000", "text": "Gõ nhầm"])
            #expect(fee.location.hasPrefix("\(path)?since="), "\(fee.body)")
            #expect(try await reception.get(fee.location).body.contains("In giấy tiếp nhận bản sửa"))
            let same = try await reception.post("\(path)/act/correct-fee", ["amount": "16.000", "text": "Gõ nhầm"])
            #expect(same.status == 422)
            let withoutSum = try await reception.post("\(path)/act/correct-fee", ["receipt": "12", "text": "Gõ nhầm"])
            #expect(withoutSum.status == 422 && withoutSum.marked.contains("receipt"), "the receipt is at fault")
            let inPart = try await reception.post("\(path)/act/correct-fee", ["amount": "8.000,5", "text": "Gõ nhầm"])
            #expect(inPart.status == 422 && inPart.marked.contains("amount"))
            let unreasoned = try await reception.post("\(path)/act/correct-fee", ["amount": "8.000"])
            #expect(unreasoned.status == 422 && unreasoned.marked.contains("text"))
            let page = try await reception.get(path).body
            #expect(page.contains("17.000 đồng → 16.000 đồng") && page.contains("Gõ nhầm"))
            let second = try await read(reception.get("\(path)/papers/receipt"))
            #expect(second.contains("BẢN SỬA") && second.contains("nộp 16.000 đồng") && !second.contains("17.000"))
            #expect(try await house.isClean())
        }
    }
}
