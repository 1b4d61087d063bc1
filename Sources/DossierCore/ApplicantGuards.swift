package import Kernel

/// Whether an applicant may do something now with what they have filed; `decide` asks the same.
extension Dossier {
    package func mayAnswerSupplement(by citizen: ID<Citizen>) throws(Refusal) {
        try requireApplicant(citizen)
        guard stage == .awaitingSupplement else { throw .nothingRequested }
    }

    /// Until the result has left the house.
    package func mayChooseReturn(by citizen: ID<Citizen>) throws(Refusal) {
        try requireApplicant(citizen)
        guard stage.isOpen || stage == .finished else { throw .notPossible(stage: stage) }
    }

    package func mayAskWithdrawal(by citizen: ID<Citizen>) throws(Refusal) {
        try requireApplicant(citizen)
        guard stage.isOpen, isUndecided else { throw .notPossible(stage: stage) }
        guard !withdrawalIsAsked else { throw .withdrawalAlreadyAsked }
    }

    /// The result, which may be fetched again.
    package func mayCollectOnline(by citizen: ID<Citizen>) throws(Refusal) {
        try requireApplicant(citizen)
        guard stage == .finished || stage == .returned else { throw .notPossible(stage: stage) }
        guard returnBy == .online else { throw .notReturnedOnline }
    }

    private func requireApplicant(_ citizen: ID<Citizen>) throws(Refusal) {
        guard filing?.applicant == citizen else { throw .notYourDossier }
    }
}
