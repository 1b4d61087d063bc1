package import Kernel
package import Persistence

/// One thing that was said about a subject, and what has become of it.
package struct ToldNotice: Hashable, Sendable {
    package let kind: String
    package let said: Instant
    package let state: NoticeState
    /// When officers have told it by telephone instead.
    package let called: Instant?
}

extension NoticeBook {
    /// Everything that was said about `subject`, the newest first.
    package func told(about subject: Notice.Subject) async throws -> [ToldNotice] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT kind, said, called, state, reason, attempts, settled, way FROM notice
                WHERE about = \(subject) ORDER BY id DESC
                """
            ).map { row in
                ToldNotice(
                    kind: try row.text(0),
                    said: Instant(milliseconds: try row.int(1)),
                    state: try Self.state(row, from: 3),
                    called: try row.optionalInt(2).map(Instant.init(milliseconds:))
                )
            }
        }
    }

    /// Takes back what was said of these kinds about `subject` and nobody has begun to hand over: something has happened
    /// since. Nobody needs to be called about it either.
    package static func withdraw(
        _ kinds: [NoticeKind],
        about subject: Notice.Subject,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        guard !kinds.isEmpty else { return }
        try tx.execute(
            """
            UPDATE notice SET state = 'suppressed', reason = \(NoticeState.Reason.overtaken.rawValue), settled = \(now)
            WHERE about = \(subject) AND kind IN \(list: kinds.map(\.name)) AND settled IS NULL AND begun IS NULL
            """
        )
        try tx.execute(
            """
            UPDATE notice SET untold = NULL
            WHERE about = \(subject) AND kind IN \(list: kinds.map(\.name)) AND untold IS NOT NULL
            """
        )
    }
}
