import Kernel
import Synchronization

/// What long streams were when they were last looked at, so that a command reads only what has come since.
///
/// A state is remembered with the seal of its last event. The seal stands for everything before it, so whoever finds it
/// still in its place has the very history the state was made of: no matter whether another process has written since,
/// whether the transaction that left the state was rolled back, or which snapshot is looked at.
final class RememberedStates: Sendable {
    struct State: Sendable {
        let state: any Sendable
        let version: Int
        let seal: String
    }

    /// Short histories are replayed as quickly as they are looked up, and most streams are short.
    static let shortest = 40
    /// As many offices as are busy at once; the largest day takes less than a megabyte.
    private static let most = 256

    private struct Place {
        var state: State
        var lastUse: Int
    }

    /// Protects the states and the order of their use.
    private let places = Mutex<(states: [String: Place], uses: Int)>(([:], 0))

    func state(of stream: String) -> State? {
        places.withLock { places in
            guard places.states[stream] != nil else { return nil }
            places.uses += 1
            places.states[stream]?.lastUse = places.uses
            return places.states[stream]?.state
        }
    }

    func keep(_ state: State, of stream: String) {
        guard state.version >= Self.shortest else { return }
        places.withLock { places in
            places.uses += 1
            places.states[stream] = Place(state: state, lastUse: places.uses)
            guard places.states.count > Self.most else { return }
            if let oldest = places.states.min(by: { $0.value.lastUse < $1.value.lastUse }) {
                places.states[oldest.key] = nil
            }
        }
    }
}
