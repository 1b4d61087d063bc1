package import Kernel

/// When chores were done last, kept in the database: a server that is started again every hour still does daily work
/// daily, and of several processes one does it.
package struct ChoreBook: Sendable {
    package static let migrations = [
        Migration(
            "chores-0.2",
            """
            CREATE TABLE chore (
                name \(SQL.key) PRIMARY KEY, last_run BIGINT NOT NULL, claimed_until BIGINT NOT NULL,
                failures BIGINT NOT NULL DEFAULT 0
            )
            """
        )
    ]

    private let database: any Database

    package init(database: any Database) { self.database = database }

    /// After so long, whoever has claimed work and not said that it is done has died.
    static let patience = Span.hours(1)

    /// Does `chore` if its turn has come and nobody else is at it; tells whether it did. One that was never done is due
    /// at once. What fails is tried again after a tenth of its span, and within the hour.
    @discardableResult
    package func perform(_ chore: Chore, now: @Sendable () -> Instant) async throws -> Bool {
        let start = now()
        if let turn = chore.rhythm.lastTurn(before: start) {
            guard try await claim(chore.name, ifLastRunBefore: turn, at: start) else { return false }
        }
        do {
            try await chore.work()
        } catch {
            // Whoever is told to stop has not failed. When even this cannot be written, the claim ends by itself.
            let hasFailed = !(error is CancellationError)
            try? await giveBack(
                chore,
                until: hasFailed ? now() + chore.rhythm.pause : start,
                failures: hasFailed ? 1 : 0
            )
            throw error
        }
        if chore.rhythm != .everyProcess { try await noteSuccess(of: chore, at: start) }
        return true
    }

    /// A last run that lies in the future was written by a clock that was wrong.
    private func claim(_ name: String, ifLastRunBefore turn: Instant, at now: Instant) async throws -> Bool {
        let end = now + Self.patience
        // Looking does not write, so work that is not due costs nobody a commit.
        let isDue = try await database.read { tx in
            guard let row = try tx.fetch("SELECT last_run, claimed_until FROM chore WHERE name = \(name)").first else {
                return true
            }
            let (last, claimed) = (try row.int(0), try row.int(1))
            return (last <= turn.milliseconds || last > now.milliseconds)
                && (claimed <= now.milliseconds || claimed > end.milliseconds)
        }
        guard isDue else { return false }
        return try await database.transaction { tx in
            try tx.execute(
                """
                INSERT INTO chore (name, last_run, claimed_until) VALUES (\(name), 0, \(end))
                ON CONFLICT (name) DO UPDATE SET claimed_until = excluded.claimed_until
                WHERE (chore.last_run <= \(turn) OR chore.last_run > \(now))
                    AND (chore.claimed_until <= \(now) OR chore.claimed_until > \(end))
                """
            ) == 1
        }
    }

    private func noteSuccess(of chore: Chore, at start: Instant) async throws {
        try await database.transaction { tx in
            _ = try tx.execute(
                "UPDATE chore SET last_run = \(start), claimed_until = 0 WHERE name = \(chore.name)"
            )
        }
    }

    private func giveBack(_ chore: Chore, until due: Instant, failures: Int) async throws {
        try await database.transaction { tx in
            _ = try tx.execute(
                """
                INSERT INTO chore (name, last_run, claimed_until, failures) VALUES (\(chore.name), 0, \(due), \(failures))
                ON CONFLICT (name) DO UPDATE
                SET claimed_until = excluded.claimed_until, failures = chore.failures + excluded.failures
                """
            )
        }
    }

    /// How a chore has gone so far.
    package struct Record: Hashable, Sendable {
        /// When its last run began that did not fail; nil before the first.
        package let lastSuccess: Instant?
        package let failures: Int

        package init(lastSuccess: Instant?, failures: Int) {
            (self.lastSuccess, self.failures) = (lastSuccess, failures)
        }
    }

    /// What all processes together have noted, by the names of chores.
    package func records() async throws -> [String: Record] {
        try await database.read { tx in
            let rows = try tx.fetch("SELECT name, last_run, failures FROM chore").map { row in
                let last = try row.int(1)
                let record = Record(
                    lastSuccess: last > 0 ? Instant(milliseconds: last) : nil,
                    failures: try row.int(2)
                )
                return (try row.text(0), record)
            }
            return Dictionary(rows, uniquingKeysWith: { first, _ in first })
        }
    }
}
