package import Kernel
import Web

/// Whether an officer may do something now: what the rules ask before anything is known of reasons, colleagues or days.
///
/// `decide` asks the same guards, so that what is offered can be performed. Those about other agencies and about opinions
/// stand with their features.
extension Dossier {
    package func mayAccept(by officer: ActingOfficer) throws(Refusal) {
        try require(.reception, of: officer)
        try require([.filed])
    }

    package func mayRefuse(by officer: ActingOfficer) throws(Refusal) {
        try require(.reception, of: officer)
        try require([.filed, .awaitingSupplement])
        guard stage == .filed || interrupted == .filed else { throw .notPossible(stage: stage) }
    }

    package func mayRequestSupplement(by officer: ActingOfficer) throws(Refusal) {
        // The stage says whose it is: asked of a dossier that has ended, it is nobody's.
        try require([.filed, .accepted, .processing])
        try require(stage == .filed ? .reception : .caseOfficer, of: officer)
    }

    package func mayReceiveSupplement(by officer: ActingOfficer) throws(Refusal) {
        guard stage == .awaitingSupplement else { throw .nothingRequested }
        try require(.reception, of: officer)
    }

    package func mayDigitise(by officer: ActingOfficer) throws(Refusal) {
        guard filing != nil else { throw .notFiled }
        guard isVisible(to: officer.agency) else { throw .notYourAgency }
        guard !officer.roles.isDisjoint(with: [.reception, .caseOfficer]) else {
            throw .notYourRole(needed: .reception)
        }
        guard stage.isOpen else { throw .notPossible(stage: stage) }
    }

    package func mayHandOver(by officer: ActingOfficer) throws(Refusal) {
        try require(.reception, of: officer)
        try require([.accepted])
    }

    /// Whoever could do the step may take it or pass it on; a leader may give it to anyone.
    package func mayAssign(by officer: ActingOfficer) throws(Refusal) {
        try require([.accepted, .processing])
        try requireDesk(of: officer)
        try requireHandling(by: officer)
    }

    /// Whoever takes it does the step: a leader who may give it to anyone does not thereby do another's work.
    package func mayTake(by officer: ActingOfficer) throws(Refusal) {
        try mayAssign(by: officer)
        guard officer.holds(currentRole, of: holder) else {
            throw .notYourRole(needed: currentRole)
        }
    }

    /// Whoever gets the dossier by name can do what is to be done with it.
    func requireReceiver(_ roles: Set<Role>?, for role: Role) throws(Refusal) {
        guard roles?.contains(role) != false else { throw .receiverLacksRole(needed: role) }
    }

    package func mayRequireObligation(by officer: ActingOfficer) throws(Refusal) {
        try require(.caseOfficer, of: officer)
        try require([.accepted, .processing])
    }

    package func mayMeetObligation(by officer: ActingOfficer) throws(Refusal) {
        try require([.awaitingObligation])
        try requireAgency(of: officer)
        guard [.reception, .caseOfficer, .clerk].contains(where: { officer.holds($0, of: holder) }) else {
            throw .notYourRole(needed: .reception)
        }
    }

    package func mayPrepareResult(by officer: ActingOfficer) throws(Refusal) {
        try require([.processing])
        try requireHere(officer)
        try require(preparer, of: officer)
        // What the leader has signed must not change under the signature.
        guard currentRole == preparer else { throw .notYourRole(needed: currentRole) }
    }

    /// What is examined last is examined to a result; a leader signs nothing that is not there, and the last step finishes
    /// nothing without an outcome.
    package func mayCompleteStep(by officer: ActingOfficer, withoutOpinions: Bool) throws(Refusal) {
        try require([.processing])
        try requireHere(officer)
        try require(currentRole, of: officer)
        try requireOpinions(unless: withoutOpinions)
        guard outcome != nil || !isLastStep && !isDeciding && currentRole != .leader else { throw .resultMissing }
    }

    /// Nobody prepares a result after this step.
    private var isDeciding: Bool {
        currentRole == preparer && !steps.dropFirst(step + 1).contains { $0.role == preparer }
    }

    /// Whoever signs now has examined the dossier: another pair of eyes is missing.
    package func wouldSignOwnWork(_ officer: ActingOfficer) -> Bool {
        currentRole == .leader
            && doers.contains { done, doer in
                doer == officer.id && done < step && steps.indices.contains(done) && steps[done].role == preparer
            }
    }

    package func maySendBack(by officer: ActingOfficer) throws(Refusal) {
        try require([.processing])
        try requireHere(officer)
        try require(currentRole, of: officer)
        guard step > firstProcessingStep else { throw .noEarlierStep }
    }

    /// After the leader has signed, until the result is out.
    package func mayAddSigned(by officer: ActingOfficer) throws(Refusal) {
        try require([.processing, .finished])
        try requireHere(officer)
        guard outcome != nil else { throw .resultMissing }
        if stage == .processing {
            guard currentRole == .clerk else { throw .notYourRole(needed: currentRole) }
        }
        guard officer.holds(.clerk, of: holder) else { throw .notYourRole(needed: .clerk) }
    }

    /// Where the clerk's step is the last and the result has none yet.
    package func mayGiveNumber(by officer: ActingOfficer) throws(Refusal) {
        try require([.processing])
        try requireHere(officer)
        try require(.clerk, of: officer)
        guard issue == nil else { throw .numberGiven }
        guard currentRole == .clerk, nextRole == nil else { throw .notYourRole(needed: currentRole) }
        guard outcome != nil else { throw .resultMissing }
    }

    package func mayReturnResult(by officer: ActingOfficer) throws(Refusal) {
        try require([.finished])
        try require(.returns, of: officer)
    }

    /// For how long the entry of a return can be taken back.
    package static let minutesToTakeBack = 15

    /// The moment until which it may be.
    @discardableResult
    package func mayTakeBackReturn(by officer: ActingOfficer) throws(Refusal) -> Instant {
        try require(.returns, of: officer)
        guard stage == .returned, let takenBackUntil else { throw .nothingToTakeBack }
        return takenBackUntil
    }

    /// A withdrawal ends nothing that has ended otherwise, nor takes back a result.
    package func mayJudgeWithdrawal(by officer: ActingOfficer) throws(Refusal) {
        try require(.reception, of: officer)
        guard withdrawalIsAsked else { throw .noWithdrawalAsked }
        guard stage.isOpen, isUndecided else { throw .notPossible(stage: stage) }
    }

    package func mayStop(by officer: ActingOfficer) throws(Refusal) {
        try require(.leader, of: officer)
        guard stage.isOpen, stage != .filed, isUndecided else { throw .notPossible(stage: stage) }
    }

    /// The day that is put off. While the applicant is waited for the clock stands still, and there is none.
    @discardableResult
    package func mayExtend(by officer: ActingOfficer) throws(Refusal) -> Instant {
        try require(.leader, of: officer)
        try require([.accepted, .processing])
        guard let due else { throw .nothingDue }
        return due
    }

    package func mayOpenCorrection(by officer: ActingOfficer) throws(Refusal) {
        try require(.leader, of: officer)
        try require([.finished, .returned])
    }

    /// Whoever does the step at which the dossier stands, or leads them.
    func requireHandling(by officer: ActingOfficer) throws(Refusal) {
        guard officer.holds(currentRole, of: holder) || officer.holds(.leader, of: holder) else {
            throw .notYourRole(needed: currentRole)
        }
    }
}
