package import Persistence

/// Who may give which command at all. A machine gives none of an officer's, whatever officer it would name.
extension Dossier.Command: GivenCommand {
    package var givers: Actor.Kinds {
        switch self {
        // The demonstration invents dossiers.
        case .file: [.citizen, .helper, .officer, .system]
        case .supplement, .chooseReturn: [.citizen, .helper]
        // What gives something up, or is in their hands then, is for whoever it belongs to.
        case .askWithdrawal, .collectOnline: .citizen
        case .recount, .recountFirstAnswer: .system
        case .accept, .refuse, .requestSupplement, .receiveSupplement, .digitise: .officer
        case .handOver, .assign, .reassign: .officer
        case .requireObligation, .meetObligation: .officer
        case .prepareResult, .completeStep, .giveNumber, .sendBack, .addSigned: .officer
        case .returnResult, .takeBackReturn, .openCorrection: .officer
        case .confirmWithdrawal, .declineWithdrawal, .stop: .officer
        case .extend, .apologiseLate: .officer
        case .pass, .passBack, .recall: .officer
        case .opinions, .correct, .recordCall: .officer
        }
    }
}
