import Kernel
import Persistence
import Web

extension Dossier {
    /// Whether the step at which the dossier stands gives the result its number: the clerk's, when it is the last.
    var isToBeIssued: Bool {
        stage == .processing && currentRole == .clerk && nextRole == nil && outcome != nil
    }
}

extension DossierBook {
    /// Number, day and signer of the result, if `command` is the step that issues it.
    func issuing(
        _ command: Dossier.Command,
        _ dossier: Dossier,
        _ id: ID<Dossier>,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> Dossier.Command {
        guard case .completeStep(let officer, let remark, let next, let roles, nil, let alone, let own) = command,
            dossier.isToBeIssued,
            let filing = dossier.filing
        else { return command }
        let history: [Recorded<Dossier.Event>] = try events.history(of: id, in: tx)
        let issue = Issue(
            number: try staff.nextNumber(for: filing, id, at: now, in: tx),
            date: now.localDate,
            signer: signer(history, dossier.steps)
        )
        return .completeStep(
            by: officer,
            remark: remark,
            next: next,
            nextHolds: roles,
            issue: issue,
            withoutOpinions: alone,
            signsOwnWork: own
        )
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
