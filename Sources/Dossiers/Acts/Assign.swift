import DossierCore
import Kernel
import Markup
import Web

/// Gives the step to a colleague by name.
struct Assign: OfficerAct {
    struct Said: ActSaid {
        let officer: String?

        init(_ form: FormData) { officer = form["officer"] }
    }

    let name = Words("Giao cho người khác", "Assign")
    let key = "assign"
    private let receiver = ColleagueField(isRequired: true)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayAssign(by: officer)
    }

    func fields(_ asked: ActForm) async throws -> HTML {
        // Taking it oneself is another button.
        let others = Set([asked.scene.officer.id, asked.dossier.holder].compactMap(\.self))
        return try await receiver.field(asked, holding: [asked.dossier.currentRole], without: others)
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) async throws -> Colleague? {
        try await receiver.read(said.officer, among: scene.colleagues, &wrong)
    }

    func command(by officer: ActingOfficer, _ receiver: Colleague) -> Dossier.Command {
        .assign(by: officer, to: receiver.id, holding: receiver.roles)
    }
}
