import Kernel
import Testing
import Web

@testable import DossierCore

/// A matter that the counter settles by itself, such as a report of an overnight stay.
struct CounterMatterTests {
    private typealias Sample = DossierTests
    private static let history: [Dossier.Event] = [
        .filing(.filed(filing: Sample.filing(steps: [PlannedStep(key: "receive", role: .reception, hours: 1)]))),
        .filing(.accepted(due: Sample.due)), .assignment(.handedOver(to: nil)),
    ]

    @Test func `reception prepares the result where no step is a case officer's, and finishes`() throws {
        let prepare = Dossier.Command.prepareResult(
            by: Sample.receiver,
            outcome: .granted,
            files: [Sample.result],
            explanation: nil
        )
        let prepared = try Dossier(replaying: Self.history).decide(prepare)
        let dossier = Dossier(replaying: Self.history + prepared)
        #expect(
            try dossier.decide(.completeStep(by: Sample.receiver, remark: nil))
                == [
                    .processing(.stepCompleted(step: 0, remark: nil, by: Sample.receiver.id)),
                    .result(.finished(outcome: .granted)),
                ]
        )
    }

    @Test func `nobody else prepares it`() {
        #expect(throws: Dossier.Refusal.notYourRole(needed: .reception)) {
            try Dossier(replaying: Self.history).decide(
                .prepareResult(by: Sample.examiner, outcome: .granted, files: [Sample.result], explanation: nil)
            )
        }
    }
}
