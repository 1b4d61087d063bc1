import Agencies
import Kernel
import Testing
import Web

@testable import DossierCore

struct DossierTests {
    static let justice = ID<Agency>(rawValue: "stp-hn"), elsewhere = ID<Agency>(rawValue: "stp-dn")
    static let lan = ID<Citizen>(rawValue: "lan"), minh = ID<Citizen>(rawValue: "minh")
    static let note = SealedText(text: ID(rawValue: "n1"), digest: "d9")
    static let receiver = officer("hoa", .reception), examiner = officer("binh", .caseOfficer)
    static let leader = officer("dung", .leader), clerk = officer("mai", .clerk), returner = officer("tam", .returns)
    static let stranger = ActingOfficer(id: ID(rawValue: "x"), agency: elsewhere, roles: Set(Role.allCases))
    static let missing = SupplementItem(component: "id-copy")
    static let brought = [SupplementAnswer(component: "id-copy", papers: [FiledPaper(component: "id-copy")])]
    static let due = Instant(milliseconds: 1_629_450_000_000)
    static let ground = RecountGround(
        entry: ID(rawValue: "e1"),
        document: LegalDocument(number: "12/QĐ", date: LocalDate(rawValue: "2026-11-23")!),
        reason: "bão"
    )
    static let result = ResultFile(
        result: "certificate",
        file: FileReference(attachment: ID(rawValue: "f9"), digest: "ab", bytes: 3)
    )

    static func officer(_ name: String, _ roles: Role...) -> ActingOfficer {
        ActingOfficer(id: ID(rawValue: name), agency: justice, roles: Set(roles))
    }

    static let plan = [
        PlannedStep(key: "receive", role: .reception, hours: 2),
        PlannedStep(key: "examine", role: .caseOfficer, hours: 40),
        PlannedStep(key: "sign", role: .leader, hours: 8),
        PlannedStep(key: "issue", role: .clerk, hours: 2),
    ]

    static func filing(
        _ channel: Channel = .online,
        returnBy: ReturnMethod = .online,
        applicant: ID<Citizen>? = lan,
        steps: [PlannedStep] = plan
    ) -> Filing {
        Filing(
            code: DossierCode(rawValue: "000.00.19.H26-210806-0007")!,
            procedure: "2.000488",
            revision: 0,
            situation: nil,
            agency: justice,
            channel: channel,
            returnBy: returnBy,
            applicant: applicant,
            content: SealedText(text: ID(rawValue: "t1"), digest: "d1"),
            papers: [],
            steps: steps
        )
    }

    static let filed = Dossier.Event.filing(.filed(filing: filing()))
    static let accepted = Dossier.Event.filing(.accepted(due: due))
    static let inProcess = [filed, accepted, .assignment(.handedOver(to: nil))]
    static let prepared = inProcess + [.result(.prepared(outcome: .granted, files: [result], explanation: nil))]
    static let finished =
        prepared + [
            .processing(.stepCompleted(step: 1, remark: nil)), .processing(.stepCompleted(step: 2, remark: nil)),
            .processing(.stepCompleted(step: 3, remark: nil)), .result(.finished(outcome: .granted)),
        ]

    @Test
    func `travels from filing to the returned result`() throws {
        var dossier = Dossier()
        let journey: [(Dossier.Command, Stage, Int)] = [
            (.file(Self.filing(returnBy: .counter)), .filed, 1),
            (.accept(by: Self.receiver, due: Self.due), .accepted, 2),
            (.handOver(by: Self.receiver, to: nil), .processing, 4),
            (.assign(by: Self.examiner, to: Self.examiner.id), .processing, 4),
            (
                .prepareResult(by: Self.examiner, outcome: .granted, files: [Self.result], explanation: nil),
                .processing, 4
            ),
            (.completeStep(by: Self.examiner, remark: nil), .processing, 4),
            (.completeStep(by: Self.leader, remark: nil), .processing, 4),
            (.completeStep(by: Self.clerk, remark: nil), .finished, 9),
            (.returnResult(by: Self.returner, method: .counter, collector: Room.collector.sealed), .returned, 10),
        ]
        for (command, stage, national) in journey {
            for event in try dossier.decide(command) { dossier.evolve(event) }
            #expect(dossier.stage == stage)
            #expect(dossier.stage.nationalState == national)
        }
        #expect(dossier.results == [Self.result])
        #expect(dossier.outcome == .granted)
    }

    @Test(
        arguments: [
            ([], .accept(by: receiver, due: nil), .notFiled),
            ([filed], .file(filing()), .alreadyFiled),
            ([filed], .accept(by: examiner, due: nil), .notYourRole(needed: .reception)),
            ([filed], .accept(by: stranger, due: nil), .notYourAgency),
            ([filed], .handOver(by: receiver, to: nil), .notPossible(stage: .filed)),
            ([filed], .completeStep(by: examiner, remark: nil), .notPossible(stage: .filed)),
            (
                [filed], .returnResult(by: returner, method: .counter, collector: Room.collector.sealed),
                .notPossible(stage: .filed)
            ),
            ([filed], .askWithdrawal(by: minh, reason: nil), .notYourDossier),
            ([filed], .chooseReturn(by: minh, method: .post), .notYourDossier),
            (
                [filed], .supplement(by: lan, answers: [], message: nil, due: nil),
                .nothingRequested
            ),
            ([filed], .confirmWithdrawal(by: receiver), .noWithdrawalAsked),
            ([filed], .stop(by: leader, reason: note), .notPossible(stage: .filed)),
            ([filed, accepted], .accept(by: receiver, due: nil), .notPossible(stage: .accepted)),
            ([filed, accepted], .refuse(by: receiver, reason: note), .notPossible(stage: .accepted)),
            (
                [filed, accepted, .supplement(.requested(items: [], reason: note, answerBy: nil, ground: nil))],
                .refuse(by: receiver, reason: note), .notPossible(stage: .awaitingSupplement)
            ),
            (
                [
                    filed, .supplement(.requested(items: [], reason: note, answerBy: nil, ground: nil)),
                    .supplement(.answered(answers: [], message: nil, due: nil)),
                ],
                .requestSupplement(by: receiver, items: [missing], reason: note, answerBy: nil, ground: nil),
                .supplementAlreadyAsked
            ),
            (
                [filed, .supplement(.requested(items: [], reason: note, answerBy: nil, ground: nil))],
                .supplement(by: minh, answers: [], message: nil, due: nil), .notYourDossier
            ),
            (inProcess, .completeStep(by: leader, remark: nil), .notYourRole(needed: .caseOfficer)),
            (inProcess, .sendBack(by: examiner, remark: note), .noEarlierStep),
            (inProcess, .assign(by: clerk, to: clerk.id), .notYourRole(needed: .caseOfficer)),
            (
                inProcess, .prepareResult(by: examiner, outcome: .granted, files: [], explanation: nil), .resultMissing
            ),
            (
                inProcess, .prepareResult(by: examiner, outcome: .denied, files: [result], explanation: nil),
                .resultMissing
            ),
            (
                inProcess + [.processing(.stepCompleted(step: 1, remark: nil))], .completeStep(by: leader, remark: nil),
                .resultMissing
            ),
            (prepared, .askWithdrawal(by: lan, reason: nil), .notPossible(stage: .processing)),
            (prepared, .stop(by: leader, reason: note), .notPossible(stage: .processing)),
            (
                [filed, accepted, .withdrawal(.asked(reason: nil))], .askWithdrawal(by: lan, reason: nil),
                .withdrawalAlreadyAsked
            ),
            (
                [.filing(.filed(filing: filing(returnBy: .post)))] + finished.dropFirst(), .collectOnline(by: lan),
                .notReturnedOnline
            ),
            (
                finished + [.result(.returned(method: .online))], .chooseReturn(by: lan, method: .post),
                .notPossible(stage: .returned)
            ),
        ] as [([Dossier.Event], Dossier.Command, Dossier.Refusal)]
    )
    func `refuses what the rules forbid`(past: [Dossier.Event], command: Dossier.Command, refusal: Dossier.Refusal) {
        #expect(throws: refusal) { try Dossier(replaying: past).decide(command) }
    }

    @Test(arguments: [Stage.filed, .processing])
    func `a supplement brings the dossier back to where it was`(stage: Stage) throws {
        let past = stage == .filed ? [Self.filed] : Self.inProcess
        var dossier = Dossier(
            replaying: past + [
                .supplement(
                    .requested(
                        items: [SupplementItem(component: "id-copy")],
                        reason: Self.note,
                        answerBy: nil,
                        ground: nil
                    )
                )
            ]
        )
        #expect(dossier.stage.nationalState == 5)
        #expect(dossier.requestedItems == [Self.missing])
        let later = Instant(milliseconds: Self.due.milliseconds + 86_400_000)
        for event in try dossier.decide(
            .supplement(
                by: Self.lan,
                answers: Self.brought,
                message: nil,
                due: later
            )
        ) { dossier.evolve(event) }
        #expect(dossier.stage == stage)
        #expect(dossier.due == later)
        #expect(dossier.papers.map(\.component) == ["id-copy"])
    }

    @Test
    func `who has not been received may withdraw alone, later the office confirms`() throws {
        #expect(
            try Dossier(replaying: [Self.filed]).decide(.askWithdrawal(by: Self.lan, reason: nil))
                == [.withdrawal(.asked(reason: nil)), .withdrawal(.withdrawn)]
        )
        let asked = [Self.filed, Self.accepted, .withdrawal(.asked(reason: nil))]
        #expect(
            try Dossier(replaying: asked).decide(.confirmWithdrawal(by: Self.receiver)) == [.withdrawal(.withdrawn)]
        )
        let declined = Dossier(replaying: asked + [.withdrawal(.declined(reason: Self.note))])
        #expect(declined.stage == .accepted)
        #expect(!declined.withdrawalIsAsked)
    }

    @Test
    func `a step sent back is done again by whom it belongs to`() throws {
        var dossier = Dossier(replaying: Self.prepared + [.processing(.stepCompleted(step: 1, remark: nil))])
        #expect(dossier.currentRole == .leader)
        for event in try dossier.decide(.sendBack(by: Self.leader, remark: Self.note)) { dossier.evolve(event) }
        #expect(dossier.currentRole == .caseOfficer)
    }

    @Test
    func `a result is collected online once, and downloaded as often as wanted`() throws {
        #expect(
            try Dossier(replaying: Self.finished).decide(.collectOnline(by: Self.lan)) == [
                .result(.returned(method: .online))
            ]
        )
        #expect(
            try Dossier(replaying: Self.finished + [.result(.returned(method: .online))]).decide(
                .collectOnline(by: Self.lan)
            )
            .isEmpty
        )
    }

    @Test
    func `no result is ever held back because it is late`() throws {
        let late = Dossier(replaying: Self.finished)
        #expect(try late.decide(.returnResult(by: Self.returner, method: .post)) == [.result(.returned(method: .post))])
    }

    @Test
    func `the day is put off once before it comes, and again only as an exception`() throws {
        var dossier = Dossier(replaying: Self.inProcess)
        let later = Self.due + .days(3)
        func extend(to day: Instant, asException: Bool = false, at now: Instant) -> Dossier.Command {
            .extend(by: Self.leader, to: day, reason: Self.note, asException: asException, at: now)
        }
        let early = Self.due + .days(-1)
        #expect(throws: Dossier.Refusal.alreadyLate(since: Self.due)) {
            try dossier.decide(extend(to: later, at: Self.due))
        }
        #expect(throws: Dossier.Refusal.notLater(than: Self.due)) {
            try dossier.decide(extend(to: Self.due, at: early))
        }
        #expect(throws: Dossier.Refusal.notYourRole(needed: .leader)) {
            try dossier.decide(.extend(by: Self.examiner, to: later, reason: Self.note, asException: false, at: early))
        }
        let first = try dossier.decide(extend(to: later, at: early))
        #expect(first == [.clock(.extended(due: later, reason: Self.note, isException: false))])
        for event in first { dossier.evolve(event) }
        #expect(dossier.due == later)
        #expect(throws: Dossier.Refusal.extendedBefore) {
            try dossier.decide(extend(to: later + .days(1), at: early))
        }
        #expect(
            try dossier.decide(extend(to: later + .days(1), asException: true, at: early))
                == [.clock(.extended(due: later + .days(1), reason: Self.note, isException: true))]
        )
    }

    @Test
    func `a wrong result is replaced, and stays readable`() throws {
        var dossier = Dossier(replaying: Self.finished + [.result(.returned(method: .counter))])
        let opened = try dossier.decide(.openCorrection(by: Self.leader, reason: Self.note, due: nil))
        for event in opened { dossier.evolve(event) }
        #expect(dossier.stage == .processing && dossier.currentRole == .caseOfficer)
        #expect(dossier.results.isEmpty && dossier.outcome == nil && dossier.replaced == [Self.result])
        #expect(throws: Dossier.Refusal.notPossible(stage: .processing)) {
            try dossier.decide(.askWithdrawal(by: Self.lan, reason: nil))
        }
        #expect(throws: Dossier.Refusal.notPossible(stage: .processing)) {
            try dossier.decide(.stop(by: Self.leader, reason: Self.note))
        }
        #expect(throws: Dossier.Refusal.notYourRole(needed: .leader)) {
            try Dossier(replaying: Self.finished).decide(
                .openCorrection(by: Self.examiner, reason: Self.note, due: nil)
            )
        }
    }

    @Test
    func `every stage has its national number, each number one stage`() {
        let numbers = Stage.allCases.compactMap(\.nationalState)
        #expect(numbers.sorted() == Array(1...10))
    }

    @Test(
        arguments: [
            ("<agency>-<yyMMdd>-<number:4>", "000.00.19.H26-210806-0007"),
            ("<agency>-<yyyyMMdd>-<number:7>", "000.00.19.H26-20210806-0000007"),
        ]
    )
    func `a code follows its pattern`(pattern: String, code: String) {
        let day = LocalDate(rawValue: "2021-08-06")!
        #expect(DossierCode(pattern: pattern, agency: "000.00.19.H26", day: day, number: 7).rawValue == code)
    }
}
