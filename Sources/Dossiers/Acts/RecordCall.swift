import DossierCore
import Kernel
import Web

/// The applicant was told by telephone what no message could tell. Offered where it is known that somebody should call.
struct RecordCall: ExplainedAct {
    let name = Words("Ghi đã gọi điện báo", "Record a telephone call")
    let key = "record-call"
    let hasButton = false
    let text = ActText(label: Words("Ai nghe máy, đã nói gì", "Who was reached, and what was said"), rows: 3)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayRecordCall(by: officer)
    }

    func command(by officer: ActingOfficer, _ note: DossierTexts.Draft) -> Dossier.Command {
        .recordCall(by: officer, note: note.sealed)
    }
}
