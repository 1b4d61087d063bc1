import DossierCore
import Kernel
import Web

/// A dossier that was taken in by mistake is none.
struct CancelIntake: ExplainedAct {
    let name = Words("Hủy vì nhập nhầm", "Cancel: taken in by mistake")
    let key = "cancel-intake"
    let isFinal = true
    let text = ActText(label: Words("Nhầm ở đâu", "What was the mistake"), rows: 3)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayCancelIntake(by: officer)
    }

    func command(by officer: ActingOfficer, _ reason: DossierTexts.Draft) -> Dossier.Command {
        .correct(.cancelIntake(by: officer, reason: reason.sealed))
    }
}
