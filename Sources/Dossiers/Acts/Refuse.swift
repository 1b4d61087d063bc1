import DossierCore
import Kernel
import Web

/// The dossier is not taken in.
struct Refuse: ExplainedAct {
    let name = Words("Từ chối tiếp nhận", "Refuse")
    let key = "refuse"
    let shortcut: String? = "x"
    let isFinal = true
    let text = ActText.reasons

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayRefuse(by: officer)
    }

    func command(by officer: ActingOfficer, _ reason: DossierTexts.Draft) -> Dossier.Command {
        .refuse(by: officer, reason: reason.sealed)
    }
}
