package import Kernel
package import Persistence

/// One thing that no way has told anybody, as far as is known.
package struct UntoldNotice: Hashable, Sendable {
    package let id: ID<Notice>
    package let about: Notice.Subject
    package let kind: String
    package let since: Instant
    package let state: NoticeState
}

extension NoticeBook {
    /// What officers of `desk` should call about, the oldest first, after the notice `last` that waits since `time`.
    package func untold(
        for desk: ID<Agency>,
        after last: (time: Instant, id: ID<Notice>)? = nil,
        limit: Int
    ) async throws -> [UntoldNotice] {
        let position: SQL = last.map { "AND (untold, id) > (\($0.time), \($0.id))" } ?? ""
        return try await database.read { tx in
            try tx.fetch(
                """
                SELECT id, about, kind, untold, state, reason, attempts, settled, way FROM notice
                WHERE desk = \(desk) AND untold IS NOT NULL \(position) ORDER BY untold, id LIMIT \(limit)
                """
            ).map { row in
                UntoldNotice(
                    id: ID(rawValue: try row.text(0)),
                    about: Notice.Subject(rawValue: try row.text(1)),
                    kind: try row.text(2),
                    since: Instant(milliseconds: try row.int(3)),
                    state: try Self.state(row, from: 4)
                )
            }
        }
    }

    /// Whoever it is about was called: nothing of it waits for a call any more.
    package static func noteCall(about subject: Notice.Subject, at now: Instant, in tx: borrowing Transaction) throws {
        try tx.execute(
            "UPDATE notice SET untold = NULL, called = \(now) WHERE about = \(subject) AND untold IS NOT NULL"
        )
    }
}
