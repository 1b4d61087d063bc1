import Catalogue
import DossierCore
import Kernel
import Markup
import Web

/// What was declared or typed wrong is put right in the dossier's data: the earlier answers are kept, and the history says
/// which fields, who and why.
struct CorrectAnswers: OfficerAct {
    struct Said: ActSaid {
        struct Pair: Codable, Sendable {
            let name: String
            let value: String
        }

        /// As the fields of a page send them.
        let fields: [Pair]?
        /// As a program sends all answers.
        let answers: JSONTree?
        let text: String?

        init(_ form: FormData) {
            fields = form.answerPairs.map { Pair(name: $0.name, value: $0.value) }
            answers = nil
            text = form["text"]
        }
    }

    struct Terms: Sendable {
        let fields: [String]
        let content: DossierTexts.Draft
        let reason: DossierTexts.Draft
    }

    let name = Words("Sửa nội dung khai", "Correct the answers")
    let key = "correct-answers"
    let width = PageWidth.wide
    private let reason = ActText(label: Words("Vì sao sửa, theo giấy tờ nào", "Why, and by which paper"), rows: 3)

    func require(_ dossier: Dossier, by officer: ActingOfficer) throws(Dossier.Refusal) {
        try dossier.mayCorrectAnswers(by: officer)
    }

    func fields(_ asked: ActForm) -> HTML {
        let (say, form) = (asked.say, asked.scene.rules.revision.form)
        guard let stored = asked.details.readAnswers else {
            return notice {
                "<p>\(say("Nội dung khai đã xóa theo quy định nên không sửa được.", "The answers have been erased by law and cannot be corrected."))</p>"
            }
        }
        let answers = asked.typed.pairs.isEmpty ? stored : form.reading(asked.typed.answerPairs, into: stored).answers
        return """
            <p>\(say(
                "Sửa đúng ô bị sai. Nội dung cũ vẫn được lưu; quá trình của hồ sơ ghi ô nào được sửa, ai sửa và vì sao, người nộp cũng thấy.",
                "Change only what is wrong. What was there before is kept; the history says which fields, who and why, and the applicant sees it too."
            ))</p>
            \(form.shown(answers).sections.map { part in
                panel(say(part.section.name)) {
                    formSection(part.section, of: form, answers: answers, errors: asked.form.errors, in: asked.form, say)
                }
            })
            \(reason.field(asked))
            """
    }

    func terms(_ said: Said, _ scene: ActScene, _ wrong: inout [FieldError]) -> Terms? {
        let form = scene.rules.revision.form
        guard let stored = scene.details.readAnswers else {
            wrong.append(
                FieldError(
                    "text",
                    "Nội dung khai đã xóa theo quy định nên không sửa được.",
                    "The answers have been erased by law."
                )
            )
            return nil
        }
        var typed = stored
        if let tree = said.answers {
            let read = form.answers(in: tree)
            wrong += read.errors
            typed = read.answers
        } else {
            let reading = form.reading((said.fields ?? []).map { ($0.name, $0.value) }, into: stored)
            typed = reading.answers
            if reading.rowsChanged { wrong.append(Self.notSavedYet) }
        }
        let reason = reason.read(said.text, at: scene.now, &wrong)
        let checked = form.check(typed, on: scene.now.localDate)
        // An address that was given beside the form is none of its answers, and stays.
        let beside = scene.rules.asksReturnAddress ? stored["delivery", "deliveryAddress"] : nil
        let answers = checked.answers.delivered(to: beside)
        let changed = answers.fields(differingFrom: stored)
        // What nobody has touched is not judged anew.
        wrong += checked.errors.filter { error in
            if let compared = checked.compared[error] { return compared.contains(where: changed.contains) }
            return changed.contains { $0 == error.field } || stored.isMissing(error.field)
        }
        guard let reason, wrong.isEmpty else { return nil }
        return Terms(
            // A tick says nothing by itself: the fields that it confirms are named.
            fields: changed.filter { !$0.hasPrefix(FormDefinition.confirmed + ".") },
            content: DossierTexts.Draft(answers.json, .answers, at: scene.now),
            reason: reason
        )
    }

    private static let notSavedYet = FieldError(
        "text",
        "Biểu mẫu đã được cập nhật nhưng chưa lưu. Hãy kiểm tra rồi bấm “Sửa nội dung khai”.",
        "The form was updated and is not saved yet. Please check it and press “Correct the answers”."
    )

    func texts(_ terms: Terms) -> [DossierTexts.Draft] { [terms.content, terms.reason] }

    func command(by officer: ActingOfficer, _ terms: Terms) -> Dossier.Command {
        .correct(
            .answers(by: officer, fields: terms.fields, content: terms.content.sealed, reason: terms.reason.sealed)
        )
    }
}
