import DossierCore
import Kernel
import Web

/// The applicant gets the dossier back undecided, as they asked.
struct ConfirmWithdrawal: PressedAct {
    typealias Terms = NothingSaid

    let name = Words("Xác nhận cho rút", "Confirm the withdrawal")
    let key = "confirm-withdrawal"
    let isFinal = true

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayJudgeWithdrawal(by: officer)
    }

    func command(by officer: ActingOfficer, _ terms: NothingSaid) -> Dossier.Command {
        .confirmWithdrawal(by: officer)
    }
}
