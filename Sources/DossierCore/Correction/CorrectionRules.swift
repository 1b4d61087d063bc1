package import Kernel
import Web

/// Commands that put right what was entered wrong.
package enum CorrectionCommand: Sendable {
    case answers(by: ActingOfficer, fields: [String], content: SealedText, reason: SealedText)
    case channel(by: ActingOfficer, to: Channel, due: Instant?, reason: SealedText)
    /// Of the papers on the counter all that are left, with their numbers.
    case papers(by: ActingOfficer, TakenPapers, reason: SealedText)
    case fee(by: ActingOfficer, FeePayment?, reason: SealedText)
    case way(by: ActingOfficer, to: ReturnMethod, content: SealedText?, reason: SealedText)
    case cancelIntake(by: ActingOfficer, reason: SealedText)
}

extension Dossier {
    func decide(_ command: CorrectionCommand) throws(Refusal) -> [Event] {
        switch command {
        case .answers(let officer, let fields, let content, let reason):
            try mayCorrectAnswers(by: officer)
            guard !fields.isEmpty else { throw .nothingCorrected }
            return [.correction(.answersCorrected(fields: fields, content: content, reason: reason))]

        case .channel(let officer, let channel, let due, let reason):
            try mayCorrectChannel(by: officer)
            guard channel != self.channel, channel != .online else { throw .nothingCorrected }
            return [.correction(.channelCorrected(channel: channel, due: due, reason: reason))]

        case .papers(let officer, let taken, let reason):
            try mayCorrectPapers(by: officer)
            let before = TakenPapers(self)
            guard !before.says(theSameAs: taken) else { throw .nothingCorrected }
            return [.correction(.papersCorrected(from: before, to: taken, reason: reason))]

        case .fee(let officer, let fee, let reason):
            try mayCorrectFee(by: officer)
            guard fee != feePaid else { throw .nothingCorrected }
            return [.correction(.feeCorrected(from: feePaid, to: fee, reason: reason))]

        case .way(let officer, let method, let content, let reason):
            try mayCorrectReturn(by: officer)
            guard method != returnBy || content != nil else { throw .nothingCorrected }
            // Nobody without an account could fetch it.
            guard method != .online || filing?.applicant != nil else { throw .notReturnedOnline }
            return [.correction(.returnCorrected(from: returnBy, to: method, content: content, reason: reason))]

        case .cancelIntake(let officer, let reason):
            try mayCancelIntake(by: officer)
            return [.correction(.intakeCancelled(reason: reason))]
        }
    }

    /// Until the leader has the result before them; what they sign does not change under their hand.
    package func mayCorrectAnswers(by officer: ActingOfficer) throws(Refusal) {
        guard stage != .unfiled else { throw .notFiled }
        guard stage.isOpen else { throw .notPossible(stage: stage) }
        try requireHere(officer)
        let isBeingWorkedOn = stage == .processing || interrupted == .processing && stage != .filed
        guard !isBeingWorkedOn || currentRole == preparer || currentRole == .caseOfficer else {
            throw .notYourRole(needed: preparer)
        }
        let role: Role = isBeingWorkedOn ? preparer : .reception
        guard officer.holds(role, of: holder) else { throw .notYourRole(needed: role) }
    }

    /// How it came in is known to whoever took it in; who filed online knows it themselves.
    package func mayCorrectChannel(by officer: ActingOfficer) throws(Refusal) {
        try require(.reception, of: officer)
        try require([.filed, .accepted])
        guard filing?.channel != .online else { throw .filedByApplicant }
    }

    /// As long as the answers may be; who filed online has sent files, and a supplement asks for others.
    package func mayCorrectPapers(by officer: ActingOfficer) throws(Refusal) {
        try mayCorrectAnswers(by: officer)
        guard filing?.channel != .online else { throw .filedByApplicant }
    }

    /// The money of a day is counted in the evening, when the dossier may be anywhere.
    package func mayCorrectFee(by officer: ActingOfficer) throws(Refusal) {
        try requireUnreturned(by: officer)
        guard filing?.channel != .online else { throw .filedByApplicant }
    }

    /// Whoever has an account chooses for themselves.
    package func mayCorrectReturn(by officer: ActingOfficer) throws(Refusal) {
        try requireUnreturned(by: officer)
    }

    private func requireUnreturned(by officer: ActingOfficer) throws(Refusal) {
        try require(.reception, of: officer)
        guard stage.isOpen || stage == .finished else { throw .notPossible(stage: stage) }
    }

    /// As long as nobody has begun to work on it.
    package func mayCancelIntake(by officer: ActingOfficer) throws(Refusal) {
        try mayCorrectChannel(by: officer)
    }
}
