package import Kernel
package import Persistence

/// Something that somebody has to be told. A slice says it in the transaction in which it became so, and nothing more:
/// how it is worded, and whether and how it reaches them, is not the slice's business.
package struct Notice: Sendable {
    /// Where somebody is reached; kept beside the log, in a row that can be erased.
    package enum Recipient: Hashable, Sendable {
        case account(ID<Citizen>)
        case telephone(PhoneNumber)
        /// Whoever the subject's own papers name when it goes out: what was corrected meanwhile counts, and no second copy
        /// of a telephone is kept.
        case ofSubject
    }

    /// What a notice is about: a kind of thing and its name.
    package struct Subject: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) { self.rawValue = rawValue }

        package init<Thing>(_ kind: String, _ id: ID<Thing>) { rawValue = "\(kind)/\(id.rawValue)" }
    }

    package let to: Recipient
    package let language: Language
    package let about: Subject
    package let kind: NoticeKind
    package let facts: [String: NoticeFact]
    package let until: Instant?
    package let once: String?
    /// The agency whose officers call where no way reaches anybody.
    package let desk: ID<Agency>?

    /// From `until` on it is of no use any more and is not sent; two notices with the same `once` are one.
    package init(
        to: Recipient,
        in language: Language,
        about: Subject,
        _ kind: NoticeKind,
        _ facts: [String: NoticeFact],
        until: Instant? = nil,
        once: String? = nil,
        desk: ID<Agency>? = nil
    ) {
        self.to = to
        self.language = language
        self.about = about
        self.kind = kind
        self.facts = facts
        self.until = until
        self.once = once
        self.desk = desk
    }

    /// A notice that does not tell what its kind has to, or tells something else.
    package struct Unsayable: Error, Equatable {
        package let kind: String
        package let fact: String
    }

    /// Notes it, to be delivered after everything that was said before about the same subject.
    package func say(at now: Instant, in tx: borrowing Transaction) throws {
        try requireFacts()
        let id = ID<Notice>.fresh(at: now)
        let (account, phone): (ID<Citizen>?, PhoneNumber?) =
            switch to {
            case .account(let citizen): (citizen, nil)
            case .telephone(let phone): (nil, phone)
            case .ofSubject: (nil, nil)
            }
        let isNew =
            try tx.execute(
                """
                INSERT INTO notice (
                    id, said_once, kind, about, account, phone, of_subject, desk, language, facts, is_fleeting, said,
                    useless_from, state, attempts
                ) VALUES (
                    \(id), \(once), \(kind.name), \(about), \(account), \(phone),
                    \(to == .ofSubject), \(desk), \(language), \(try StoredForm.text(facts)), \(kind.isFleeting),
                    \(now), \(until), 'waiting', 0
                ) ON CONFLICT (said_once) DO NOTHING
                """
            ) == 1
        guard isNew else { return }
        // The outbox names the notice and nobody: what is about a person stands in one row.
        try Outbox.post(topic: NoticeBook.topic, key: about.rawValue, payload: id.rawValue, in: tx)
    }

    /// A fault here is seen by whoever says it, and not hours later where it is sent.
    private func requireFacts() throws {
        for name in Set(facts.keys).union(kind.facts.keys).sorted()
        where facts[name]?.sort != kind.facts[name] {
            throw Unsayable(kind: kind.name, fact: name)
        }
    }
}
