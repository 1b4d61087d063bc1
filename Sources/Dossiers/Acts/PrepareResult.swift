import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// A case officer keeps the result: its outcome, its files, and the reasons of a denial. Its form stands on the dossier's
/// page, so that it is in no list of acts.
struct PrepareResult: ActWithFiles {
    struct Said: ActSaid {
        let outcome: Given<Outcome>?
        let text: String?

        init(_ form: FormData) {
            (outcome, text) = (form.given("outcome", Outcome.init(rawValue:)), form["text"])
        }
    }

    struct Terms: Sendable {
        let outcome: Outcome
        let files: [AttachedFile]
        let explanation: DossierTexts.Draft?
    }

    let name = Words("Lưu kết quả", "Save the result")
    let key = "result"
    let address = "result"
    private let explanation = ActText(
        label: Words("Lý do, căn cứ (khi không chấp thuận)", "Reasons (if denied)"),
        missing: nil,
        rows: 3
    )

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayPrepareResult(by: officer)
    }

    func components(_ rules: FilingRules) -> [String] { rules.revision.results.map(\.key) }

    func fields(_ asked: ActForm) -> HTML {
        let (form, say) = (asked.form, asked.say)
        return """
            \(form.radios(
                "outcome",
                say("Kết luận", "Outcome"),
                [
                    Web.Choice("granted", say("Chấp thuận, có kết quả", "Granted")),
                    Web.Choice("denied", say("Không chấp thuận, trả lời bằng văn bản", "Denied, with reasons")),
                ],
                value: asked.dossier.outcome?.rawValue ?? "granted"
            ))
            \(asked.scene.rules.revision.results.map { result in
                form.fileField("paper-\(result.key)", say(result.name), required: false, neededWhen: say("cần khi chấp thuận", "needed if granted"))
            })
            \(explanation.field(asked))
            """
    }

    func terms(_ said: Said, _ files: [AttachedFile], _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let areRefused = !wrong.isEmpty
        let outcome = said.outcome?.value
        let explanation = explanation.read(said.text, at: scene.now, &wrong)
        if outcome == nil {
            wrong.append(
                FieldError("outcome", "Chưa chọn kết luận. Hãy chọn một mục.", "Please choose the outcome.")
            )
        }
        if outcome == .granted, files.isEmpty, !areRefused {
            wrong.append(
                FieldError(
                    "paper-\(scene.rules.revision.results.first?.key ?? "result")",
                    "Chưa có tệp kết quả. Hãy đính kèm tệp kết quả.",
                    "The result's file is missing. Please attach it."
                )
            )
        }
        if outcome == .denied, explanation == nil {
            wrong.append(
                FieldError(
                    "text",
                    "Chưa nêu lý do không chấp thuận. Hãy viết lý do và căn cứ.",
                    "Please give the reasons and the legal basis of the denial."
                )
            )
        }
        return outcome.map { Terms(outcome: $0, files: files, explanation: explanation) }
    }

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.explanation].compactMap(\.self) }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .prepareResult(
            by: officer,
            outcome: terms.outcome,
            files: terms.files.map { ResultFile(result: $0.component, file: $0.reference) },
            explanation: terms.explanation?.sealed
        )
    }
}
