import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// A request for a supplement is answered item by item, with a file or a word for each, then all at once.
struct AnswerSupplement: CitizenAct {
    struct Said: ActSaid {
        /// A word for all.
        let message: String?
        /// What is said of items instead of a paper.
        let words: [String: String]

        init(_ form: FormData) { (message, words) = (form["message"], form.words) }
    }

    struct Terms: Sendable {
        let answers: SupplementAnswers
        let message: DossierTexts.Draft?
        let due: Instant?
    }

    let name = Words("Gửi bổ sung", "Send")
    let title = Words("Bổ sung hồ sơ", "Supplement")
    let key = "supplement"
    let address = "bo-sung"
    let place = CitizenActPlace.asked
    let takesFiles = true

    func require(_ dossier: Dossier, by citizen: ID<Citizen>) throws(Dossier.Refusal) {
        try dossier.mayAnswerSupplement(by: citizen)
    }

    /// The papers the office asked for; all of the procedure's where it named nothing.
    func wanted(_ details: DossierBook.Details, _ rules: FilingRules) -> [Component] {
        guard !details.dossier.requestedItems.isEmpty else { return rules.revision.components.filter { !$0.form } }
        let asked = Set(details.dossier.requestedItems.compactMap(\.component))
        return rules.revision.components.filter { asked.contains($0.key) }
    }

    func introduction(_ asked: CitizenForm) -> HTML? { SupplementFields(asked).request }

    func fields(_ asked: CitizenForm) -> HTML {
        """
        \(SupplementFields(asked).items(wanted(asked.details, asked.rules)))
        \(asked.form.textArea(
            "message",
            asked.say("Lời nhắn chung cho cán bộ", "A word to the officer"),
            required: false,
            maxLength: DossierTexts.Draft.longestRemark,
            rows: 3
        ))
        """
    }

    func terms(_ said: Said, _ scene: CitizenScene, _ wrong: inout [FieldError]) async throws -> Terms? {
        let items = scene.dossier.requestedItems
        let answers = SupplementAnswers(
            said.words,
            to: items,
            papers: scene.files.map(\.paper),
            scene.rules,
            now: scene.now
        )
        let written = said.message?.written
        let message = written.flatMap { DossierTexts.Draft(remark: $0, in: "message", at: scene.now, &wrong) }
        let isEmpty = items.isEmpty && scene.files.isEmpty && written == nil
        wrong += isEmpty ? Problem.emptySupplement.errors : answers.errors
        return Terms(
            answers: answers,
            message: message,
            due: try await scene.desk.dueAfterWaiting(scene.dossier, scene.details.history, now: scene.now)
        )
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { terms.answers.texts + [terms.message].compactMap(\.self) }

    func command(by citizen: ID<Citizen>, _ terms: Terms) -> Dossier.Command {
        .supplement(
            by: citizen,
            answers: terms.answers.answers,
            message: terms.message?.sealed,
            due: terms.due
        )
    }
}
