import Kernel
package import Web

/// What the rules ask of a dossier before they let something happen.
extension Dossier {
    /// Who does the step at which the dossier stands.
    package var currentRole: Role {
        switch stage {
        case .filed: .reception
        case .finished: .returns
        // Another agency's part is its case officers'.
        default: passage == nil && steps.indices.contains(step) ? steps[step].role : .caseOfficer
        }
    }

    /// Who prepares the result. A matter that the counter settles by itself, such as a report of an overnight stay, has no
    /// step of a case officer: then whoever does the first step after acceptance.
    package var preparer: Role {
        steps.isEmpty || steps.contains { $0.role == .caseOfficer } ? .caseOfficer : steps[firstProcessingStep].role
    }

    /// Who does the step after this one; nil when this is the last.
    package var nextRole: Role? { steps.indices.contains(step + 1) ? steps[step + 1].role : nil }

    package var steps: [PlannedStep] { filing?.steps ?? [] }

    /// A supplement was asked for in this part of the dossier's life: before its acceptance, or since.
    package var hasBeenAsked: Bool { (stage == .filed ? requestsAtIntake : requestsSinceAcceptance) > 0 }

    /// No decision has been taken, neither prepared nor issued before.
    var isUndecided: Bool { outcome == nil && !isCorrection }

    var isLastStep: Bool { step >= steps.count - 1 }

    /// Reception is done when a dossier has been accepted, so the work begins at the first step of someone else.
    var firstProcessingStep: Int { steps.firstIndex { $0.role != .reception } ?? 0 }

    func require(_ stages: [Stage]) throws(Refusal) {
        guard stage != .unfiled else { throw .notFiled }
        guard stages.contains(stage) else { throw .notPossible(stage: stage) }
    }

    func require(_ role: Role, of officer: ActingOfficer) throws(Refusal) {
        try requireAgency(of: officer)
        guard officer.holds(role, of: holder) else { throw .notYourRole(needed: role) }
    }

    /// Everything that was asked for has been brought, or a word says why not.
    func requireAnswers(_ answers: [SupplementAnswer]) throws(Refusal) {
        guard stage == .awaitingSupplement else { throw .nothingRequested }
        let answered = Set(answers.filter { !$0.papers.isEmpty || $0.word != nil }.map(\.key))
        let open = requestedItems.map(\.key).filter { !answered.contains($0) }
        guard open.isEmpty else { throw .unanswered(items: open) }
    }

    func requireAgency(of officer: ActingOfficer) throws(Refusal) {
        guard let filing else { throw .notFiled }
        guard officer.agency == filing.agency else { throw .notYourAgency }
    }
}
