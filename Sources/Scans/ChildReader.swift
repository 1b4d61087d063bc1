import Glibc
package import Logging
import Persistence
import ServiceLifecycle
import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Has files read by a child process with limits, which is this program once more: whatever a file does to its reader, it
/// does it there.
package final class ChildReader: FileReader {
    private let program: String
    private let logger: Logger
    private let turns: Turns
    /// Each hears one child out. They live as long as the program, as a child ends with the thread that started it.
    private let threads: BlockingThreads
    /// The log has been told that a wall is missing here.
    private let hasTold = Atomic(false)

    /// `program` is asked `read-file ERRAND FILES`.
    package init(program: String = "/proc/self/exe", turns: Turns? = nil, logger: Logger) {
        self.program = program
        self.logger = logger
        // Children are nicer than the server, so two do not starve it on the smallest machine.
        let places = max(2, ProcessInfo.processInfo.activeProcessorCount)
        self.turns = turns ?? Turns(places: places)
        threads = BlockingThreads(count: places)
    }

    package func run(
        _ errand: Errand,
        on paths: [String],
        for asker: Asker,
        progress: @escaping @Sendable (PileProgress) -> Void
    ) async throws -> Finding {
        do {
            // A server that is being stopped does not wait for strangers' files: they are read again later.
            return try await cancelWhenGracefulShutdown { [self] in
                try await turns.take(for: asker, isAwaited: errand.isAwaited) {
                    try await read(errand, paths, progress)
                }
            }
        } catch is CancellationError {
            throw ReadingRefusal.interrupted
        }
    }

    private func read(
        _ errand: Errand,
        _ paths: [String],
        _ progress: @escaping @Sendable (PileProgress) -> Void
    ) async throws -> Finding {
        let description = String(decoding: try JSONEncoder().encode(errand), as: UTF8.self)
        let child = Child()
        return try await withTaskCancellationHandler {
            try await threads.run { [self] in
                var outcome = Outcome()
                let end = try child.run(
                    program,
                    arguments: ["read-file", description, String(paths.count)],
                    files: paths,
                    patience: errand.patience(files: paths.count),
                    silence: errand.longestSilence
                ) { message in
                    if case .progress(let far) = message { progress(far) } else { outcome.take(message) }
                }
                return try finding(of: errand, outcome, end)
            }
        } onCancel: {
            child.stop()
        }
    }

    /// What the child has said of its errand.
    private struct Outcome {
        var walls: Walls?
        var result: Result<Finding, any Error>?

        mutating func take(_ message: Message) {
            switch message {
            case .ready(let walls): self.walls = walls
            case .progress: break
            case .sheets(let sheets): result = .success(.sheets(sheets))
            case .file(let bytes): result = .success(.file(bytes))
            case .pileFault(let fault): result = .failure(fault)
            case .photoFault(let fault): result = .failure(fault)
            }
        }
    }

    /// The child itself failed before it looked into any file, so nothing is known about the files.
    private struct ReaderDidNotStart: Error {}

    private func finding(of errand: Errand, _ outcome: Outcome, _ end: Child.End) throws -> Finding {
        if let walls = outcome.walls, !walls.areComplete, !hasTold.exchange(true, ordering: .relaxed) {
            logger.warning(
                "Readers of files are confined by limits, and not by all walls",
                metadata: ["walls": "\(walls)"]
            )
        }
        switch end {
        case .unwanted: throw CancellationError()
        // Whoever stops the service stops all its processes.
        case .killed(by: SIGTERM), .killed(by: SIGINT), .killed(by: SIGHUP): throw ReadingRefusal.interrupted
        case .exited(0):
            if let result = outcome.result { return try result.get() }
        case .exited, .killed, .tooSlow, .nonsense: break
        }
        logger.warning(
            "A reader of files was given up",
            metadata: ["end": "\(end)", "began": "\(outcome.walls != nil)"]
        )
        guard outcome.walls != nil else { throw ReaderDidNotStart() }
        switch errand {
        case .sheets, .pages, .picture: throw end == .tooSlow ? PileFault.tooSlow : .tooHeavy
        case .album, .jpeg: throw PhotoFault.tooHeavy
        }
    }
}
