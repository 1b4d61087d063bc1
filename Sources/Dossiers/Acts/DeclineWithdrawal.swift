import DossierCore
import Kernel
import Web

/// The dossier goes on although the applicant asked to withdraw it.
struct DeclineWithdrawal: ExplainedAct {
    let name = Words("Không cho rút", "Decline the withdrawal")
    let key = "decline-withdrawal"
    let text = ActText.reasons

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayJudgeWithdrawal(by: officer)
    }

    func command(by officer: ActingOfficer, _ reason: DossierTexts.Draft) -> Dossier.Command {
        .declineWithdrawal(by: officer, reason: reason.sealed)
    }
}
