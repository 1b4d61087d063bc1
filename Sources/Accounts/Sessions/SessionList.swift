import Kernel
import Persistence
import Web

/// One of somebody's open sessions, as they see it.
struct SessionSummary: Sendable, Equatable {
    let device: String
    let created: Instant
    let seen: Instant
    let isCurrent: Bool
}

extension Sessions {
    /// Where a person is signed in; this session first, then the one used last.
    func open(of person: String, current token: String?) async throws -> [SessionSummary] {
        let current = token.flatMap(SessionToken.init(rawValue:))?.digest
        let now = office.now
        let sessions = try await database.read { tx in
            try tx.fetch(
                """
                SELECT digest, device, created, seen FROM session
                WHERE person = \(person) AND expires > \(now) AND ended = 0 AND seen <= \(now + .clockError) ORDER BY seen DESC LIMIT 50
                """
            ).map { row in
                SessionSummary(
                    device: try row.text(1),
                    created: Instant(milliseconds: try row.int(2)),
                    seen: Instant(milliseconds: try row.int(3)),
                    isCurrent: try row.text(0) == current
                )
            }
        }
        return sessions.filter(\.isCurrent) + sessions.filter { !$0.isCurrent }
    }
}
