import Kernel
import Persistence
import Web

extension Sessions {
    /// Signs out whoever holds `token`; nothing happens when nobody does.
    package func close(_ token: String) async throws {
        guard let digest = SessionToken(rawValue: token)?.digest else { return }
        let now = office.now
        try await database.transaction { tx in
            _ = try tx.execute("UPDATE session SET expires = \(now) WHERE digest = \(digest) AND expires > \(now)")
        }
        cache.forget(session: digest)
    }

    /// Signs a person out everywhere else.
    func closeOthers(of person: String, keeping token: String?) async throws {
        try await database.transaction { tx in try closeAll(of: person, except: token, in: tx) }
        cache.forget(person: person)
    }

    /// The same as part of a larger transaction, after which the caller lets `cache` forget the person.
    func closeAll(of person: String, except token: String? = nil, in tx: borrowing Transaction) throws {
        let kept = token.flatMap(SessionToken.init(rawValue:))?.digest ?? ""
        let now = office.now
        try tx.execute(
            "UPDATE session SET expires = \(now) WHERE person = \(person) AND digest <> \(kept) AND expires > \(now)"
        )
    }

    /// Has an officer go on in the same session for another agency.
    func move(_ token: String, of officer: ID<Officer>, to agency: ID<Agency>) async throws {
        guard let digest = SessionToken(rawValue: token)?.digest else { return }
        try await database.transaction { tx in
            let changed = try tx.execute(
                """
                UPDATE session SET agency = \(agency) WHERE digest = \(digest) AND person = \(officer)
                    AND EXISTS (SELECT 1 FROM staff_post WHERE officer = \(officer) AND agency = \(agency))
                """
            )
            guard changed == 1 else { throw StaffMember.Refusal.servesNotThere }
        }
        cache.forget(session: digest)
    }
}
