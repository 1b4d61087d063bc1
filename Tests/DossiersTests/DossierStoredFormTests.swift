import Catalogue
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// Events live longer than code: whoever breaks this breaks every database in use.
@Suite struct `Events of dossiers` {
    private typealias Sample = DossierTests
    private static let opinion = ID<Opinion>(rawValue: "o1")
    private static let (note, due, paper) = (
        Sample.note, Sample.due, FiledPaper(component: "a", originals: 1, copies: 2, file: Sample.result.file)
    )

    @Test func `are stored as ever`() throws {
        let examples = Self.received + Self.worked + Self.decided + Self.correctedSince + Self.asked
        #expect(try faultsOfStoredForms("Dossier.Event", examples) == [])
    }

    @Test func `belong to one feature each`() {
        for text in [
            #"{}"#, #"{"filing":{"accepted":{}},"clock":{}}"#, #"{"accepted":{}}"#, #"{"filing":{"lost":{}}}"#,
        ] {
            #expect(throws: DecodingError.self) { try StoredForm.value(Dossier.Event.self, from: text) }
        }
    }

    @Test func `have a name of their own each`() {
        let events = Self.received + Self.worked + Self.decided + Self.correctedSince + Self.asked
        let kinds = Set(events.map { "\($0)".split(separator: "(").prefix(2).joined(separator: ".") })
        #expect(Set(events.map(\.name)).count == kinds.count)
    }

    private static let received: [Dossier.Event] = [
        Sample.filed,
        .filing(
            .filed(
                filing: Filing(
                    code: DossierCode(rawValue: "000.00.19.H26-210806-0007")!,
                    procedure: "2.000488",
                    revision: 1,
                    situation: nil,
                    agency: Sample.justice,
                    channel: .online,
                    returnBy: .online,
                    applicant: Sample.lan,
                    content: note,
                    papers: [],
                    steps: [],
                    language: .en
                )
            )
        ),
        .filing(
            .filed(
                filing: Filing(
                    code: DossierCode(rawValue: "000.00.19.H26-210806-0007")!,
                    procedure: "2.000488",
                    revision: 1,
                    situation: "first",
                    agency: Sample.justice,
                    channel: .post,
                    returnBy: .counter,
                    applicant: nil,
                    content: note,
                    papers: [
                        paper,
                        FiledPaper(component: "b", origin: PaperOrigin(dossier: ID(rawValue: "d7"), result: nil)),
                    ],
                    steps: [],
                    firstAnswerDue: due
                )
            )
        ),
        .filing(
            .filed(
                filing: Filing(
                    code: DossierCode(rawValue: "000.00.19.H26-210806-0008")!,
                    procedure: "2.000635",
                    revision: 1,
                    situation: nil,
                    agency: Sample.justice,
                    channel: .counter,
                    returnBy: .counter,
                    applicant: nil,
                    content: note,
                    papers: [],
                    steps: [],
                    feePaid: FeePayment(amount: Money(dong: 16_000), receipt: "0001234")
                )
            )
        ),
        .filing(.accepted(due: due)), .filing(.accepted(due: nil)), .filing(.refused(reason: note)),
        .supplement(
            .requested(
                items: [
                    SupplementItem(component: "a", originals: 1, certifiedCopies: 2, copies: 3, request: note),
                    SupplementItem(component: nil),
                ],
                reason: note,
                answerBy: LocalDate(rawValue: "2021-09-06"),
                ground: RepeatGround(reason: note, basis: note)
            )
        ),
        .supplement(.requested(items: [SupplementItem(component: "a")], reason: note, answerBy: nil, ground: nil)),
        .supplement(
            .answered(
                answers: [
                    SupplementAnswer(component: "a", papers: [paper]),
                    SupplementAnswer(component: nil, papers: [], word: note),
                ],
                message: note,
                due: due
            )
        ),
        .supplement(.answered(answers: [], message: nil, due: nil)),
        .scanning(.digitised(papers: [FiledPaper(component: "a", file: Sample.result.file)])),
        .scanning(
            .digitised(
                papers: [
                    FiledPaper(
                        component: "a",
                        file: Sample.result.file,
                        origin: PaperOrigin(dossier: ID(rawValue: "d7"), result: "birth-certificate")
                    )
                ]
            )
        ),
    ]

    private static let worked: [Dossier.Event] = [
        .assignment(.handedOver(to: Sample.examiner.id)), .assignment(.handedOver(to: nil)),
        .assignment(.assigned(to: Sample.examiner.id)),
        .processing(.stepCompleted(step: 2, remark: note)), .processing(.stepCompleted(step: 2, remark: nil)),
        .processing(.sentBack(step: 1, remark: note)), .processing(.stopped(reason: note)),
        .obligation(.required(amount: Money(dong: 200_000), ground: note)), .obligation(.met(due: due)),
        .obligation(.met(due: nil)),
        .clock(.extended(due: due, reason: note, isException: false)),
        .clock(.apologised(reason: note, expected: LocalDate(rawValue: "2021-09-06")!)),
        .clock(.recounted(from: due, to: due + .days(1), ground: Sample.ground)),
        .clock(.firstAnswerRecounted(due: due, ground: Sample.ground)),
        .clock(
            .firstAnswerRecounted(
                due: due,
                ground: RecountGround(
                    entry: ID(rawValue: "e1"),
                    document: Sample.ground.document,
                    reason: "bão",
                    withdrawn: "nhầm"
                )
            )
        ),
        .passage(.passed(to: Sample.elsewhere, request: note, due: due)),
        .passage(.passedBack(answer: note, files: [Sample.result.file])), .passage(.recalled(reason: note)),
    ]

    private static let decided: [Dossier.Event] = [
        .result(.prepared(outcome: .granted, files: [Sample.result], explanation: nil)),
        .result(.prepared(outcome: .denied, files: [], explanation: note)),
        .result(.issued(number: "45", date: LocalDate(rawValue: "2026-11-25")!, signer: Sample.leader.id)),
        .result(.issued(number: "45", date: LocalDate(rawValue: "2026-11-25")!, signer: nil)),
        .result(.finished(outcome: .granted)), .result(.finished(outcome: .denied)),
        .result(.returnChosen(method: .counter)), .result(.returned(method: .post)),
        .result(.returned(method: .online)), .result(.correctionOpened(reason: note, due: due)),
        .result(.correctionOpened(reason: note, due: nil)),
        .withdrawal(.asked(reason: note)), .withdrawal(.asked(reason: nil)), .withdrawal(.declined(reason: note)),
        .withdrawal(.withdrawn),
    ]

    private static let correctedSince: [Dossier.Event] = [
        .result(.signed(files: [Sample.result])),
        .result(.returned(method: .counter, collector: note, takenBackUntil: due)),
        .result(.returnTakenBack(reason: note)),
        .processing(.stepCompleted(step: 2, remark: note, by: Sample.leader.id, ownWork: true)),
        .telling(.called(note: note)),
        .correction(.answersCorrected(fields: ["applicant.fullName"], content: note, reason: note)),
        .correction(.channelCorrected(channel: .post, due: due, reason: note)),
        .correction(.channelCorrected(channel: .counter, due: nil, reason: note)),
        .correction(.intakeCancelled(reason: note)),
        .obligation(
            .met(due: due, paid: FeePayment(amount: Money(dong: 150_000), receipt: "0001234", way: .transfer))
        ),
        .correction(
            .papersCorrected(
                from: TakenPapers(situation: "self", papers: [FiledPaper(component: "a", originals: 1)]),
                to: TakenPapers(situation: nil, papers: []),
                reason: note
            )
        ),
        .correction(
            .feeCorrected(
                from: FeePayment(amount: Money(dong: 16_000), receipt: "0001234"),
                to: FeePayment(amount: Money(dong: 8_000), receipt: nil, way: .cash),
                reason: note
            )
        ),
        .correction(.feeCorrected(from: nil, to: nil, reason: note)),
        .correction(.returnCorrected(from: .counter, to: .post, content: note, reason: note)),
        .correction(.returnCorrected(from: .post, to: .counter, content: nil, reason: note)),
    ]

    private static let asked: [Dossier.Event] = [
        .opinion(
            .asked(
                opinion: opinion,
                of: Sample.clerk.id,
                asker: Sample.examiner.id,
                question: note,
                answerBy: LocalDate(rawValue: "2026-11-26")!
            )
        ),
        .opinion(.given(opinion: opinion, stance: .agrees, text: note)),
        .opinion(.given(opinion: opinion, stance: .objects, text: note)),
        .opinion(.given(opinion: opinion, stance: .other, text: note)),
        .opinion(.given(opinion: opinion, stance: nil, text: note)), .opinion(.withdrawn(opinion: opinion)),
    ]
}
