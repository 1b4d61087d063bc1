import Kernel
import Persistence
import Web

extension Dossier {
    /// Whether the result is to get its number at the step at which the dossier stands: the clerk's, when it is the last.
    package var isToBeIssued: Bool { isWithTheLastClerk && issue == nil }

    fileprivate var isWithTheLastClerk: Bool {
        stage == .processing && currentRole == .clerk && nextRole == nil && outcome != nil
    }
}

extension DossierBook {
    /// Number, day and signer of the result, if `command` gives it its number.
    func issuing(
        _ command: Dossier.Command,
        _ dossier: Dossier,
        _ id: ID<Dossier>,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> Dossier.Command {
        guard dossier.isWithTheLastClerk, let filing = dossier.filing else { return command }
        func issue() throws -> Issue? {
            let signer = signer(try events.history(of: id, in: tx), dossier.steps)
            guard let given = dossier.issue else {
                return Issue(
                    number: try staff.nextNumber(for: filing, id, at: now, in: tx),
                    date: now.localDate,
                    signer: signer
                )
            }
            // Sent back and signed anew, it keeps number and day as they stand in the book, and names who signed it last.
            return given.signer == signer ? nil : Issue(number: given.number, date: given.date, signer: signer)
        }
        switch command {
        case .completeStep(let officer, let remark, let next, let roles, nil, let alone, let own):
            return .completeStep(
                by: officer,
                remark: remark,
                next: next,
                nextHolds: roles,
                issue: try issue(),
                withoutOpinions: alone,
                signsOwnWork: own
            )
        case .giveNumber(let officer, nil) where dossier.issue == nil:
            return .giveNumber(by: officer, issue: try issue())
        default: return command
        }
    }

    /// Who has completed the leader's step last.
    private func signer(_ history: [Recorded<Dossier.Event>], _ steps: [PlannedStep]) -> ID<Officer>? {
        for recorded in history.reversed() {
            guard case .processing(.stepCompleted(let step, _, _, _)) = recorded.event, steps.indices.contains(step),
                steps[step].role == .leader, case .officer(let signer) = recorded.circumstances.actor
            else { continue }
            return signer
        }
        return nil
    }
}
