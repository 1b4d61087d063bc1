import Kernel
import Persistence
package import Web

/// Everybody who is signed in. A session is a row; it ends when its time does, or when that is set to now. Its trace stays
/// for a day, so that what somebody typed while it ended can be kept for them.
package struct Sessions: IdentityDirectory {
    /// How long an ended session is known to have been one.
    static let trace = Span.hours(24)

    let database: any Database
    let office: Office
    /// How an agency is called, for the heading of the officers' pages.
    let agencyName: @Sendable (ID<Agency>) async throws -> String
    let cache = IdentityCache()

    /// Whose session `token` opens, as things stand now: their name, agency and roles.
    package func identity(session token: String) async throws -> Identity? {
        guard let digest = SessionToken(rawValue: token)?.digest else { return nil }
        let now = office.now
        if let identity = cache.identity(of: digest, at: now) { return identity }
        let generation = cache.generation
        guard let row = try await database.read({ tx in try SessionRow(digest: digest, at: now, in: tx) }) else {
            return nil
        }
        let identity = try await identity(of: row)
        do {
            try await touch(row, digest, at: now)
        } catch  where Unavailable(error) != nil {
            // Whoever only reads can go on while nothing can be written; it is noted with a later request.
        }
        cache.keep(
            .init(identity: identity, person: row.person, until: min(row.expires, now + IdentityCache.timeToLive)),
            for: digest,
            since: generation
        )
        return identity
    }

    private func identity(of row: SessionRow) async throws -> Identity {
        switch row.holder {
        case .citizen(let citizen): .citizen(citizen)
        case .officer(let id, let name, let agency, let roles):
            .officer(
                OfficerIdentity(
                    id: id,
                    name: name,
                    agency: agency,
                    agencyName: try await agencyName(agency),
                    roles: roles
                )
            )
        }
    }

    /// Notes that the session is in use, at most every five minutes: a write per request would cost more than it
    /// tells. A remembered session lives on from here.
    private func touch(_ row: SessionRow, _ digest: String, at now: Instant) async throws {
        guard row.seen + .minutes(5) <= now else { return }
        let expires = row.isRemembered ? now + .rememberedSession : row.expires
        try await database.transaction { tx in
            _ = try tx.execute(
                """
                UPDATE session SET seen = \(now), expires = \(expires) WHERE digest = \(digest) AND seen < \(now)
                    AND expires > \(now) AND ended = 0
                """
            )
        }
    }
}
