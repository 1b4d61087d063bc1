import Kernel
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Persistence

/// Remembers what it was given, and fails as told.
private final class Recording: Courier {
    struct Refused: Error {}

    let topic = "sms"
    private let delivered = Mutex<[String]>([])
    private let failing = Mutex<[String: Int]>([:])

    init(failing: [String: Int] = [:]) { self.failing.withLock { $0 = failing } }

    var payloads: [String] { delivered.withLock { $0 } }

    func deliver(_ message: OutboxMessage) async throws {
        let fails = failing.withLock { failing in
            guard let left = failing[message.payload], left > 0 else { return false }
            failing[message.payload] = left - 1
            return true
        }
        if fails { throw Refused() }
        delivered.withLock { $0.append(message.payload) }
    }
}

@Suite struct OutboxTests {
    private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    private let clock = TestClock()

    private func service(_ database: any Database, _ courier: any Courier) -> OutboxService {
        OutboxService(database: database, couriers: [courier], logger: logger) { [clock] in clock.now }
    }

    private func post(_ payloads: [(key: String, payload: String)], to database: any Database) async throws {
        for (key, payload) in payloads {
            try await database.transaction { tx in
                try Outbox.post(topic: "sms", key: key, payload: payload, in: tx)
            }
        }
    }

    private func left(in database: any Database) async throws -> Int {
        try await database.read { tx in try tx.fetch("SELECT COUNT(*) FROM outbox")[0].int(0) }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what is posted with a transaction is delivered, and nothing of one that failed`(
        kind: TestDatabase
    ) async throws {
        struct Broken: Error {}
        try await kind.fresh { database in
            try await database.migrate(Outbox.migrations)
            try await post([("a", "a1")], to: database)
            await #expect(throws: Broken.self) {
                try await database.transaction { tx in
                    try Outbox.post(topic: "sms", key: "a", payload: "never", in: tx)
                    throw Broken()
                }
            }
            let courier = Recording()
            try await service(database, courier).deliverAll()
            #expect(courier.payloads == ["a1"])
            #expect(try await left(in: database) == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a message that failed is tried again later, and its key waits in order`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(Outbox.migrations)
            try await post([("a", "a1"), ("a", "a2"), ("b", "b1"), ("a", "a3")], to: database)
            let courier = Recording(failing: ["a1": 2])
            let service = service(database, courier)
            try await service.deliverAll()
            #expect(courier.payloads == ["b1"])
            clock.advance(by: OutboxService.pause(after: 1))
            try await service.deliverAll()
            #expect(courier.payloads == ["b1"])
            clock.advance(by: OutboxService.pause(after: 1))
            try await service.deliverAll()
            #expect(courier.payloads == ["b1"], "the second pause is longer than the first")
            clock.advance(by: OutboxService.pause(after: 2))
            try await service.deliverAll()
            #expect(courier.payloads == ["b1", "a1", "a2", "a3"])
            #expect(try await left(in: database) == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a lease that ends lets another deliver, and the late one changes nothing`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(Outbox.migrations)
            try await post([("a", "a1")], to: database)
            let lost = try await database.transaction { [now = clock.now] tx in
                try Lease.take("sms", atMost: 5, now: now, lasting: .minutes(1), in: tx)
            }
            #expect(lost.map(\.payload) == ["a1"])
            let courier = Recording()
            try await service(database, courier).deliverAll()
            #expect(courier.payloads == [], "it is leased")
            clock.advance(by: .minutes(1))
            let second = try await database.transaction { [now = clock.now] tx in
                try Lease.take("sms", atMost: 5, now: now, lasting: .minutes(1), in: tx)
            }
            #expect(second.map(\.attempt) == [2])
            try await database.transaction { tx in try Lease.settle(lost[0], in: tx) }
            #expect(try await left(in: database) == 1, "the lease of the first attempt has ended")
            try await database.transaction { tx in try Lease.settle(second[0], in: tx) }
            #expect(try await left(in: database) == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `two services share the work and deliver each message once`(kind: TestDatabase) async throws {
        try await kind.fresh { database in
            try await database.migrate(Outbox.migrations)
            try await post((0..<60).map { ("k\($0 % 7)", "\($0)") }, to: database)
            let courier = Recording()
            try await withThrowingTaskGroup { [clock, logger] group in
                for _ in 0..<3 {
                    group.addTask {
                        try await OutboxService(database: database, couriers: [courier], logger: logger) { clock.now }
                            .deliverAll()
                    }
                }
                try await group.waitForAll()
            }
            try await service(database, courier).deliverAll()
            #expect(courier.payloads.count == 60)
            for key in 0..<7 {
                let own = courier.payloads.compactMap(Int.init).filter { $0 % 7 == key }
                #expect(own == own.sorted())
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a provider that does not answer is given up after the lease`(kind: TestDatabase) async throws {
        struct Silent: Courier {
            let topic = "sms"
            let lease = Span(milliseconds: 20)
            func deliver(_ message: OutboxMessage) async throws { try await Task.sleep(for: .seconds(3600)) }
        }
        try await kind.fresh { database in
            try await database.migrate(Outbox.migrations)
            try await post([("a", "a1")], to: database)
            try await service(database, Silent()).deliverAll()
            #expect(try await left(in: database) == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a running service delivers what is posted and stops when asked`(kind: TestDatabase) async throws {
        struct Signalling: Courier {
            let topic = "sms"
            let arrived: AsyncStream<String>.Continuation
            func deliver(_ message: OutboxMessage) async throws { arrived.yield(message.payload) }
        }
        try await kind.fresh { database in
            try await database.migrate(Outbox.migrations)
            let (arrivals, arrived) = AsyncStream.makeStream(of: String.self)
            let group = ServiceGroup(services: [service(database, Signalling(arrived: arrived))], logger: logger)
            try await withThrowingTaskGroup { tasks in
                tasks.addTask { try await group.run() }
                try await post([("a", "a1"), ("a", "a2")], to: database)
                var seen: [String] = []
                for await payload in arrivals {
                    seen.append(payload)
                    if seen.count == 2 { break }
                }
                #expect(seen == ["a1", "a2"])
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            #expect(try await left(in: database) == 0)
        }
    }
}
