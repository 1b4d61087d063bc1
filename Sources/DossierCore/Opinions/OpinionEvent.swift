package import Kernel
import Web

/// Colleagues are asked and answer (lấy ý kiến). Case names and labels are the stored format: add, never rename.
package enum OpinionEvent: Codable, Equatable, Sendable {
    case asked(
        opinion: ID<Opinion>,
        of: ID<Officer>,
        asker: ID<Officer>,
        question: SealedText,
        answerBy: LocalDate
    )
    case given(opinion: ID<Opinion>, stance: Opinion.Stance?, text: SealedText)
    case withdrawn(opinion: ID<Opinion>)
}

extension OpinionEvent: DossierHappening {
    package var name: String {
        switch self {
        case .asked: "opinionAsked"
        case .given: "opinionGiven"
        case .withdrawn: "opinionWithdrawn"
        }
    }

    package func happen(to dossier: inout Dossier) {
        switch self {
        case .asked(let opinion, let officer, let asker, _, let day):
            dossier.opinions.append(Opinion(id: opinion, officer: officer, asker: asker, answerBy: day))
        case .given(let opinion, _, _): dossier.opinions.set(.given) { $0.id == opinion }
        case .withdrawn(let opinion): dossier.opinions.set(.withdrawn) { $0.id == opinion }
        }
    }

    package func sentence(in history: History) -> Sentence {
        let say = history.say
        switch self {
        case .asked(_, let officer, _, let question, let day):
            let name = history.names[officer] ?? say("người đã rời cơ quan", "a former colleague")
            return Sentence(
                say(
                    "Xin ý kiến \(name), trước hết ngày \(day.vietnamese)",
                    "Opinion of \(name) asked for by \(day.vietnamese)"
                ),
                .waiting,
                history.text(question)
            )
        case .given(_, let stance, let words):
            return Sentence(
                say("Đã có ý kiến", "Opinion given") + (stance.map { ": \(say($0.words).lowercased())" } ?? ""),
                .active,
                history.text(words)
            )
        case .withdrawn: return Sentence(say("Thu hồi câu hỏi xin ý kiến", "Question withdrawn"), .neutral)
        }
    }

    package var changesHands: Bool { false }

    package var isInternal: Bool { true }

    package var texts: [SealedText] {
        switch self {
        case .asked(_, _, _, let text, _), .given(_, _, let text): [text]
        case .withdrawn: []
        }
    }

    package var officers: [ID<Officer>] {
        switch self {
        case .asked(_, let officer, let asker, _, _): [officer, asker]
        case .given, .withdrawn: []
        }
    }
}
