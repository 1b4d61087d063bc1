import Synchronization

/// Tells services of this process that something they care about was committed.
///
/// It only saves them time: other processes' commits are not heard, so every listener also looks by itself now
/// and then.
package final class Bell: Sendable {
    package enum Topic: Hashable, Sendable { case events, outbox }

    private struct Listener {
        let topic: Topic
        let hear: @Sendable () -> Void
    }

    /// Who listens, by a number of their own.
    private let listeners = Mutex<(next: Int, all: [Int: Listener])>((0, [:]))

    package init() {}

    func ring(_ topics: Set<Topic>) {
        guard !topics.isEmpty else { return }
        for listener in listeners.withLock({ Array($0.all.values) }) where topics.contains(listener.topic) {
            listener.hear()
        }
    }

    package func listen(for topic: Topic, _ hear: @escaping @Sendable () -> Void) -> Int {
        listeners.withLock {
            $0.next += 1
            $0.all[$0.next] = Listener(topic: topic, hear: hear)
            return $0.next
        }
    }

    package func forget(_ listener: Int) {
        listeners.withLock { $0.all[listener] = nil }
    }
}
