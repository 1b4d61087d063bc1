import DossierCore
import Kernel
import Markup
import Web

/// Another agency answers, with its papers, and the dossier goes home.
struct PassBack: ActWithFiles {
    typealias Said = TextSaid

    struct Terms: Sendable {
        let answer: DossierTexts.Draft
        let files: [AttachedFile]
    }

    let name = Words("Trả lời và chuyển lại", "Answer and pass back")
    let key = "pass-back"
    let shortcut: String? = "e"
    let address = "pass-back"
    private let answer = ActText(label: Words("Nội dung trả lời", "The answer"))
    /// The name under which its files are sent.
    private static let paper = "answer"

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayPassBack(by: officer)
    }

    func components(_ rules: FilingRules) -> [String] { [Self.paper] }

    func fields(_ asked: ActForm) -> HTML {
        """
        \(answer.field(asked))
        \(asked.form.fileField(
            "paper-\(Self.paper)",
            asked.say("Văn bản trả lời", "The answer’s papers"),
            required: false,
            several: true
        ))
        """
    }

    func terms(_ said: TextSaid, _ files: [AttachedFile], _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        answer.read(said.text, at: scene.now, &wrong).map { Terms(answer: $0, files: files) }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.answer] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .passBack(by: officer, answer: terms.answer.sealed, files: terms.files.map(\.reference))
    }
}
