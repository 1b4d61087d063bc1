import Kernel
import Persistence
import Web

/// The last request for a supplement with what has come of it, as people read it.
struct AskedSupplement {
    struct Item {
        let item: SupplementItem
        let text: String?
        /// What was brought, once the request has been answered.
        var papers: [FiledPaper] = []
        /// Why it was not brought, in the applicant's words.
        var word: String?
    }

    var items: [Item]
    let reason: String
    let answerBy: LocalDate?
    let ground: (reason: String, basis: String)?
    let askedAt: Instant
    let askedBy: Circumstances
    var message: String?
    var answeredAt: Instant?
}

extension DossierBook.Details {
    /// The last request; nil where none was made.
    var supplement: AskedSupplement? {
        var asked: AskedSupplement?
        for recorded in history {
            let at = recorded.circumstances.at
            switch recorded.event {
            case .supplement(.requested(let items, let reason, let answerBy, let ground)):
                asked = AskedSupplement(
                    items: items.map { AskedSupplement.Item(item: $0, text: $0.request.map(text)) },
                    reason: text(reason),
                    answerBy: answerBy,
                    ground: ground.map { (text($0.reason), text($0.basis)) },
                    askedAt: at,
                    askedBy: recorded.circumstances
                )
            case .supplement(.answered(let answers, let message, _)):
                asked?.answer(answers, at, text)
                asked?.message = message.map(text)
            default: break
            }
        }
        return asked
    }

    func text(_ sealed: SealedText) -> String { text(sealed, .vi) }

    func text(_ sealed: SealedText, _ say: Language) -> String {
        texts[sealed.text] ?? say("(nội dung đã xóa theo quy định)", "(erased by law)")
    }
}

extension AskedSupplement {
    fileprivate mutating func answer(
        _ answers: [SupplementAnswer],
        _ at: Instant,
        _ text: (SealedText) -> String
    ) {
        answeredAt = at
        for index in items.indices {
            let own = answers.filter { $0.key == items[index].item.key }
            items[index].papers = own.flatMap(\.papers)
            items[index].word = own.compactMap(\.word).first.map(text)
        }
    }
}

extension SupplementItem {
    /// `01 bản chính, 02 bản chứng thực`; empty where no number was given.
    func counts(_ say: Language) -> String {
        let kinds = [
            (originals, say("bản chính", originals == 1 ? "original" : "originals")),
            (certifiedCopies, say("bản chứng thực", certifiedCopies == 1 ? "certified copy" : "certified copies")),
            (copies, say("bản photo", copies == 1 ? "plain copy" : "plain copies")),
        ]
        return kinds.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
