import DossierCore
import Kernel
import Markup
import Persistence
import Web

/// What colleagues were asked about a dossier, on its page for officers.
struct OpinionPanel {
    let details: DossierBook.Details
    let officer: ActingOfficer
    let names: [ID<Officer>: String]
    let now: Instant
    let path: String

    private static let give = GiveOpinion()

    /// Tells whoever is asked that an opinion is waited for.
    func notice(_ say: Language) -> HTML? {
        let own = details.dossier.opinions(toGiveBy: officer)
        let asked = details.askedOpinions.filter { asked in own.contains { $0.id == asked.opinion.id } }
        guard !asked.isEmpty else { return nil }
        return Web.notice(.waiting, title: say("Hồ sơ đang chờ ý kiến", "An opinion is wanted")) {
            "\(asked.map { question($0, say) })"
        }
    }

    private func question(_ asked: AskedOpinion, _ say: Language) -> HTML {
        let absent = asked.opinion.officer == officer.id ? nil : name(of: asked.opinion.officer, say)
        return """
            <p class="pre">\(asked.question)</p>
            <p class="quiet">\(name(of: asked.opinion.asker, say)), \(say("cần trước hết ngày", "wanted by the end of")) \
            \(asked.opinion.answerBy.vietnamese)\(absent.map { inPlace(of: $0, say) })\(late(asked, say))</p>
            <p>\(linkButton(
                say("Cho ý kiến", "Give the opinion"),
                "\(path)/\(Self.give.address)?\(OpinionChoice.field)=\(asked.opinion.id.rawValue)",
                .main,
                key: asked.opinion.id == details.dossier.opinions(toGiveBy: officer).first?.id ? Self.give.shortcut : nil
            ))</p>
            """
    }

    /// Everything that was asked, with what has come of it.
    func show(_ form: Form, _ say: Language) -> HTML? {
        let asked = details.askedOpinions
        guard !asked.isEmpty else { return nil }
        return panel(say("Ý kiến", "Opinions"), id: "opinions") {
            table(
                say("Ý kiến đã xin", "Opinions asked for"),
                [
                    Column(say("Hỏi ai", "Whom")), Column(say("Câu hỏi", "Question")), Column(say("Ý kiến", "Opinion")),
                ],
                density: .dense,
                hidesCaption: true,
                rows: asked.map { row($0, form, say) }
            )
        }
    }

    /// Each cell holds one element, because cells become lines of a card where it is narrow.
    private func row(_ asked: AskedOpinion, _ form: Form, _ say: Language) -> [HTML] {
        let day = asked.opinion.answerBy.vietnamese
        return [
            """
            <div>\(name(of: asked.opinion.officer, say))\
            <small>\(say("trước hết ngày \(day)", "by the end of \(day)"))</small></div>
            """,
            """
            <div class="pre">\(asked.question)\
            <small>\(name(of: asked.opinion.asker, say)), \(asked.askedAt.localMinute.vietnamese)</small></div>
            """,
            "<div>\(answer(asked, form, say))</div>",
        ]
    }

    private func answer(_ asked: AskedOpinion, _ form: Form, _ say: Language) -> HTML {
        guard let answer = asked.answer else {
            return "\(state(asked.opinion.state, say))\(late(asked, say))\(withdrawal(asked.opinion, form, say))"
        }
        let stance = answer.stance.map { tag(say($0.words), $0.tone) } ?? tag(say("Đã trả lời", "Answered"), .active)
        return """
            \(stance)\(late(asked, say))<div class="pre">\(answer.text)</div>\
            <small>\(writer(of: answer, asked.opinion, say))\(answer.at.localMinute.vietnamese)</small>
            """
    }

    /// Named where somebody else has answered in the colleague's place.
    private func writer(of answer: AskedOpinion.Answer, _ opinion: Opinion, _ say: Language) -> String? {
        guard case .officer(let id) = answer.by.actor, id != opinion.officer else { return nil }
        return say("\(name(of: id, say)) thay mặt, ", "\(name(of: id, say)) in their place, ")
    }

    private func state(_ state: Opinion.State, _ say: Language) -> HTML {
        switch state {
        case .open: tag(say("Đang chờ", "Awaited"), .waiting)
        case .given: tag(say("Đã trả lời", "Answered"), .active)
        case .withdrawn: tag(say("Đã thu hồi", "Withdrawn"))
        case .over: tag(say("Không có ý kiến khi hồ sơ kết thúc", "Not given before the end"))
        }
    }

    private func withdrawal(_ opinion: Opinion, _ form: Form, _ say: Language) -> HTML? {
        guard details.dossier.opinions(toWithdrawBy: officer).contains(where: { $0.id == opinion.id }) else {
            return nil
        }
        return form.post(
            to: "\(path)/\(WithdrawOpinion().address)",
            label: say(
                "Thu hồi câu hỏi cho \(name(of: opinion.officer, say))",
                "Withdraw from \(name(of: opinion.officer, say))"
            )
        ) {
            """
            \(form.hidden(OpinionChoice.field, opinion.id.rawValue))
            \(button(say("Thu hồi", "Withdraw"), .quiet))
            """
        }
    }

    private func late(_ asked: AskedOpinion, _ say: Language) -> HTML? {
        guard asked.isLate(now: now) else { return nil }
        return " \(tag(asked.answer == nil ? say("Quá hạn", "Late") : say("Trả lời muộn", "Answered late"), .bad))"
    }

    private func name(of officer: ID<Officer>, _ say: Language) -> String {
        names[officer] ?? say("người đã rời cơ quan", "a former colleague")
    }
}

extension Opinion.Stance {
    fileprivate var tone: Tone {
        switch self {
        case .agrees: .good
        case .objects: .bad
        case .other: .neutral
        }
    }
}

extension DossierRow {
    /// Who, if they are away, is stood in for: whoever is asked, or otherwise whoever has the dossier.
    var inPlaceOf: ID<Officer>? { wanted?.officer ?? holder }

    /// By when the reader's opinion is wanted, with a word where that day has passed.
    func wantedBy(now: Instant, _ say: Language) -> HTML? {
        guard let wanted else { return nil }
        let isLate = wanted.answerBy.isOver(at: now)
        return
            "<span>\(wanted.answerBy.vietnamese)\(isLate ? " \(tag(say("Quá hạn", "Late"), .bad))" as HTML : nil)</span>"
    }
}
