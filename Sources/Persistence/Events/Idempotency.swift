package import Kernel

/// Names one intention, so that repeating it does not repeat its effect.
package struct IdempotencyKey: Hashable, Sendable {
    let scope: String
    let key: String
    let digest: String

    /// `scope` says whose key it is and for what; `digest` is one of what was asked.
    package init(scope: String, key: String, digest: String) {
        (self.scope, self.key, self.digest) = (scope, key, digest)
    }
}

/// The key was used before for something else.
package struct IdempotencyConflict: Error {
    package init() {}
}

extension EventStore {
    /// Runs `body` the first time and stores its answer in the same transaction; a repetition gets that answer.
    @discardableResult
    package func once<T: Codable & Sendable>(
        _ key: IdempotencyKey?,
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        guard let key else { return try await transaction(body) }
        return try await transaction { tx in
            // Claimed before anything is decided: a simultaneous repetition waits here until the first is committed,
            // instead of being refused because of what the first has just done.
            let isFirst =
                try tx.execute(
                    """
                    INSERT INTO idempotency (scope, key, digest, answer, at)
                    VALUES (\(key.scope), \(key.key), \(key.digest), '', \(SQL.now))
                    ON CONFLICT (scope, key) DO NOTHING
                    """
                ) == 1
            guard isFirst else { return try storedAnswer(to: key, in: tx) }
            let answer = try body(tx)
            // In an array, because a plain text or number is no JSON document for every decoder.
            let text = try StoredForm.text([answer])
            try tx.execute(
                "UPDATE idempotency SET answer = \(text) WHERE scope = \(key.scope) AND key = \(key.key)"
            )
            return answer
        }
    }

    /// Forgets the answers given before `instant`: nobody repeats a request for so long, and answers may be personal.
    package func forgetAnswers(before instant: Instant) async throws {
        try await database.transaction { tx in try tx.execute("DELETE FROM idempotency WHERE at < \(instant)") }
    }

    private func storedAnswer<T: Codable>(to key: IdempotencyKey, in tx: borrowing Transaction) throws -> T {
        let rows = try tx.fetch(
            "SELECT digest, answer FROM idempotency WHERE scope = \(key.scope) AND key = \(key.key)"
        )
        guard let row = rows.first, try row.text(0) == key.digest else { throw IdempotencyConflict() }
        guard let answer = try StoredForm.value([T].self, from: try row.text(1)).first else {
            throw IdempotencyConflict()
        }
        return answer
    }
}

extension SQL {
    /// Milliseconds since the epoch by the database's clock, for housekeeping that no rule depends on.
    static let now: SQL = """
        \(sqlite: "CAST(strftime('%s', 'now') AS INTEGER) * 1000", postgres: "(extract(epoch FROM now()) * 1000)::bigint")
        """
}
