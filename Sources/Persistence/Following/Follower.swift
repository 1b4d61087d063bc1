/// Something that happens because something else has happened.
///
/// Its effects are written in the transaction that moves its cursor on, so each event has its effect exactly once;
/// what cannot be part of a transaction goes to the outbox.
package protocol Follower: Sendable {
    /// Part of the storage format: under this name the cursor is kept.
    var name: String { get }

    /// Where it begins when it follows for the first time.
    var beginning: FollowerBeginning { get }

    /// The categories of the streams it wants to hear of, such as `dossier/`.
    var categories: Set<String> { get }

    /// Events of these streams, each stream's in order; the same events come again when this throws.
    func follow(_ events: [StoredEvent], in tx: borrowing Transaction) throws
}

/// Where a follower begins when it has never followed before.
package enum FollowerBeginning: Sendable {
    /// With the first event of the log: for what adds up all that has happened.
    case atTheStart
    /// With what happens from then on: for what tells people or costs money. Nobody is told of what is long past because
    /// the program has learnt to tell it.
    case now
}

extension Follower {
    /// Those of `events` that it wants to hear of.
    func wanted(_ events: [StoredEvent]) -> [StoredEvent] {
        events.filter { event in categories.contains { event.stream.hasPrefix($0) } }
    }
}
