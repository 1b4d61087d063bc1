import Kernel
import Persistence
import Synchronization
package import Web

/// Tells the pages that are open in browsers that the queue they show has changed.
///
/// One per process: it looks once for all its listeners, when something was committed here and otherwise a few times
/// a second, because other processes' commits are not heard.
package final class QueueFeed: Sendable {
    /// What a listener hears.
    enum Signal: Sendable {
        case changed(version: Int)
        /// Nothing new; a connection on which nobody writes would not notice that its reader has left.
        case heartbeat
    }

    private struct Listener {
        let office: ID<Agency>
        let caller: Caller
        /// A device of the hall hears no more once it is revoked.
        let device: ID<HallDevice>?
        let until: ContinuousClock.Instant
        let hear: AsyncStream<Signal>.Continuation
    }

    private struct State {
        var next = 0
        var listeners: [Int: Listener] = [:]
        var seen: [ID<Agency>: Int] = [:]
        var isStopped = false
    }

    private let book: TicketBook
    private let devices: HallDeviceBook
    private let office: Office
    private let places: Places
    private let lifetime: Duration
    // Protects who listens, which requests change while the feed runs.
    private let state = Mutex(State())

    /// Pages for which there is no place are told to look by themselves. A stream ends after its lifetime, and a page
    /// that is still open begins another: what a proxy or a network has forgotten does not hold its place for ever.
    package init(
        book: TicketBook,
        office: Office = Office(),
        places: Places,
        lifetime: Duration = .seconds(15 * 60)
    ) {
        self.book = book
        devices = HallDeviceBook(database: book.database)
        self.office = office
        self.places = places
        self.lifetime = lifetime
    }

    // MARK: - Listeners

    /// Nil when too many listen already, or when the process is about to stop.
    func listen(to office: ID<Agency>, from caller: Caller, as device: ID<HallDevice>? = nil)
        -> (listener: Int, signals: AsyncStream<Signal>)?
    {
        guard places.take(caller) else { return nil }
        // Whoever reads slowly needs only the newest.
        let (signals, hear) = AsyncStream.makeStream(of: Signal.self, bufferingPolicy: .bufferingNewest(1))
        // A hall full of pages that were opened together does not come back together.
        let until = ContinuousClock.now + lifetime * Double.random(in: 0.75...1)
        let listener: Int? = state.withLock { state in
            if state.isStopped { return nil }
            state.next += 1
            state.listeners[state.next] = Listener(
                office: office,
                caller: caller,
                device: device,
                until: until,
                hear: hear
            )
            return state.next
        }
        guard let listener else {
            places.leave(caller)
            return nil
        }
        // Also heard when nobody ever reads: the connection may be gone before its answer begins.
        hear.onTermination = { [weak self] _ in self?.forget(listener) }
        return (listener, signals)
    }

    func forget(_ listener: Int) {
        let gone = state.withLock { state -> Listener? in
            guard let gone = state.listeners.removeValue(forKey: listener) else { return nil }
            if !state.listeners.values.contains(where: { $0.office == gone.office }) { state.seen[gone.office] = nil }
            return gone
        }
        if let gone { places.leave(gone.caller) }
    }

    package var listeners: Int { state.withLock { $0.listeners.count } }

    /// Ends every stream, so that a server that stops need not wait for its readers.
    package func stop() {
        let all = state.withLock { state in
            state.isStopped = true
            return Array(state.listeners.values)
        }
        for listener in all { listener.hear.finish() }
    }

    // MARK: - Looking

    /// Looks until it is cancelled.
    package func run() async {
        let (ticks, ticker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let bell = book.database.bell
        let listener = bell.listen(for: .events) { ticker.yield() }
        defer { bell.forget(listener) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var count = 0
                // Cancelled sleep means that the service is stopping.
                while (try? await Task.sleep(for: .milliseconds(400))) != nil {
                    count += 1
                    if count.isMultiple(of: 37) { self.beat() }
                    ticker.yield()
                }
                ticker.finish()
            }
            for await _ in ticks {
                // A database that does not answer now will be asked again at the next tick.
                try? await look()
            }
            group.cancelAll()
        }
    }

    /// Asks once for all offices that somebody watches, and tells those whose queue has changed.
    func look() async throws {
        let offices = Set(state.withLock { $0.listeners.values.map(\.office) })
        guard !offices.isEmpty else { return }
        try await dismissRevoked()
        let versions = try await book.versions(of: offices, on: office.now.localDate)
        let news = state.withLock { state in
            state.listeners.values.compactMap { listener -> (Listener, Int)? in
                guard let version = versions[listener.office], state.seen[listener.office] != version else {
                    return nil
                }
                return (listener, version)
            }
        }
        state.withLock { $0.seen.merge(versions) { _, new in new } }
        for (listener, version) in news { listener.hear.yield(.changed(version: version)) }
    }

    private func dismissRevoked() async throws {
        let known = Set(state.withLock { $0.listeners.values.compactMap(\.device) })
        guard !known.isEmpty else { return }
        let revoked = try await devices.revoked(among: known)
        guard !revoked.isEmpty else { return }
        for listener in state.withLock({ Array($0.listeners.values) }) {
            if let device = listener.device, revoked.contains(device) { listener.hear.finish() }
        }
    }

    func beat() {
        let now = ContinuousClock.now
        for listener in state.withLock({ Array($0.listeners.values) }) {
            if listener.until < now { listener.hear.finish() } else { listener.hear.yield(.heartbeat) }
        }
    }
}
