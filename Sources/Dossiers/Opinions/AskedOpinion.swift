import Kernel
import Markup
import Persistence
import Web

/// A question to a colleague with what has come of it, as officers read it.
struct AskedOpinion {
    struct Answer {
        let stance: Opinion.Stance?
        let text: String
        let at: Instant
        let by: Circumstances
    }

    let opinion: Opinion
    let question: String
    let askedAt: Instant
    var answer: Answer?

    /// Whether the day has passed without an answer, or had when it came.
    func isLate(now: Instant) -> Bool {
        guard let at = answer?.at ?? (opinion.state == .open ? now : nil) else { return false }
        return opinion.answerBy.isOver(at: at)
    }
}

extension DossierBook.Details {
    /// Everything that was asked of colleagues, in order.
    var askedOpinions: [AskedOpinion] {
        var asked: [AskedOpinion] = []
        for recorded in history {
            switch recorded.event {
            case .opinionAsked(let id, _, _, let question, _):
                guard let opinion = dossier.opinions[id] else { continue }
                asked.append(
                    AskedOpinion(opinion: opinion, question: text(question), askedAt: recorded.circumstances.at)
                )
            case .opinionGiven(let id, let stance, let words):
                guard let index = asked.firstIndex(where: { $0.opinion.id == id }) else { continue }
                asked[index].answer = AskedOpinion.Answer(
                    stance: stance,
                    text: text(words),
                    at: recorded.circumstances.at,
                    by: recorded.circumstances
                )
            default: break
            }
        }
        return asked
    }
}

/// Questions and answers as the history tells them to officers.
extension History {
    func opinionAsked(
        of officer: ID<Officer>,
        _ question: SealedText,
        _ day: LocalDate
    ) -> (title: String, tone: Tone, text: String?) {
        let name = names[officer] ?? say("người đã rời cơ quan", "a former colleague")
        let title = say(
            "Xin ý kiến \(name), trước hết ngày \(day.vietnamese)",
            "Opinion of \(name) asked for by \(day.vietnamese)"
        )
        return (title, .waiting, text(question))
    }

    func opinionGiven(_ stance: Opinion.Stance?, _ words: SealedText) -> (title: String, tone: Tone, text: String?) {
        (
            say("Đã có ý kiến", "Opinion given") + (stance.map { ": \(say($0.words).lowercased())" } ?? ""),
            .active, text(words)
        )
    }
}
