import DossierCore
import Kernel
import Web

/// The work ends without a decision.
struct Stop: ExplainedAct {
    let name = Words("Dừng giải quyết", "Stop")
    let key = "stop"
    let isFinal = true
    let text = ActText.reasons

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayStop(by: officer)
    }

    func command(by officer: ActingOfficer, _ reason: DossierTexts.Draft) -> Dossier.Command {
        .stop(by: officer, reason: reason.sealed)
    }
}
