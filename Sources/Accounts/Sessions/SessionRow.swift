import Kernel
import Persistence
import Web

/// A session that is still open, with the person behind it as they are now.
struct SessionRow: Sendable {
    enum Holder: Sendable {
        case citizen(CitizenIdentity)
        case officer(ID<Officer>, name: String, ID<Agency>, Set<Role>)
    }

    let holder: Holder
    let person: String
    let seen: Instant
    let expires: Instant
    let isRemembered: Bool

    /// Nil when there is no such session, it has expired, or its holder has no account or no rights any more.
    init?(digest: String, at now: Instant, in tx: borrowing Transaction) throws {
        let rows = try tx.fetch(
            """
            SELECT s.audience, s.person, s.agency, s.seen, s.expires, s.remembered, c.name, o.name, p.roles
            FROM session s
            LEFT JOIN citizen_account c ON s.audience = 'citizen' AND c.id = s.person
            LEFT JOIN staff_account o ON s.audience = 'staff' AND o.id = s.person
                AND o.disabled = 0 AND o.one_time_until IS NULL
            LEFT JOIN staff_post p ON p.officer = o.id AND p.agency = s.agency
            WHERE s.digest = \(digest) AND s.expires > \(now) AND s.ended = 0 AND s.seen <= \(now + .clockError)
            """
        )
        guard let row = rows.first, let audience = Audience(rawValue: try row.text(0)) else { return nil }
        person = try row.text(1)
        seen = Instant(milliseconds: try row.int(3))
        expires = Instant(milliseconds: try row.int(4))
        isRemembered = try row.bool(5)
        switch audience {
        case .citizen:
            guard let name = try row.optionalText(6) else { return nil }
            holder = .citizen(CitizenIdentity(id: ID(rawValue: person), name: name))
        case .staff:
            guard let agency = try row.optionalText(2), let name = try row.optionalText(7),
                let roles = try row.optionalText(8).map(Set<Role>.init(stored:)), !roles.isEmpty
            else { return nil }
            holder = .officer(ID(rawValue: person), name: name, ID(rawValue: agency), roles)
        }
    }
}

extension Set<Role> {
    /// Roles as one column of a row: their names, parted by blanks.
    init(stored text: String) { self = Set(text.split(separator: " ").compactMap { Role(rawValue: String($0)) }) }

    var stored: String { ordered.map(\.rawValue).joined(separator: " ") }

    /// In the order in which roles are declared: the same set is always the same text.
    var ordered: [Role] { Role.allCases.filter(contains) }
}
