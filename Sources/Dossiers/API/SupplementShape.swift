import DossierCore
import Kernel
import Web

/// A request for a supplement as JSON, with what has come of it. Names are part of the interface: add, never rename.
struct SupplementShape: Encodable {
    struct Item: Encodable {
        enum State: String, Encodable { case awaited, received, explained, missing }

        /// The word by which the item is answered: the key of a component, or `_answers`.
        let item: String
        let name: Words
        let originals: Int
        let certifiedCopies: Int
        let copies: Int
        let text: String?
        let state: State
        let word: String?
    }

    struct Ground: Encodable { let reason: String, basis: String }

    let askedAt: String
    let reason: String
    let answerBy: LocalDate?
    /// Why it was asked for once more; absent where it was the first time.
    let ground: Ground?
    let items: [Item]
    let answeredAt: String?
    let message: String?

    init(_ asked: AskedSupplement, _ rules: FilingRules) {
        askedAt = asked.askedAt.iso8601
        reason = asked.reason
        answerBy = asked.answerBy
        ground = asked.ground.map { Ground(reason: $0.reason, basis: $0.basis) }
        answeredAt = asked.answeredAt?.iso8601
        message = asked.message
        items = asked.items.map { item in
            Item(
                item: item.item.key,
                name: rules.itemName(item.item),
                originals: item.item.originals,
                certifiedCopies: item.item.certifiedCopies,
                copies: item.item.copies,
                text: item.text,
                state: asked.answeredAt == nil
                    ? .awaited : !item.papers.isEmpty ? .received : item.word != nil ? .explained : .missing,
                word: item.word
            )
        }
    }
}
