/// By which way somebody is told. The names are stored: add, never rename.
package enum NoticeWay: String, CaseIterable, Hashable, Sendable {
    case shortMessage, mail

    /// Where an outbox keeps what goes out by it, so that one that is slow keeps nobody else's messages waiting.
    package var topic: String { "\(NoticeBook.topic)/\(rawValue)" }
}
