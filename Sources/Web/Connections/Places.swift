import Synchronization

/// Something of which there are only so many: connections, requests in hand, streams. Nobody takes them all.
package final class Places: Sendable {
    /// How many there are, and how many of them one caller may hold.
    package struct Limits: Equatable, Sendable {
        package let total: Int
        /// Nil where callers cannot be told apart, as behind a proxy that holds all the connections.
        package let each: Int?

        package init(total: Int, each: Int?) {
            self.total = total
            self.each = each
        }

        /// The last tenth is kept for callers who hold few.
        var reserve: Int { each == nil ? 0 : (total + 9) / 10 }
    }

    private struct State {
        var taken = 0
        var refused = 0
        var held: [Caller: Int] = [:]
    }

    /// As many a browser holds at once without meaning harm.
    private static let few = 6

    package let limits: Limits
    // Protects the counts, which every connection and request changes.
    private let state = Mutex(State())

    package init(_ limits: Limits) { self.limits = limits }

    /// False when there is none for this caller; whoever took one gives it back with `leave`.
    package func take(_ caller: Caller) -> Bool {
        state.withLock { state in
            let held = state.held[caller] ?? 0
            let free = limits.total - state.taken
            let mayTake =
                free > 0 && limits.each.map { held < $0 } ?? true && (free > limits.reserve || held < Places.few)
            guard mayTake else {
                state.refused += 1
                return false
            }
            state.taken += 1
            // Where callers are not told apart, nobody asks who holds what.
            if limits.each != nil { state.held[caller] = held + 1 }
            return true
        }
    }

    package func leave(_ caller: Caller) {
        state.withLock { state in
            state.taken -= 1
            guard let held = state.held[caller] else { return }
            state.held[caller] = held > 1 ? held - 1 : nil
        }
    }

    package var taken: Int { state.withLock { $0.taken } }
    /// How often there was none, since the start.
    package var refused: Int { state.withLock { $0.refused } }
}
