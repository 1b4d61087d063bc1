import DossierCore
import Kernel
import Markup
import Web

/// A question is taken back before it was answered.
struct WithdrawOpinion: OfficerAct {
    struct Said: ActSaid {
        let opinion: String?

        init(_ form: FormData) { opinion = form["opinion"] }
    }

    let name = Words("Thu hồi câu hỏi", "Withdraw the question")
    let key = "withdraw-opinion"
    /// Its button stands beside each question.
    let hasButton = false
    let presets = [OpinionChoice.field]

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayWithdrawOpinion(by: officer)
    }

    private func choice(_ scene: ActScene) -> OpinionChoice {
        OpinionChoice(opinions: scene.dossier.opinions(inChargeOf: scene.officer))
    }

    func fields(_ asked: ActForm) async throws -> HTML { "\(try await choice(asked.scene).field(asked))" }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> ID<Opinion>? {
        choice(scene).read(said.opinion, &wrong)
    }

    func command(by officer: ActingOfficer, _ opinion: ID<Opinion>) -> Dossier.Command {
        .opinions(.withdraw(by: officer, opinion: opinion))
    }
}
