import Synchronization

/// Lets a few work at once and the others wait, each address in its turn: whoever asks for a hundred hashes waits for
/// them, and the next person does not.
final class FairTurns: Sendable {
    private struct State {
        var free: Int
        /// Those who wait, by address.
        var waiting: [String: [CheckedContinuation<Void, any Error>]] = [:]
        /// The addresses in the order of their turns.
        var round: [String] = []
    }

    private let share: Int
    // Protects who works and who waits.
    private let state: Mutex<State>
    /// A newcomer waits for one round at most, so the number of addresses is what bounds the wait: to some ten seconds.
    private static let longestRound = 60

    init(atOnce: Int, share: Int) {
        self.share = share
        state = Mutex(State(free: atOnce))
    }

    /// Does `work` when it is the turn of `address`; beyond its share, or some seconds of work, it is kinder to say at
    /// once that it will not be soon.
    func take<T>(_ address: String, _ work: () async throws -> T) async throws -> T {
        try await enter(address)
        defer { leave() }
        // Whoever has gone away in the meantime needs no answer.
        try Task.checkCancellation()
        return try await work()
    }

    var isBusy: Bool { state.withLock { $0.free == 0 } }
    /// How many wait, of all addresses.
    var waiting: Int { state.withLock { $0.waiting.values.reduce(0) { $0 + $1.count } } }

    private enum Reception { case enters, waits, refused }

    private func enter(_ address: String) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let reception = state.withLock { state -> Reception in
                // Somebody is free only while nobody waits.
                if state.free > 0 {
                    state.free -= 1
                    return .enters
                }
                let before = state.waiting[address, default: []].count
                guard before < share, before > 0 || state.round.count < Self.longestRound else { return .refused }
                state.waiting[address, default: []].append(continuation)
                if before == 0 { state.round.append(address) }
                return .waits
            }
            switch reception {
            case .enters: continuation.resume()
            case .waits: break
            case .refused: continuation.resume(throwing: TooBusy())
            }
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.round.isEmpty else {
                state.free += 1
                return nil
            }
            let address = state.round.removeFirst()
            var queue = state.waiting.removeValue(forKey: address) ?? []
            let next = queue.removeFirst()
            if !queue.isEmpty {
                state.waiting[address] = queue
                state.round.append(address)
            }
            return next
        }
        next?.resume()
    }
}
