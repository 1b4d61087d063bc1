import Kernel
import Markup
import Web

/// The fields of acts about opinions.
struct OpinionFields {
    let details: DossierBook.Details
    let officer: ActingOfficer
    let colleagues: [Colleague]
    let calendar: WorkingCalendar
    let now: Instant

    private var dossier: Dossier { details.dossier }

    /// Whom to ask, and until when.
    func asking(_ form: Form, _ say: Language) -> HTML {
        let waited = Set(dossier.opinions.open.map(\.officer))
        let free = colleagues.filter { $0.givesOpinions && $0.id != officer.id && !waited.contains($0.id) }
        let names = colleagues.filter { waited.contains($0.id) }.map(\.name).joined(separator: ", ")
        return """
            \(free.isEmpty ? nobody(say) : form.checkboxes(
                "officers",
                say("Xin ý kiến của", "Whose opinion"),
                free.map { colleague in
                    let roles = colleague.roles.sorted { $0.rawValue < $1.rawValue }.map { say($0.words) }
                    return Web.Choice(colleague.id.rawValue, "\(colleague.name) (\(roles.joined(separator: ", ")))")
                },
                hint: waited.isEmpty ? say("Mỗi người trả lời riêng.", "Each answers alone.") : say(
                    "Mỗi người trả lời riêng. Đang chờ ý kiến của: \(names).",
                    "Each answers alone. Already asked: \(names)."
                ),
                required: true
            ))
            \(form.field(
                "answerBy",
                say("Cần ý kiến trước hết ngày", "Wanted by the end of"),
                .date,
                hint: say(
                    "Đề xuất \(OpinionOrder.usualDays) ngày làm việc, không quá ngày hẹn trả; sửa được.",
                    "\(OpinionOrder.usualDays) working days are proposed, at most until the due date; you may change it."
                ),
                value: OpinionOrder.usualDay(for: dossier, calendar, now: now).vietnamese
            ))
            """
    }

    private func nobody(_ say: Language) -> HTML {
        notice(.waiting) {
            "<p>\(say("Không còn ai trong cơ quan để hỏi: mọi người khác đang được hỏi rồi.", "There is nobody left in the agency to ask."))</p>"
        }
    }

    /// Which question is answered or withdrawn, and where whoever answers stands.
    func answering(_ act: Act, _ form: Form, typed: FormData, _ say: Language) -> HTML {
        let own = act == .giveOpinion ? dossier.opinions(toGiveBy: officer) : dossier.opinions(toWithdrawBy: officer)
        let named = typed.filled("opinion").flatMap { id in own.filter { $0.id.rawValue == id }.first }
        return """
            \(question(named.map { [$0] } ?? own, form, say))
            \(act == .giveOpinion ? form.radios(
                "stance",
                say("Kết luận", "Conclusion"),
                Opinion.Stance.allCases.map { Web.Choice($0.rawValue, say($0.words)) },
                required: false
            ) : nil)
            """
    }

    private func question(_ own: [Opinion], _ form: Form, _ say: Language) -> HTML? {
        let asked = details.askedOpinions.filter { asked in own.contains { $0.id == asked.opinion.id } }
        guard asked.count > 1 else {
            return asked.first.map { only in
                """
                \(form.hidden("opinion", only.opinion.id.rawValue))
                \(notice {
                    "<p class=\"pre\">\(only.question)</p><p class=\"quiet\">\(source(only, say))</p>"
                })
                """
            }
        }
        return form.radios(
            "opinion",
            say("Câu hỏi", "Question"),
            asked.map { Web.Choice($0.opinion.id.rawValue, $0.question, hint: source($0, say)) }
        )
    }

    private func source(_ asked: AskedOpinion, _ say: Language) -> String {
        let asker = names[asked.opinion.asker] ?? say("người đã rời cơ quan", "a former colleague")
        let receiver = names[asked.opinion.officer] ?? say("người đã rời cơ quan", "a former colleague")
        let day = asked.opinion.answerBy.vietnamese
        return say(
            "\(asker) hỏi \(receiver), cần trước hết ngày \(day)",
            "\(asker) asks \(receiver), wanted by the end of \(day)"
        )
    }

    private var names: [ID<Officer>: String] {
        Dictionary(colleagues.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// Who has not answered yet, and the tick without which a step is not completed.
    func confirming(_ form: Form, _ say: Language) -> HTML? {
        let missing = details.askedOpinions.filter { $0.opinion.state == .open }
        guard !missing.isEmpty else { return nil }
        return """
            \(notice(.waiting, title: say("Chưa đủ ý kiến", "Opinions are missing")) {
                """
                <ul>\(missing.map { asked -> HTML in
                    """
                    <li>\(names[asked.opinion.officer] ?? say("người đã rời cơ quan", "a former colleague")), \
                    \(say("trước hết ngày", "by the end of")) \(asked.opinion.answerBy.vietnamese)\
                    \(asked.isLate(now: now) ? " \(tag(say("Quá hạn", "Late"), .bad))" as HTML : nil)</li>
                    """
                })</ul>
                """
            })
            \(form.checkbox("withoutOpinions", say("Hoàn thành khi chưa đủ ý kiến", "Complete without the opinions")))
            """
    }
}
