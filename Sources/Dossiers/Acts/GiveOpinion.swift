import DossierCore
import Kernel
import Markup
import Web

/// A colleague answers what they were asked.
struct GiveOpinion: OfficerAct {
    struct Said: ActSaid {
        let text: String?
        let opinion: String?
        let stance: Given<Opinion.Stance>?

        init(_ form: FormData) {
            (text, opinion) = (form["text"], form["opinion"])
            stance = form.given("stance", Opinion.Stance.init(rawValue:))
        }
    }

    struct Terms: Sendable {
        let opinion: ID<Opinion>
        let stance: Opinion.Stance?
        let text: DossierTexts.Draft
    }

    let name = Words("Cho ý kiến", "Give the opinion")
    let key = "give-opinion"
    let shortcut: String? = "y"
    /// Each question stands above the dossier with its own button.
    let hasButton = false
    let presets = [OpinionChoice.field]
    private let text = ActText(
        label: Words("Ý kiến và lý do", "Opinion and its reason"),
        missing: FieldError(
            "text",
            "Chưa ghi ý kiến. Hãy viết ý kiến và lý do.",
            "Please write your opinion and its reason."
        )
    )

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayGiveOpinion(by: officer)
    }

    private func choice(_ scene: ActScene) -> OpinionChoice {
        OpinionChoice(opinions: scene.dossier.opinions(askedOf: scene.officer))
    }

    func fields(_ asked: ActForm) async throws -> HTML {
        """
        \(try await choice(asked.scene).field(asked))
        \(asked.form.radios(
            "stance",
            asked.say("Kết luận", "Conclusion"),
            Opinion.Stance.allCases.map { Web.Choice($0.rawValue, asked.say($0.words)) },
            required: false
        ))
        \(text.field(asked))
        """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let text = text.read(said.text, at: scene.now, &wrong)
        let opinion = choice(scene).read(said.opinion, &wrong)
        if let stance = said.stance, stance.value == nil {
            wrong.append(
                FieldError("stance", "Kết luận không đúng. Hãy chọn lại.", "Please choose one of the conclusions.")
            )
        }
        guard let text, let opinion else { return nil }
        return Terms(opinion: opinion, stance: said.stance?.value, text: text)
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.text] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .opinions(.give(by: officer, opinion: terms.opinion, stance: terms.stance, text: terms.text.sealed))
    }
}
