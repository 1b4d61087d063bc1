package import Kernel
package import Logging
import ServiceLifecycle

/// Delivers what is in the outbox: at least once, each key's messages in order; several processes may run it.
package struct OutboxService: Service {
    private let database: any Database
    private let couriers: [any Courier]
    private let logger: Logger
    private let now: @Sendable () -> Instant

    package init(
        database: any Database,
        couriers: [any Courier],
        logger: Logger,
        now: @escaping @Sendable () -> Instant
    ) {
        self.database = database
        self.couriers = couriers
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        await withDiscardingTaskGroup { group in
            for courier in couriers { group.addTask { await keepDelivering(courier) } }
        }
    }

    /// Returns when nothing more is due.
    package func deliverAll() async throws {
        for courier in couriers { while try await deliverNext(courier) {} }
    }

    /// A slow provider holds up its own topic only.
    private func keepDelivering(_ courier: any Courier) async {
        let failures = FailureCount()
        await heartbeat(on: database.bell, .outbox) {
            do {
                let deliveredAny = try await deliverNext(courier)
                failures.reset()
                return deliveredAny ? .zero : nil
            } catch is CancellationError {
                return nil
            } catch {
                logger.error(
                    "The outbox cannot be read",
                    metadata: ["topic": "\(courier.topic)", "fault": "\(type(of: error))"]
                )
                return failures.pause()
            }
        }
    }

    /// Delivers a few messages side by side; false when none is due.
    func deliverNext(_ courier: any Courier) async throws -> Bool {
        let now = now()
        // Looking does not write, so an idle outbox costs nobody a commit.
        guard try await database.read({ tx in try Lease.isAnyDue(courier.topic, now: now, in: tx) }) else {
            return false
        }
        let messages = try await database.transaction { tx in
            try Lease.take(courier.topic, atMost: 16, now: now, lasting: courier.lease, in: tx)
        }
        try await withThrowingDiscardingTaskGroup { group in
            for message in messages { group.addTask { try await deliver(message, by: courier) } }
        }
        return !messages.isEmpty
    }

    private func deliver(_ message: OutboxMessage, by courier: any Courier) async throws {
        do {
            try await within(courier.lease) { try await courier.deliver(message) }
        } catch {
            let due = now() + OutboxService.pause(after: message.attempt)
            // The kind of fault and no more: providers quote telephone numbers and addresses.
            logger.warning(
                "A message was not delivered and will be tried again",
                metadata: [
                    "topic": "\(message.topic)", "message": "\(message.number)", "attempt": "\(message.attempt)",
                    "fault": "\(type(of: error))",
                ]
            )
            _ = try await database.transaction { tx in try Lease.giveBack(message, until: due, in: tx) }
            return
        }
        _ = try await database.transaction { tx in try Lease.settle(message, in: tx) }
    }

    /// Five seconds, doubled with every failure up to an hour.
    static func pause(after attempts: Int) -> Span {
        .seconds(min(3600, 5 << min(attempts - 1, 10)))
    }
}

/// The attempt took longer than its lease, so somebody else may have begun another.
struct TookTooLong: Error {}

private func within(_ span: Span, _ work: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: .milliseconds(span.milliseconds))
            throw TookTooLong()
        }
        defer { group.cancelAll() }
        try await group.next()
    }
}
