import Kernel

/// A message that one service is delivering; nobody else takes it before the lease ends.
///
/// `due` holds the end of the lease, so a message whose deliverer has died becomes due again by itself. The number of
/// the attempt tells whose lease it is: whoever comes back after their lease has ended changes nothing.
enum Lease {
    /// Leases messages that are due and the first of their key.
    ///
    /// Only the first, so that a key's messages are delivered in order even when one has to be tried again. In
    /// PostgreSQL the positions of simultaneous transactions may be committed out of order, but not those of one
    /// stream's: the second of them has read what the first committed.
    static func take(
        _ topic: String,
        atMost count: Int,
        now: Instant,
        lasting span: Span,
        in tx: borrowing Transaction
    ) throws -> [OutboxMessage] {
        let rows = try tx.fetch(
            """
            WITH next AS MATERIALIZED (
                SELECT message.position FROM outbox AS message
                WHERE message.topic = \(topic) AND message.due <= \(now) AND \(isFirstOfItsKey)
                ORDER BY message.due, message.position LIMIT \(count)
                \(sqlite: "", postgres: "FOR UPDATE SKIP LOCKED")
            )
            UPDATE outbox SET due = \(now + span), attempts = attempts + 1
            WHERE position IN (SELECT position FROM next)
            RETURNING position, topic, key, payload, attempts
            """
        )
        return try rows.map { row in
            OutboxMessage(
                number: try row.int(0),
                topic: try row.text(1),
                key: try row.text(2),
                payload: try row.text(3),
                attempt: try row.int(4)
            )
        }.sorted { $0.number < $1.number }
    }

    static func isAnyDue(_ topic: String, now: Instant, in tx: borrowing Transaction) throws -> Bool {
        try !tx.fetch(
            """
            SELECT 1 FROM outbox AS message
            WHERE message.topic = \(topic) AND message.due <= \(now) AND \(isFirstOfItsKey) LIMIT 1
            """
        ).isEmpty
    }

    private static let isFirstOfItsKey: SQL = """
        NOT EXISTS (
            SELECT 1 FROM outbox AS earlier
            WHERE earlier.topic = message.topic AND earlier.key = message.key AND earlier.position < message.position
        )
        """

    static func settle(_ message: OutboxMessage, in tx: borrowing Transaction) throws {
        try tx.execute("DELETE FROM outbox WHERE position = \(message.number) AND attempts = \(message.attempt)")
    }

    static func giveBack(_ message: OutboxMessage, until due: Instant, in tx: borrowing Transaction) throws {
        try tx.execute(
            "UPDATE outbox SET due = \(due) WHERE position = \(message.number) AND attempts = \(message.attempt)"
        )
    }
}
