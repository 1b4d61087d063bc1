import Kernel
package import Logging
package import Persistence

/// A message to a telephone, on its way through the outbox.
struct ShortMessage: Codable, Equatable {
    static let topic = "sms"

    let to: String
    /// Without accents: a message of 160 plain letters costs what 70 with accents do.
    let text: String

    /// After everything that was posted about the same subject before.
    func post<Subject>(about subject: ID<Subject>, in tx: borrowing Transaction) throws {
        try Outbox.post(topic: Self.topic, key: subject.rawValue, payload: try StoredForm.text(self), in: tx)
    }
}

/// Stands in for a gateway of short messages, which this installation does not have: it sends nothing, and says so.
package struct StandInGateway: Courier {
    package let topic = ShortMessage.topic
    private let logger: Logger

    package init(logger: Logger) { self.logger = logger }

    package func deliver(_ message: OutboxMessage) async throws {
        // Neither number nor text: both are about a person.
        logger.notice(
            "A short message was NOT sent: this is a stand-in for a gateway",
            metadata: ["message": "\(message.number)"]
        )
    }
}
