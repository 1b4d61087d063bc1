/// Something that happens because something else has happened.
///
/// Its effects are written in the transaction that moves its cursor on, so each event has its effect exactly once;
/// what cannot be part of a transaction goes to the outbox.
package protocol Follower: Sendable {
    /// Part of the storage format: under this name the cursor is kept.
    var name: String { get }

    /// Events of all streams, each stream's in order; the same events come again when this throws.
    func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws
}
