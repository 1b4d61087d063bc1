package import Kernel
package import Persistence
import Web

/// A wish for a ticket from afar, waiting for the code that was sent to the telephone.
package struct PhoneProof: Sendable {
    package let id: ID<PhoneProof>
    package let office: ID<Agency>
    let phone: PhoneNumber
    let code: String
    let attempts: Int
    package let until: Instant
    fileprivate let wish: TicketBook.Wish

    /// How often a code may be typed wrongly, and how long it holds.
    static let attempts = 5
    static let length = Span.minutes(10)

    package enum Refusal: Error, Equatable {
        case lapsed, wrongCode(left: Int), tooManyWrongCodes
        /// Nothing can be sent from here, so no code can prove anything.
        case nobodyReached
        /// The code has not gone out, so whoever knows it has not read it on that telephone.
        case codeNotSent
    }
}

extension ID<PhoneProof> {
    var subject: Notice.Subject { Notice.Subject("ticket-proof", self) }
}

extension TicketBook {
    /// Has the code told that proves the telephone.
    package func ask(_ wish: Wish, provenBy phone: PhoneNumber, at office: ID<Agency>, _ circumstances: Circumstances)
        async throws -> ID<PhoneProof>
    {
        guard reach.canProve else { throw PhoneProof.Refusal.nobodyReached }
        let now = circumstances.at
        guard let setting = try await plan(office, now) else { throw try await closing(office, now) }
        guard setting[wish.line] != nil else { throw OfficeDay.Refusal.noSuchLine }
        let id = ID<PhoneProof>.fresh(at: now)
        let code = padded(Int.random(in: 0...999_999), 6)
        try await database.transaction { tx in
            try tx.execute(
                """
                INSERT INTO ticket_proof (id, office, line, phone, priority, health, code, attempts, until, language)
                VALUES (
                    \(id), \(office), \(wish.line), \(phone), \(wish.claimed), \(wish.acknowledgesHealth), \(code), 0,
                    \(now + PhoneProof.length), \(wish.language)
                )
                """
            )
            try Notice(
                to: .telephone(phone),
                in: wish.language,
                about: id.subject,
                TicketNotice.code,
                ["code": .code(code), "minutes": .minutes(PhoneProof.length.milliseconds / 60_000)],
                until: now + PhoneProof.length
            ).say(at: now, in: tx)
        }
        return id
    }

    package func proof(_ id: ID<PhoneProof>, at office: ID<Agency>) async throws -> PhoneProof? {
        try await database.read { tx in try proof(id, at: office, in: tx) }
    }

    /// How far the code has come; nil when none was told.
    func codeDelivery(of id: ID<PhoneProof>) async throws -> NoticeDelivery? {
        try await NoticeBook(database: database).latest([TicketNotice.code], about: [id.subject])[id.subject]
    }

    private func proof(_ id: ID<PhoneProof>, at office: ID<Agency>, in tx: borrowing Transaction) throws -> PhoneProof?
    {
        let row = try tx.fetch(
            """
            SELECT line, phone, priority, health, code, attempts, until, language FROM ticket_proof
            WHERE id = \(id) AND office = \(office)
            """
        ).first
        guard let row, let line = LineKey(rawValue: try row.text(0)), let phone = PhoneNumber(rawValue: try row.text(1))
        else { return nil }
        return PhoneProof(
            id: id,
            office: office,
            phone: phone,
            code: try row.text(4),
            attempts: try row.int(5),
            until: Instant(milliseconds: try row.int(6)),
            wish: Wish(
                line,
                holder: "phone \(phone.rawValue)",
                phone: phone,
                claiming: try row.optionalText(2).flatMap(PriorityReason.init(rawValue:)),
                acknowledgesHealth: try row.bool(3),
                in: Language(rawValue: try row.text(7)) ?? .vi
            )
        )
    }

    /// Takes the ticket, or opens the one that the owner of the telephone has for the same matter already.
    package func take(
        _ id: ID<PhoneProof>,
        code: String,
        at office: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> Receipt {
        let now = circumstances.at
        // A wrong code is counted even though the rest is refused, so it is told apart from what throws.
        let (found, left): (PhoneProof, Int?) = try await database.transaction { tx in
            guard let proof = try proof(id, at: office, in: tx), now < proof.until else {
                throw PhoneProof.Refusal.lapsed
            }
            let sent = try NoticeBook.latest([TicketNotice.code], about: [id.subject], in: tx)[id.subject]
            guard reach.proves(sent?.state) else { throw PhoneProof.Refusal.codeNotSent }
            guard proof.attempts < PhoneProof.attempts else { return (proof, 0) }
            guard code == proof.code else {
                try tx.execute("UPDATE ticket_proof SET attempts = attempts + 1 WHERE id = \(id)")
                return (proof, PhoneProof.attempts - proof.attempts - 1)
            }
            return (proof, nil)
        }
        if let left { throw left == 0 ? PhoneProof.Refusal.tooManyWrongCodes : .wrongCode(left: left) }
        do {
            let key = IdempotencyKey(scope: "phone-proof", key: id.rawValue, digest: "")
            return try await take(found.wish, at: office, circumstances, once: key)
        } catch OfficeDay.Refusal.hasTicket(let number) {
            guard let secret = try await secret(of: number, at: office, on: now.localDate) else {
                throw OfficeDay.Refusal.hasTicket(number)
            }
            return Receipt(number: number, secret: secret)
        }
    }

    /// Telephones of wishes that nobody has confirmed in time are forgotten.
    func forgetProofs(at now: Instant) async throws {
        let isAnyDue = try await database.read { tx in
            try !tx.fetch("SELECT 1 FROM ticket_proof WHERE until <= \(now) LIMIT 1").isEmpty
        }
        guard isAnyDue else { return }
        try await database.transaction { tx in
            try tx.execute("DELETE FROM ticket_proof WHERE until <= \(now)")
        }
    }
}
