import DossierCore
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
            case .opinion(.asked(let id, _, _, let question, _)):
                guard let opinion = dossier.opinions[id] else { continue }
                asked.append(
                    AskedOpinion(opinion: opinion, question: text(question), askedAt: recorded.circumstances.at)
                )
            case .opinion(.given(let id, let stance, let words)):
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
