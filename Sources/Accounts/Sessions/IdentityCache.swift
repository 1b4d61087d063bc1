import Kernel
import Synchronization
import Web

/// Who was behind a token some seconds ago, because every request asks.
///
/// What ends in this process ends here at once. What another process ends lives on here for `timeToLive` at most.
final class IdentityCache: Sendable {
    struct Entry: Sendable {
        let identity: Identity
        let person: String
        /// When the entry, or the session itself, ends: whichever comes first.
        let until: Instant
    }

    /// Protects the entries and the count of what was forgotten.
    private let state = Mutex((entries: [String: Entry](), generation: 0))

    static let timeToLive = Span.seconds(5)
    private static let capacity = 20_000

    /// Names the state of knowledge in which a look-up begins.
    var generation: Int { state.withLock { $0.generation } }

    func identity(of digest: String, at now: Instant) -> Identity? {
        state.withLock { state in
            guard let entry = state.entries[digest] else { return nil }
            // An end that is further away was computed before the clock was put back.
            if now < entry.until, entry.until <= now + Self.timeToLive { return entry.identity }
            state.entries[digest] = nil
            return nil
        }
    }

    /// Keeps what was looked up, unless something was forgotten since `generation`: it might be just that.
    func keep(_ entry: Entry, for digest: String, since generation: Int) {
        state.withLock { state in
            guard state.generation == generation else { return }
            // Rather than to find out which entry is the oldest, begin anew: it takes one query per session.
            if state.entries.count >= Self.capacity { state.entries = [:] }
            state.entries[digest] = entry
        }
    }

    func forget(session digest: String) {
        state.withLock { state in
            state.generation += 1
            state.entries[digest] = nil
        }
    }

    func forget(person: String) {
        state.withLock { state in
            state.generation += 1
            state.entries = state.entries.filter { $0.value.person != person }
        }
    }
}
