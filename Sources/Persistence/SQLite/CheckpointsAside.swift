import GRDB
import Synchronization

/// Moves what is in SQLite's log into the database file, on a connection of its own beside the writer.
///
/// Left alone, SQLite does that inside the commit that has made the log too long, and everybody waits for it. It still
/// does, because a log begins anew only when all of it has been moved and nobody has written meanwhile; but then little
/// is left to move.
final class CheckpointsAside: Sendable {
    private let connection: DatabaseQueue

    /// Commands since the last checkpoint, and whether one is under way.
    private let state = Mutex((commands: 0, isMoving: false))

    /// A command changes ten pages or so; the writer's own bound is 16,000.
    private static let commands = 500

    init(path: String) throws {
        var configuration = Configuration()
        // The writer may begin the log anew at this moment; then there is another time.
        configuration.busyMode = .immediateError
        connection = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// So many more commands are committed.
    func follow(_ commands: Int) {
        let isTime = state.withLock { state in
            state.commands += commands
            guard state.commands >= CheckpointsAside.commands, !state.isMoving else { return false }
            state = (0, true)
            return true
        }
        guard isTime else { return }
        connection.asyncWriteWithoutTransaction { connection in
            // What is not moved now is moved the next time, at the latest by the writer, who tells when it fails.
            _ = try? connection.checkpoint(.passive)
            self.state.withLock { $0.isMoving = false }
        }
    }

    func close() {
        // Only fails while statements are running, and none is: what was begun has ended.
        try? connection.close()
    }
}
