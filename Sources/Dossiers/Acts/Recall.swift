import DossierCore
import Kernel
import Web

/// A dossier is taken back from another agency that has not answered.
struct Recall: ExplainedAct {
    let name = Words("Rút hồ sơ về", "Take it back")
    let key = "recall"
    let text = ActText(label: Words("Lý do rút về", "Why it is taken back"))

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayRecall(by: officer)
    }

    func command(by officer: ActingOfficer, _ reason: DossierTexts.Draft) -> Dossier.Command {
        .recall(by: officer, reason: reason.sealed)
    }
}
