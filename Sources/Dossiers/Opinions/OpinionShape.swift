import DossierCore
import Kernel
import Web

/// A question to a colleague as JSON, with what has come of it. Names are part of the interface: add, never rename.
struct OpinionShape: Encodable {
    struct Answer: Encodable {
        let stance: Opinion.Stance?
        let text: String
        let at: String
    }

    let id: String
    let officer: String
    let asker: String
    let question: String
    let askedAt: String
    let answerBy: LocalDate
    let state: Opinion.State
    let answer: Answer?

    init(_ asked: AskedOpinion) {
        id = asked.opinion.id.rawValue
        officer = asked.opinion.officer.rawValue
        asker = asked.opinion.asker.rawValue
        question = asked.question
        askedAt = asked.askedAt.iso8601
        answerBy = asked.opinion.answerBy
        state = asked.opinion.state
        answer = asked.answer.map { Answer(stance: $0.stance, text: $0.text, at: $0.at.iso8601) }
    }
}
