/// Where short messages go out.
package protocol ShortMessageGateway: Sendable {
    /// Returns when it is responsible for the message. Throws `MessageRefused` when trying again is of no use, and
    /// anything else to be asked again later; the same message may come twice.
    func send(_ message: ShortMessage) async throws
}

/// The gateway will not take this message, however often it is asked.
package struct MessageRefused: Error {
    package init() {}
}
