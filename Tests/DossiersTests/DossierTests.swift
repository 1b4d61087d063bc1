import Agencies
import Foundation
import Kernel
import Testing
import Web

@testable import Dossiers

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

    static let filed = Dossier.Event.filed(filing: filing())
    static let accepted = Dossier.Event.accepted(due: due)
    static let inProcess = [filed, accepted, .handedOver(to: nil)]
    static let prepared = inProcess + [.resultPrepared(outcome: .granted, files: [result], explanation: nil)]
    static let finished =
        prepared + [
            .stepCompleted(step: 1, remark: nil), .stepCompleted(step: 2, remark: nil),
            .stepCompleted(step: 3, remark: nil), .finished(outcome: .granted),
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
            (.returnResult(by: Self.returner, method: .counter), .returned, 10),
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
            ([filed], .returnResult(by: returner, method: .counter), .notPossible(stage: .filed)),
            ([filed], .askWithdrawal(by: minh, reason: nil), .notYourDossier),
            ([filed], .chooseReturn(by: minh, method: .post), .notYourDossier),
            (
                [filed], .supplement(by: lan, answers: [], message: nil, at: due, due: nil),
                .nothingRequested
            ),
            ([filed], .confirmWithdrawal(by: receiver), .noWithdrawalAsked),
            ([filed], .stop(by: leader, reason: note), .notPossible(stage: .filed)),
            ([filed, accepted], .accept(by: receiver, due: nil), .notPossible(stage: .accepted)),
            ([filed, accepted], .refuse(by: receiver, reason: note), .notPossible(stage: .accepted)),
            (
                [filed, accepted, .supplementRequested(components: [], request: note)],
                .refuse(by: receiver, reason: note), .notPossible(stage: .awaitingSupplement)
            ),
            (
                [
                    filed, .supplementRequested(components: [], request: note),
                    .supplemented(content: nil, papers: [], message: nil, due: nil, at: due),
                ],
                .requestSupplement(by: receiver, items: [missing], reason: note, answerBy: nil, ground: nil),
                .supplementAlreadyAsked
            ),
            (
                [filed, .supplementRequested(components: [], request: note)],
                .supplement(by: minh, answers: [], message: nil, at: due, due: nil), .notYourDossier
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
                inProcess + [.stepCompleted(step: 1, remark: nil)], .completeStep(by: leader, remark: nil),
                .resultMissing
            ),
            (prepared, .askWithdrawal(by: lan, reason: nil), .notPossible(stage: .processing)),
            (prepared, .stop(by: leader, reason: note), .notPossible(stage: .processing)),
            (
                [filed, accepted, .withdrawalAsked(reason: nil)], .askWithdrawal(by: lan, reason: nil),
                .withdrawalAlreadyAsked
            ),
            (
                [.filed(filing: filing(returnBy: .post))] + finished.dropFirst(), .collectOnline(by: lan),
                .notReturnedOnline
            ),
            (
                finished + [.returned(method: .online)], .chooseReturn(by: lan, method: .post),
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
        var dossier = Dossier(replaying: past + [.supplementRequested(components: ["id-copy"], request: Self.note)])
        #expect(dossier.stage.nationalState == 5)
        #expect(dossier.requestedItems == [Self.missing])
        let later = Instant(milliseconds: Self.due.milliseconds + 86_400_000)
        for event in try dossier.decide(
            .supplement(
                by: Self.lan,
                answers: Self.brought,
                message: nil,
                at: Self.due,
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
                == [.withdrawalAsked(reason: nil), .withdrawn]
        )
        let asked = [Self.filed, Self.accepted, .withdrawalAsked(reason: nil)]
        #expect(try Dossier(replaying: asked).decide(.confirmWithdrawal(by: Self.receiver)) == [.withdrawn])
        let declined = Dossier(replaying: asked + [.withdrawalDeclined(reason: Self.note)])
        #expect(declined.stage == .accepted)
        #expect(!declined.withdrawalIsAsked)
    }

    @Test
    func `a step sent back is done again by whom it belongs to`() throws {
        var dossier = Dossier(replaying: Self.prepared + [.stepCompleted(step: 1, remark: nil)])
        #expect(dossier.currentRole == .leader)
        for event in try dossier.decide(.sendBack(by: Self.leader, remark: Self.note)) { dossier.evolve(event) }
        #expect(dossier.currentRole == .caseOfficer)
    }

    @Test
    func `a result is collected online once, and downloaded as often as wanted`() throws {
        #expect(
            try Dossier(replaying: Self.finished).decide(.collectOnline(by: Self.lan)) == [.returned(method: .online)]
        )
        #expect(
            try Dossier(replaying: Self.finished + [.returned(method: .online)]).decide(.collectOnline(by: Self.lan))
                .isEmpty
        )
    }

    @Test
    func `no result is ever held back because it is late`() throws {
        let late = Dossier(replaying: Self.finished)
        #expect(try late.decide(.returnResult(by: Self.returner, method: .post)) == [.returned(method: .post)])
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
        #expect(first == [.extended(due: later, reason: Self.note, isException: false)])
        for event in first { dossier.evolve(event) }
        #expect(dossier.due == later)
        #expect(throws: Dossier.Refusal.extendedBefore) {
            try dossier.decide(extend(to: later + .days(1), at: early))
        }
        #expect(
            try dossier.decide(extend(to: later + .days(1), asException: true, at: early))
                == [.extended(due: later + .days(1), reason: Self.note, isException: true)]
        )
    }

    @Test
    func `a wrong result is replaced, and stays readable`() throws {
        var dossier = Dossier(replaying: Self.finished + [.returned(method: .counter)])
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

    /// Events live longer than code: whoever breaks this breaks every database in use.
    @Test(
        arguments: [
            (.accepted(due: due), #"{"accepted":{"due":1629450000000}}"#),
            (.accepted(due: nil), #"{"accepted":{}}"#),
            (.refused(reason: note), #"{"refused":{"reason":{"digest":"d9","text":"n1"}}}"#),
            (
                .supplementRequested(components: ["a"], request: note),
                #"{"supplementRequested":{"components":["a"],"request":{"digest":"d9","text":"n1"}}}"#
            ),
            (
                .supplemented(
                    content: SealedText(text: ID(rawValue: "t2"), digest: "d2"),
                    papers: [FiledPaper(component: "a", originals: 1, copies: 2, file: result.file)],
                    message: note,
                    due: due,
                    at: due
                ),
                #"{"supplemented":{"at":1629450000000,"content":{"digest":"d2","text":"t2"},"due":1629450000000,"message":{"digest":"d9","text":"n1"},"papers":[{"component":"a","copies":2,"file":{"attachment":"f9","bytes":3,"digest":"ab"},"originals":1}]}}"#
            ),
            (.handedOver(to: examiner.id), #"{"handedOver":{"to":"binh"}}"#),
            (.assigned(to: examiner.id), #"{"assigned":{"to":"binh"}}"#),
            (
                .obligationRequired(amount: Money(dong: 200_000), ground: note),
                #"{"obligationRequired":{"amount":200000,"ground":{"digest":"d9","text":"n1"}}}"#
            ),
            (.obligationMet(due: nil), #"{"obligationMet":{}}"#),
            (
                .resultPrepared(outcome: .granted, files: [result], explanation: note),
                #"{"resultPrepared":{"explanation":{"digest":"d9","text":"n1"},"files":[{"file":{"attachment":"f9","bytes":3,"digest":"ab"},"result":"certificate"}],"outcome":"granted"}}"#
            ),
            (
                .stepCompleted(step: 2, remark: note),
                #"{"stepCompleted":{"remark":{"digest":"d9","text":"n1"},"step":2}}"#
            ),
            (.sentBack(step: 1, remark: note), #"{"sentBack":{"remark":{"digest":"d9","text":"n1"},"step":1}}"#),
            (.finished(outcome: .denied), #"{"finished":{"outcome":"denied"}}"#),
            (
                .issued(number: "45", date: LocalDate(rawValue: "2026-11-25")!, signer: leader.id),
                #"{"issued":{"date":"2026-11-25","number":"45","signer":"dung"}}"#
            ),
            (.returned(method: .post), #"{"returned":{"method":"post"}}"#),
            (.returnChosen(method: .counter), #"{"returnChosen":{"method":"counter"}}"#),
            (.withdrawalAsked(reason: note), #"{"withdrawalAsked":{"reason":{"digest":"d9","text":"n1"}}}"#),
            (.withdrawalDeclined(reason: note), #"{"withdrawalDeclined":{"reason":{"digest":"d9","text":"n1"}}}"#),
            (.withdrawn, #"{"withdrawn":{}}"#),
            (.stopped(reason: note), #"{"stopped":{"reason":{"digest":"d9","text":"n1"}}}"#),
            (
                .extended(due: due, reason: note, isException: false),
                #"{"extended":{"due":1629450000000,"isException":false,"reason":{"digest":"d9","text":"n1"}}}"#
            ),
            (
                .recounted(from: due, to: due + .days(1), ground: ground),
                #"{"recounted":{"from":1629450000000,"ground":{"document":{"date":"2026-11-23","number":"12/QĐ"},"entry":"e1","reason":"bão"},"to":1629536400000}}"#
            ),
            (
                .firstAnswerRecounted(due: due, ground: ground),
                #"{"firstAnswerRecounted":{"due":1629450000000,"ground":{"document":{"date":"2026-11-23","number":"12/QĐ"},"entry":"e1","reason":"bão"}}}"#
            ),
            (
                .correctionOpened(reason: note, due: due),
                #"{"correctionOpened":{"due":1629450000000,"reason":{"digest":"d9","text":"n1"}}}"#
            ),
            (
                .supplementItemsRequested(
                    items: [
                        SupplementItem(component: "a", originals: 1, certifiedCopies: 2, copies: 3, request: note),
                        SupplementItem(component: nil),
                    ],
                    reason: note,
                    answerBy: LocalDate(rawValue: "2021-09-06"),
                    ground: RepeatGround(reason: note, basis: note)
                ),
                #"{"supplementItemsRequested":{"answerBy":"2021-09-06","ground":{"basis":{"digest":"d9","text":"n1"},"reason":{"digest":"d9","text":"n1"}},"items":[{"certifiedCopies":2,"component":"a","copies":3,"originals":1,"request":{"digest":"d9","text":"n1"}},{"certifiedCopies":0,"copies":0,"originals":0}],"reason":{"digest":"d9","text":"n1"}}}"#
            ),
            (
                .supplementItemsAnswered(
                    answers: [
                        SupplementAnswer(component: "a", papers: [FiledPaper(component: "a", originals: 1)]),
                        SupplementAnswer(component: nil, papers: [], word: note),
                    ],
                    message: nil,
                    due: due,
                    at: due
                ),
                #"{"supplementItemsAnswered":{"answers":[{"component":"a","papers":[{"component":"a","copies":0,"originals":1}]},{"papers":[],"word":{"digest":"d9","text":"n1"}}],"at":1629450000000,"due":1629450000000}}"#
            ),
            (
                .passed(to: ID(rawValue: "doi-can"), request: note, due: due),
                #"{"passed":{"due":1629450000000,"request":{"digest":"d9","text":"n1"},"to":"doi-can"}}"#
            ),
            (
                .passedBack(answer: note, files: [result.file]),
                #"{"passedBack":{"answer":{"digest":"d9","text":"n1"},"files":[{"attachment":"f9","bytes":3,"digest":"ab"}]}}"#
            ),
            (.recalled(reason: note), #"{"recalled":{"reason":{"digest":"d9","text":"n1"}}}"#),
            (
                .digitised(papers: [FiledPaper(component: "a", file: result.file)]),
                #"{"digitised":{"papers":[{"component":"a","copies":0,"file":{"attachment":"f9","bytes":3,"digest":"ab"},"originals":0}]}}"#
            ),
            (
                .digitised(
                    papers: [
                        FiledPaper(
                            component: "a",
                            file: result.file,
                            origin: PaperOrigin(dossier: ID(rawValue: "d7"), result: "birth-certificate")
                        )
                    ]
                ),
                #"{"digitised":{"papers":[{"component":"a","copies":0,"file":{"attachment":"f9","bytes":3,"digest":"ab"},"origin":{"dossier":"d7","result":"birth-certificate"},"originals":0}]}}"#
            ),
            (
                .opinionAsked(
                    opinion: ID(rawValue: "o1"),
                    of: clerk.id,
                    asker: examiner.id,
                    question: note,
                    answerBy: LocalDate(rawValue: "2026-11-26")!
                ),
                #"{"opinionAsked":{"answerBy":"2026-11-26","asker":"binh","of":"mai","opinion":"o1","question":{"digest":"d9","text":"n1"}}}"#
            ),
            (
                .opinionGiven(opinion: ID(rawValue: "o1"), stance: .objects, text: note),
                #"{"opinionGiven":{"opinion":"o1","stance":"objects","text":{"digest":"d9","text":"n1"}}}"#
            ),
            (
                .opinionGiven(opinion: ID(rawValue: "o1"), stance: nil, text: note),
                #"{"opinionGiven":{"opinion":"o1","text":{"digest":"d9","text":"n1"}}}"#
            ),
            (.opinionWithdrawn(opinion: ID(rawValue: "o1")), #"{"opinionWithdrawn":{"opinion":"o1"}}"#),
            (
                filed,
                #"{"filed":{"filing":{"agency":"stp-hn","applicant":"lan","channel":"online","code":"000.00.19.H26-210806-0007","content":{"digest":"d1","text":"t1"},"papers":[],"procedure":"2.000488","returnBy":"online","revision":0,"steps":[{"hours":2,"key":"receive","role":"reception"},{"hours":40,"key":"examine","role":"caseOfficer"},{"hours":8,"key":"sign","role":"leader"},{"hours":2,"key":"issue","role":"clerk"}]}}}"#
            ),
        ] as [(Dossier.Event, String)]
    )
    func `is stored as it always was`(event: Dossier.Event, stored: String) throws {
        #expect(try JSONDecoder().decode(Dossier.Event.self, from: Data(stored.utf8)) == event)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(event), as: UTF8.self) == stored)
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
