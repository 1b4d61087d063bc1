import DossierCore
import Kernel
import Web

/// The step before is to be done again.
struct SendBack: ExplainedAct {
    let name = Words("Trả lại bước trước", "Send back")
    let key = "send-back"
    let shortcut: String? = "l"
    let isAssigned = true
    let text = ActText.reasons

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.maySendBack(by: officer)
    }

    func command(by officer: ActingOfficer, _ remark: DossierTexts.Draft) -> Dossier.Command {
        .sendBack(by: officer, remark: remark.sealed)
    }
}
