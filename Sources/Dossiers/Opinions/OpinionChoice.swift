import DossierCore
import Kernel
import Markup
import Web

/// Which question an act is about. Where only one can be meant it need not be named.
struct OpinionChoice {
    static let field = "opinion"

    /// Those of the officer, answered or not.
    let opinions: [Opinion]

    func field(_ asked: ActForm) async throws -> HTML? {
        let named = asked.typed.filled(Self.field).flatMap { id in opinions.open.first { $0.id.rawValue == id } }
        let meant = Set((named.map { [$0] } ?? opinions.open).map(\.id))
        let questions = asked.details.askedOpinions.filter { meant.contains($0.opinion.id) }
        guard let first = questions.first else { return nil }
        let (form, say) = (asked.form, asked.say)
        let names = try await asked.scene.colleagues().names
        guard questions.count > 1 else {
            return """
                \(form.hidden(Self.field, first.opinion.id.rawValue))
                \(notice {
                    "<p class=\"pre\">\(first.question)</p><p class=\"quiet\">\(source(first, names, say))</p>"
                })
                """
        }
        return form.radios(
            Self.field,
            say("Câu hỏi", "Question"),
            questions.map { Web.Choice($0.opinion.id.rawValue, $0.question, hint: source($0, names, say)) }
        )
    }

    private func source(_ asked: AskedOpinion, _ names: [ID<Officer>: String], _ say: Language) -> String {
        let asker = names[asked.opinion.asker] ?? say("người đã rời cơ quan", "a former colleague")
        let receiver = names[asked.opinion.officer] ?? say("người đã rời cơ quan", "a former colleague")
        let day = asked.opinion.answerBy.vietnamese
        return say(
            "\(asker) hỏi \(receiver), cần trước hết ngày \(day)",
            "\(asker) asks \(receiver), wanted by the end of \(day)"
        )
    }

    /// The question that is named or waits alone. Where none waits any more the last one is meant: a repetition of what
    /// was done is known by its key, and everybody else is told what has become of it.
    func read(_ named: String?, _ wrong: inout [FieldError]) -> ID<Opinion>? {
        if let named = named?.written { return ID(rawValue: named) }
        guard opinions.open.count < 2, let opinion = opinions.open.first ?? opinions.last else {
            wrong.append(
                FieldError(Self.field, "Chưa chọn câu hỏi nào. Hãy chọn một câu.", "Please choose which question.")
            )
            return nil
        }
        return opinion.id
    }
}
