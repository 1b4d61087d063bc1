import Kernel
import Logging
import Persistence
import ServiceLifecycle
import Synchronization
import Web

/// Does the chores whose turn has come, every minute.
struct Housekeeping: Service {
    private let chores: [Chore]
    private let book: ChoreBook
    private let office: Office
    private let logger: Logger
    private let seen: ChoreRecords

    /// Shows in `metrics` how the chores have gone.
    init(chores: [Chore], database: any Database, office: Office, metrics: Metrics, logger: Logger) {
        (self.chores, self.office, self.logger) = (chores, office, logger)
        book = ChoreBook(database: database)
        seen = ChoreRecords()
        seen.show(in: metrics)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await tidy()
                // A sleep that is cancelled means that the server is stopping.
                guard (try? await Task.sleep(for: .seconds(60))) != nil else { return }
            }
        }
    }

    func tidy() async {
        for chore in chores {
            await attempt(chore.name) {
                let start = office.now
                let isDone = try await book.perform(chore) { office.now }
                // The others' last run stands in the database, where all processes see it.
                if isDone, chore.rhythm == .everyProcess { seen.note(chore.name, start) }
            }
        }
        await attempt("records of chores") { seen.note(try await book.records()) }
    }

    /// What fails is tried again at a later turn, and stops nothing else; until then nothing depends on it.
    private func attempt(_ name: String, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            return
        } catch {
            logger.warning("Housekeeping has failed", metadata: ["chore": "\(name)", "fault": "\(type(of: error))"])
        }
    }
}

/// How chores have gone, as it was known a minute ago at most.
private final class ChoreRecords: Sendable {
    // Protects what housekeeping notes and `/metrics` reads.
    private let records = Mutex<(shared: [String: ChoreBook.Record], own: [String: Instant])>(([:], [:]))

    func note(_ shared: [String: ChoreBook.Record]) { records.withLock { $0.shared = shared } }
    func note(_ name: String, _ success: Instant) { records.withLock { $0.own[name] = success } }

    func show(in metrics: Metrics) {
        metrics.gauges(
            "motcua_chore_last_success_timestamp_seconds",
            "When a chore last began that was done: by any process, or by this one where each does its own.",
            by: "chore"
        ) { [self] in
            let (shared, own) = records.withLock { $0 }
            let last = shared.compactMapValues(\.lastSuccess).merging(own) { max($0, $1) }
            return last.mapValues { $0.milliseconds / 1000 }
        }
        metrics.counters(
            "motcua_chore_failures_total",
            "How often a chore has failed in this installation.",
            by: "chore"
        ) { [self] in records.withLock { $0.shared.mapValues(\.failures) } }
    }
}

extension House {
    /// What is done now and then, by the slices and for all of them together.
    var chores: [Chore] {
        // A month is longer than any client repeats a request.
        [
            Chore("answers", atHour: 2, minute: 0) { try await events.forgetAnswers(before: office.now + .days(-30)) },
            .everyProcess("loose-files") { _ = try await blobs.tidy(isWanted: used) },
        ] + cards.flatMap { $0.chores } + [
            Chore("files", atHour: 3, minute: 0) { _ = try await blobs.sweep(olderThan: 86_400, isWanted: used) }
        ]
    }

    /// Those of `digests` that some slice needs.
    @Sendable func used(_ digests: [BlobDigest]) async throws -> Set<BlobDigest> {
        var used: Set<BlobDigest> = []
        for card in cards { used.formUnion(try await card.used(digests)) }
        return used
    }
}
