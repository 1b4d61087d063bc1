package import Kernel

/// What has to happen outside the database, written down in the transaction that causes it.
package enum Outbox {
    package static let migrations = [
        Migration(
            "outbox-0.2",
            """
            CREATE TABLE outbox (
                position \(SQL.position),
                topic \(SQL.key) NOT NULL,
                key \(SQL.key) NOT NULL,
                payload TEXT NOT NULL,
                due BIGINT NOT NULL,
                attempts BIGINT NOT NULL
            )
            """,
            "CREATE INDEX outbox_order ON outbox (topic, key, position)",
            "CREATE INDEX outbox_due ON outbox (topic, due)"
        )
    ]

    /// Has `payload` delivered by the courier for `topic`, after everything posted before under the same key.
    package static func post(topic: String, key: String, payload: String, in tx: borrowing Transaction) throws {
        try tx.execute(
            """
            INSERT INTO outbox (topic, key, payload, due, attempts)
            VALUES (\(topic), \(key), \(payload), 0, 0)
            """
        )
        tx.announce(.outbox)
    }

    /// What is still to be delivered under a topic.
    package static func payloads(of topic: String, in tx: borrowing Transaction) throws -> [String] {
        try tx.fetch("SELECT payload FROM outbox WHERE topic = \(topic)").map { try $0.text(0) }
    }
}

/// What a courier is to deliver.
package struct OutboxMessage: Sendable {
    /// The same on every attempt: a provider that knows it already can tell a repetition.
    package let number: Int
    package let topic: String
    package let key: String
    package let payload: String
    /// 1 the first time.
    package let attempt: Int
}

/// Brings the messages of one topic to somebody outside.
package protocol Courier: Sendable {
    var topic: String { get }

    /// How long one attempt may take; after that somebody else may begin another.
    var lease: Span { get }

    /// Returns when the message has arrived; throws to have it tried again later. A message may come twice: when
    /// the process ends between its arrival and the note of it.
    func deliver(_ message: OutboxMessage) async throws
}

extension Courier {
    /// Plenty for a provider that answers at all.
    package var lease: Span { .minutes(1) }
}
