import DossierCore
import Kernel

/// What citizens do with dossiers they have filed.
enum CitizenActs {
    /// Every act, in the order in which they are offered.
    static let all: [any CitizenAct] = [AnswerSupplement(), ChooseReturn(), AskWithdrawal()]

    /// The acts that the rules allow `citizen` at this moment.
    static func offered(on dossier: Dossier, by citizen: ID<Citizen>) -> [any CitizenAct] {
        all.filter { $0.isPossible(on: dossier, by: citizen) }
    }
}
