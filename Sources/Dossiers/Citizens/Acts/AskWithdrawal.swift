import DossierCore
import Kernel
import Markup
import Web

/// They take the dossier back; once somebody works on it, an officer confirms.
struct AskWithdrawal: CitizenAct {
    struct Said: ActSaid {
        let reason: String?

        init(_ form: FormData) { reason = form["reason"] }
    }

    /// Why, where something was said.
    struct Terms: Sendable { let reason: DossierTexts.Draft? }

    let name = Words("Rút hồ sơ", "Withdraw the dossier")
    let title = Words("Rút hồ sơ?", "Withdraw the dossier?")
    let refrain = Words("Không rút", "Do not withdraw")
    let key = "withdrawal"
    let address = "rut"
    let isFinal = true
    let place = CitizenActPlace.linked

    func require(_ dossier: Dossier, by citizen: ID<Citizen>) throws(Dossier.Refusal) {
        try dossier.mayAskWithdrawal(by: citizen)
    }

    func introduction(_ asked: CitizenForm) -> HTML? {
        """
        <p>\(asked.details.row.stage == .filed
            ? asked.say("Hồ sơ chưa được tiếp nhận nên sẽ được rút ngay.", "Nobody has begun to work on it: it is withdrawn at once.")
            : asked.say("Cơ quan sẽ xác nhận việc rút hồ sơ.", "The office will confirm the withdrawal."))</p>
        """
    }

    func fields(_ asked: CitizenForm) -> HTML {
        asked.form.textArea(
            "reason",
            asked.say("Lý do", "Reason"),
            required: false,
            maxLength: DossierTexts.Draft.longestRemark,
            rows: 3
        )
    }

    func terms(_ said: Said, _ scene: CitizenScene, _ wrong: inout [FieldError]) -> Terms? {
        Terms(
            reason: said.reason?.written.flatMap {
                DossierTexts.Draft(remark: $0, in: "reason", at: scene.now, &wrong)
            }
        )
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.reason].compactMap(\.self) }

    func command(by citizen: ID<Citizen>, _ terms: Terms) -> Dossier.Command {
        .askWithdrawal(by: citizen, reason: terms.reason?.sealed)
    }
}
