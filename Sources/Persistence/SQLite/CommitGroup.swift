import GRDB
import Synchronization

/// Lets concurrent commands share one durable commit.
///
/// A commit costs an fsync, and SQLite writes one transaction at a time; so whoever comes while a batch is being
/// committed waits, and all who wait become the next batch. Each command still stands or falls alone, by its own
/// savepoint, and nobody is answered before the commit of their batch is on disk.
final class CommitGroup: Sendable {
    private let pool: DatabasePool
    private let bell: Bell
    private let checkpoints: CheckpointsAside

    private struct State {
        var waiting: [Command] = []
        var isWriting = false
        var isClosed = false
        var onIdle: [CheckedContinuation<Void, Never>] = []
    }

    /// Who waits for the next batch, and whether the writer is at work.
    private let state = Mutex(State())

    init(pool: DatabasePool, bell: Bell, checkpoints: CheckpointsAside) {
        (self.pool, self.bell, self.checkpoints) = (pool, bell, checkpoints)
    }

    func commit<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
        let isCancelled = Flag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(Command(body, isCancelled, continuation))
            }
        } onCancel: {
            // What has begun is finished: its caller must learn whether it is stored.
            isCancelled.raise()
        }
    }

    /// Returns when everything submitted before is committed; refuses what comes later.
    func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isClosed = true
                if state.isWriting { state.onIdle.append(continuation) }
                return !state.isWriting
            }
            if isIdle { continuation.resume() }
        }
    }

    private enum Turn { case writer, waits, refused }

    private func submit(_ command: Command) {
        let turn = state.withLock { state -> Turn in
            guard !state.isClosed else { return .refused }
            state.waiting.append(command)
            defer { state.isWriting = true }
            return state.isWriting ? .waits : .writer
        }
        switch turn {
        case .refused: command.answer(DatabaseIsClosed())
        case .waits: break
        case .writer: pool.asyncWriteWithoutTransaction { connection in self.writeAll(connection) }
        }
    }

    private func writeAll(_ connection: GRDB.Database) {
        while let batch = nextBatch() { write(batch, connection) }
    }

    private func nextBatch() -> [Command]? {
        let (batch, onIdle) = state.withLock { state -> ([Command]?, [CheckedContinuation<Void, Never>]) in
            if state.waiting.isEmpty {
                state.isWriting = false
                defer { state.onIdle = [] }
                return (nil, state.onIdle)
            }
            defer { state.waiting = [] }
            return (state.waiting, [])
        }
        for continuation in onIdle { continuation.resume() }
        return batch
    }

    private func write(_ batch: [Command], _ connection: GRDB.Database) {
        let commands = batch.filter { command in
            let isCancelled = command.isCancelled.isRaised
            if isCancelled { command.answer(CancellationError()) }
            return !isCancelled
        }
        do {
            guard !commands.isEmpty else { return }
            try connection.run("BEGIN IMMEDIATE")
            let news = commands.count == 1 ? try runAlone(commands[0], connection) : try runEach(commands, connection)
            try connection.run("COMMIT")
            for command in commands { command.answer(nil) }
            bell.ring(news)
            checkpoints.follow(commands.count)
        } catch {
            // When even the rollback fails, SQLite has rolled back by itself already.
            if connection.isInsideTransaction { try? connection.run("ROLLBACK") }
            for command in commands { command.answer(error) }
        }
    }

    /// Without a savepoint: when the only command fails, the transaction fails with it.
    private func runAlone(_ command: Command, _ connection: GRDB.Database) throws -> Set<Bell.Topic> {
        let session = SQLiteSession(connection)
        try command.run(Transaction(session: session))
        return session.news
    }

    private func runEach(_ commands: [Command], _ connection: GRDB.Database) throws -> Set<Bell.Topic> {
        var news: Set<Bell.Topic> = []
        for command in commands {
            let session = SQLiteSession(connection)
            try connection.run("SAVEPOINT command")
            do {
                try command.run(Transaction(session: session))
                news.formUnion(session.news)
            } catch {
                // After errors such as a full disk SQLite has given up the whole transaction, and with it the
                // commands before this one: then all are told so.
                guard connection.isInsideTransaction else { throw error }
                try connection.run("ROLLBACK TO command")
            }
            try connection.run("RELEASE command")
        }
        return news
    }
}

/// Somebody's transaction, waiting for the writer.
private struct Command: Sendable {
    let isCancelled: Flag
    /// Keeps the outcome for later, and throws when it is a failure.
    let run: @Sendable (borrowing Transaction) throws -> Void
    /// Hands the kept outcome, or the failure of the commit, to whoever waits.
    let answer: @Sendable ((any Error)?) -> Void

    init<T: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T,
        _ isCancelled: Flag,
        _ continuation: CheckedContinuation<T, any Error>
    ) {
        self.isCancelled = isCancelled
        let outcome = Outcome<T>()
        run = { tx in
            do {
                outcome.set(.success(try tx.finish(body)))
            } catch {
                outcome.set(.failure(error))
                throw error
            }
        }
        answer = { failure in
            switch outcome.get() {
            case .failure(let error)?: continuation.resume(throwing: error)
            case .success(let value)?:
                if let failure { continuation.resume(throwing: failure) } else { continuation.resume(returning: value) }
            case nil: continuation.resume(throwing: failure ?? CancellationError())
            }
        }
    }
}

/// Written by the writer, read by it when the batch is committed; the lock only satisfies the compiler.
private final class Outcome<T: Sendable>: Sendable {
    private let result = Mutex<Result<T, any Error>?>(nil)

    func set(_ value: Result<T, any Error>) { result.withLock { $0 = value } }
    func get() -> Result<T, any Error>? { result.withLock { $0 } }
}

/// Raised by a cancelled caller, seen by the writer.
final class Flag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
}

extension GRDB.Database {
    fileprivate func run(_ sql: String) throws { try cachedStatement(sql: sql).execute() }
}
