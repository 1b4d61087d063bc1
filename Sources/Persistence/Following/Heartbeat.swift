import ServiceLifecycle
import Synchronization

/// Does `work` at once, whenever the bell rings and at least every second, until the service is told to stop; what
/// has begun then is finished first.
///
/// `work` may ask to be called again sooner than the bell or the second would. After the bell it waits for `gathering`,
/// so that what is committed in quick succession is worked on together.
func heartbeat(
    on bell: Bell,
    _ topic: Bell.Topic,
    gathering: Duration = .zero,
    _ work: @escaping @Sendable () async -> Duration?
) async {
    // One tick is remembered while `work` runs: more would only make it look again for nothing.
    let (ticks, ticker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let listener = bell.listen(for: topic) { ticker.yield() }
    defer { bell.forget(listener) }
    await withGracefulShutdownHandler {
        await withDiscardingTaskGroup { group in
            // Silence ends when the group is cancelled.
            group.addTask {
                while (try? await Task.sleep(for: .seconds(1))) != nil { ticker.yield() }
            }
            ticker.yield()
            var hasMore = true
            for await _ in ticks {
                // A cancelled sleep only makes it look sooner.
                if !hasMore, gathering > .zero { try? await Task.sleep(for: gathering) }
                if Task.isShuttingDownGracefully { break }
                let pause = await work()
                hasMore = pause == .zero
                guard let pause else { continue }
                if hasMore {
                    ticker.yield()
                } else {
                    group.addTask {
                        // Cancelled sleep means that the service is stopping.
                        guard (try? await Task.sleep(for: pause)) != nil else { return }
                        ticker.yield()
                    }
                }
            }
            group.cancelAll()
        }
    } onGracefulShutdown: {
        ticker.finish()
    }
}

/// How often something has failed in a row, and how long to wait because of it: a second, doubled up to a minute.
final class FailureCount: Sendable {
    private let count = Atomic(0)

    func reset() { count.store(0, ordering: .relaxed) }

    func pause() -> Duration {
        let failures = count.wrappingAdd(1, ordering: .relaxed).newValue
        return .seconds(min(60, 1 << min(failures - 1, 6)))
    }
}
