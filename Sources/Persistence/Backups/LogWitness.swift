import Foundation
package import Logging
import ServiceLifecycle

/// What has been seen of the end of logs, in a folder beside the database and not in it.
///
/// A database that is put back without its newest part, such as SQLite's file without its `-wal`, agrees with itself
/// in everything; only somebody outside can know that there was more. The witness is written after commits and so may
/// lag behind the log, but never leads.
package struct LogWitness: Sendable {
    private let folder: String
    private let events: EventStore

    /// One file for each log, because a folder may have served several databases.
    package init(folder: String, events: EventStore) {
        (self.folder, self.events) = (folder, events)
    }

    /// What is missing in the log, or nil when nothing is known to be.
    package func gap() async throws -> LogGap? {
        let log = try await events.end().log
        guard let seen = all().first(where: { $0.log == log }) else { return nil }
        return try await events.gap(since: seen)
    }

    /// Ends of other logs. When nothing has been seen of this one, it may stand in the place of one of them.
    package func strangers() async throws -> (ends: [LogEnd], isThisOneKnown: Bool) {
        let log = try await events.end().log
        let all = all()
        return (all.filter { $0.log != log }, all.contains { $0.log == log })
    }

    /// Keeps where the log ends now, unless it lacks something that was seen: that is not forgotten.
    package func note() async throws {
        if try await gap() == nil { try await accept() }
    }

    /// Keeps where the log ends now, whatever was kept before.
    package func accept() async throws { try keep(try await events.end(), isFlushed: true) }

    fileprivate func look(after last: LogEnd?) async throws -> LogEnd {
        let end = try await events.end()
        // Not flushed: what a loss of power takes from the witness, it merely has not seen.
        if end != last { try keep(end, isFlushed: false) }
        return end
    }

    private func keep(_ end: LogEnd, isFlushed: Bool) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try DurableFile.write(try JSONEncoder().encode(end), to: "\(folder)/\(end.log)", isFlushed: isFlushed)
    }

    private func all() -> [LogEnd] {
        // Without a folder nothing has been seen, and a file that a loss of power has emptied says nothing.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return nil }
            // The same: what cannot be read has not been seen.
            return try? JSONDecoder().decode(LogEnd.self, from: data)
        }
    }
}

/// Looks at the end of the log once a second, so that whoever files waits for nothing.
package struct LogWitnessService: Service {
    private let witness: LogWitness
    private let logger: Logger

    package init(witness: LogWitness, logger: Logger) {
        (self.witness, self.logger) = (witness, logger)
    }

    package func run() async throws {
        let failures = FailureCount()
        await cancelWhenGracefulShutdown {
            var last: LogEnd?
            while !Task.isCancelled {
                var pause = Duration.seconds(1)
                do {
                    last = try await witness.look(after: last)
                    failures.reset()
                } catch is CancellationError {
                    return
                } catch {
                    pause = failures.pause()
                    logger.warning("The log's end could not be noted", metadata: ["fault": "\(type(of: error))"])
                }
                // A sleep that is cancelled means that the service is stopping.
                guard (try? await Task.sleep(for: pause)) != nil else { return }
            }
        }
    }
}
