package import Kernel
package import Persistence
package import Web

/// The last request for a supplement with what has come of it, as people read it.
package struct AskedSupplement {
    package struct Item {
        package let item: SupplementItem
        package let text: String?
        /// What was brought, once the request has been answered.
        package var papers: [FiledPaper] = []
        /// Why it was not brought, in the applicant's words.
        package var word: String?
    }

    package var items: [Item]
    package let reason: String
    package let answerBy: LocalDate?
    package let ground: (reason: String, basis: String)?
    package let askedAt: Instant
    package let askedBy: Circumstances
    package var message: String?
    package var answeredAt: Instant?
}

extension DossierBook.Details {
    /// The last request; nil where none was made.
    package var supplement: AskedSupplement? {
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

    package func text(_ sealed: SealedText) -> String { text(sealed, .vi) }

    package func text(_ sealed: SealedText, _ say: Language) -> String {
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
    package func counts(_ say: Language) -> String {
        let kinds = [
            (originals, say("bản chính", originals == 1 ? "original" : "originals")),
            (certifiedCopies, say("bản chứng thực", certifiedCopies == 1 ? "certified copy" : "certified copies")),
            (copies, say("bản photo", copies == 1 ? "plain copy" : "plain copies")),
        ]
        return kinds.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
