import DossierCore
import Kernel
import Web

/// A dossier that was filed online or came by post is taken in: the time begins.
struct Accept: PressedAct {
    struct Terms: Sendable { let due: Instant? }

    let name = Words("Tiếp nhận", "Accept")
    let key = "accept"
    let shortcut: String? = "t"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayAccept(by: officer)
    }

    func terms(_ said: NothingSaid, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        Terms(due: scene.dueFromNow)
    }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .accept(by: officer, due: terms.due)
    }
}
