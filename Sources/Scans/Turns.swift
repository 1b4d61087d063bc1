import Synchronization

/// Whose file is read next: each asker has one file read at a time and all take turns, so that forty heavy files of one
/// make another wait for a place and never for the forty.
package final class Turns: Sendable {
    /// What somebody waits for at a page, and what is read for them in the background, are lanes of their own.
    private struct Lane: Hashable {
        let asker: Asker
        let isAwaited: Bool
    }

    private struct Waiting {
        let number: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var running: Set<Lane> = []
        var queues: [Lane: [Waiting]] = [:]
        /// Lanes that have somebody waiting; who was served longest ago stands first.
        var order: [Lane] = []
        var lastNumber = 0
        var asked = 0

        mutating func remove(_ index: Int, from lane: Lane) -> Waiting? {
            guard let waiting = queues[lane]?.remove(at: index) else { return nil }
            if queues[lane]?.isEmpty == true {
                queues[lane] = nil
                order.removeAll { $0 == lane }
            }
            return waiting
        }
    }

    private let places: Int
    private let mostOfOne: Int
    private let mostInAll: Int
    private let longestWait: Duration
    /// Who runs and who waits.
    private let state = Mutex(State())

    package init(
        places: Int,
        mostOfOne: Int = 50,
        mostInAll: Int = 500,
        longestWait: Duration = .seconds(60)
    ) {
        self.places = places
        self.mostOfOne = mostOfOne
        self.mostInAll = mostInAll
        self.longestWait = longestWait
    }

    /// How many have asked so far.
    var asked: Int { state.withLock { $0.asked } }

    /// Runs `work` when the asker's turn has come. Cancelled, it leaves the queue at once.
    package func take<T: Sendable>(for asker: Asker, isAwaited: Bool, _ work: () async throws -> T) async throws -> T {
        let lane = Lane(asker: asker, isAwaited: isAwaited)
        try await wait(in: lane)
        defer {
            admit { state in state.running.remove(lane) }
        }
        try Task.checkCancellation()
        return try await work()
    }

    private func wait(in lane: Lane) async throws {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        // Whoever sits before a page is told to come back before their browser gives up.
        let alarm =
            lane.isAwaited
            ? Task { [longestWait] in
                try await Task.sleep(for: longestWait)
                leave(lane, number, ReadingRefusal.crowded)
            } : nil
        defer { alarm?.cancel() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let refusal: (any Error)? = state.withLock { state in
                    state.asked += 1
                    // Whoever was cancelled before this line has been looked for in the queue already.
                    if Task.isCancelled { return CancellationError() }
                    if state.queues[lane, default: []].count >= mostOfOne { return ReadingRefusal.tooManyOfOne }
                    if state.queues.values.reduce(0, { $0 + $1.count }) >= mostInAll { return ReadingRefusal.crowded }
                    if state.queues[lane] == nil { state.order.append(lane) }
                    state.queues[lane, default: []].append(Waiting(number: number, continuation: continuation))
                    return nil
                }
                if let refusal { continuation.resume(throwing: refusal) }
                admit { _ in }
            }
        } onCancel: {
            leave(lane, number, CancellationError())
        }
    }

    private func leave(_ lane: Lane, _ number: Int, _ reason: any Error) {
        let waiting = state.withLock { state -> Waiting? in
            guard let index = state.queues[lane]?.firstIndex(where: { $0.number == number }) else { return nil }
            return state.remove(index, from: lane)
        }
        waiting?.continuation.resume(throwing: reason)
    }

    /// Lets in whoever can be after `change`.
    private func admit(_ change: (inout State) -> Void) {
        let admitted = state.withLock { state in
            change(&state)
            var admitted: [Waiting] = []
            while let lane = state.order.first(where: { mayBegin($0, state) }) {
                if let next = state.remove(0, from: lane) { admitted.append(next) }
                state.running.insert(lane)
                // Served now, so behind everybody else the next time.
                if let index = state.order.firstIndex(of: lane) { state.order.append(state.order.remove(at: index)) }
            }
            return admitted
        }
        for waiting in admitted { waiting.continuation.resume() }
    }

    private func mayBegin(_ lane: Lane, _ state: State) -> Bool {
        guard state.running.count < places, !state.running.contains(lane) else { return false }
        // One place is kept for those who wait at a page.
        return lane.isAwaited || state.running.count { !$0.isAwaited } < max(1, places - 1)
    }
}
