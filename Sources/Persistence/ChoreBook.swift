package import Kernel

/// When periodic work was done last, kept in the database: a server that is started again every hour still does daily
/// work daily, and of several processes one does it.
package struct ChoreBook: Sendable {
    package static let migrations = [
        Migration(
            "chores-0.2",
            """
            CREATE TABLE chore (
                name \(SQL.key) PRIMARY KEY, last_run BIGINT NOT NULL, claimed_until BIGINT NOT NULL
            )
            """
        )
    ]

    private let database: any Database

    package init(database: any Database) { self.database = database }

    /// After so long, whoever has claimed work and not said that it is done has died.
    static let patience = Span.hours(1)

    /// Does `work` if its last run is `span` ago and nobody else is at it; tells whether it did. What fails is due again
    /// at the next call after a tenth of `span`.
    @discardableResult
    package func perform(
        _ name: String,
        every span: Span,
        now: @Sendable () -> Instant,
        _ work: () async throws -> Void
    ) async throws -> Bool {
        let start = now()
        guard try await claim(name, every: span, at: start) else { return false }
        do {
            try await work()
        } catch {
            // When even this cannot be written, the claim ends by itself.
            try? await settle(name, lastRun: start + Span(milliseconds: -span.milliseconds / 10 * 9))
            throw error
        }
        try await settle(name, lastRun: start)
        return true
    }

    /// A last run that lies in the future was written by a clock that was wrong.
    private func claim(_ name: String, every span: Span, at now: Instant) async throws -> Bool {
        let (due, end) = (now + Span(milliseconds: -span.milliseconds), now + Self.patience)
        // Looking does not write, so work that is not due costs nobody a commit.
        let isDue = try await database.read { tx in
            guard let row = try tx.fetch("SELECT last_run, claimed_until FROM chore WHERE name = \(name)").first else {
                return true
            }
            let (last, claimed) = (try row.int(0), try row.int(1))
            return (last <= due.milliseconds || last > now.milliseconds)
                && (claimed <= now.milliseconds || claimed > end.milliseconds)
        }
        guard isDue else { return false }
        return try await database.transaction { tx in
            try tx.execute(
                """
                INSERT INTO chore (name, last_run, claimed_until) VALUES (\(name), 0, \(end))
                ON CONFLICT (name) DO UPDATE SET claimed_until = excluded.claimed_until
                WHERE (chore.last_run <= \(due) OR chore.last_run > \(now))
                    AND (chore.claimed_until <= \(now) OR chore.claimed_until > \(end))
                """
            ) == 1
        }
    }

    private func settle(_ name: String, lastRun: Instant) async throws {
        try await database.transaction { tx in
            _ = try tx.execute("UPDATE chore SET last_run = \(lastRun), claimed_until = 0 WHERE name = \(name)")
        }
    }
}
