package import Logging
import ServiceLifecycle

/// Keeps followers up with the log; several processes may run it on one database.
package struct FollowerService: Service {
    private let events: EventStore
    private let followers: [any Follower]
    private let logger: Logger
    /// So many that a long log is read quickly, so few that other writers are not kept waiting.
    private let batch = 100
    /// Nobody sees the difference, and in a busy minute each follower commits ten times a second, not after everybody.
    private let gathering = Duration.milliseconds(100)

    package init(database: any Database, followers: [any Follower], logger: Logger) {
        (self.events, self.followers, self.logger) = (EventStore(database: database), followers, logger)
    }

    package func run() async throws {
        try await prepare()
        await withDiscardingTaskGroup { group in
            for follower in followers { group.addTask { await keepUp(follower) } }
        }
    }

    /// Returns when every follower has followed everything that was committed before, and what they caused by it.
    package func catchUp() async throws {
        try await prepare()
        var newest = try await events.database.read { tx in try Cursor.newest(in: tx) }
        var reached: Cursor?
        while reached != newest {
            for follower in followers { try await catchUp(follower, with: newest) }
            reached = newest
            newest = try await events.database.read { tx in try Cursor.newest(in: tx) }
        }
    }

    private func catchUp(_ follower: any Follower, with newest: Cursor) async throws {
        while true {
            let progress = try await step(follower)
            let cursor = try await events.database.read { tx in try Cursor.seen(follower.name, in: tx) }
            if cursor >= newest { return }
            // A transaction that is still running holds it up, or another process is following.
            if progress != .more { try await Task.sleep(for: .milliseconds(2)) }
        }
    }

    private func keepUp(_ follower: any Follower) async {
        let failures = FailureCount()
        await heartbeat(on: events.database.bell, .events, gathering: gathering) {
            do {
                let progress = try await step(follower)
                failures.reset()
                switch progress {
                case .more: return .zero
                case .heldUp: return .milliseconds(25)
                case .done: return nil
                }
            } catch is CancellationError {
                return nil
            } catch {
                let pause = failures.pause()
                // The kind of fault and no more: its text may quote an event.
                logger.error(
                    "A follower has failed and will try the same events again",
                    metadata: [
                        "follower": "\(follower.name)", "fault": "\(type(of: error))", "pause": "\(pause)",
                    ]
                )
                return pause
            }
        }
    }

    enum Progress { case more, heldUp, done }

    /// Follows the next few events, if there are any.
    func step(_ follower: any Follower) async throws -> Progress {
        // Looking does not write, so an idle follower costs nobody a commit; and other writers do not wait while a busy
        // one reads.
        let (seen, newest, next) = try await events.database.read { tx in
            let seen = try Cursor.seen(follower.name, in: tx)
            let newest = try Cursor.newest(in: tx)
            return (seen, newest, seen < newest ? try seen.next(batch, in: tx) : [])
        }
        guard seen < newest else { return .done }
        guard let last = next.last else { return .heldUp }
        let wanted = follower.wanted(next)
        return try await events.transaction { tx in
            guard let cursor = try Cursor.locked(follower.name, in: tx) else { return .heldUp }
            // Another process has followed them meanwhile.
            guard cursor == seen else { return .more }
            if !wanted.isEmpty { try follower.follow(wanted, in: tx) }
            try cursor.move(follower.name, to: last, in: tx)
            return .more
        }
    }

    /// Gives every follower a cursor, and makes sure that the log is one whose order can be followed.
    func prepare() async throws {
        try await events.database.transaction { tx in
            guard try !RestoredLog.isAhead(in: tx) else { throw LogFromAnotherServer() }
            for follower in followers {
                let cursor =
                    switch follower.beginning {
                    case .atTheStart: Cursor.start
                    case .now: try Cursor.end(in: tx)
                    }
                try cursor.begin(follower.name, in: tx)
            }
        }
    }
}
