import Glibc
import Synchronization

/// Makes directories whose entries survive a loss of power.
///
/// A new file is only found again when every directory on the way to it has its entry on disk: fsync of a file says
/// nothing about the directory that names it.
final class DurableDirectories: Sendable {
    private let root: String

    /// Directories whose own entry this process has flushed. Those that merely exist do not count: an earlier process
    /// may have made them and been killed before its fsync.
    private let flushed = Mutex<Set<String>>([])

    init(root: String) { self.root = root }

    /// Makes those of `path`, from the outermost inwards, that do not exist.
    func prepare(_ path: [String]) throws {
        for directory in path where mkdir(directory, 0o700) != 0 && errno != EEXIST {
            throw SystemFailure(call: "mkdir", number: errno)
        }
    }

    /// Returns when the entry just made in the last of `path`, and the way to it, are on disk.
    func flush(_ path: [String]) throws {
        guard let last = path.last else { return }
        // The file's entry is new each time.
        try sync(last)
        // The entry of a directory lies in its parent, and is new only once.
        for (directory, parent) in zip(path, [root] + path) where !flushed.withLock({ $0.contains(directory) }) {
            try sync(parent)
            flushed.withLock { _ = $0.insert(directory) }
        }
    }

    private func sync(_ directory: String) throws {
        let descriptor = try system("open") { open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        try system("fsync") { fsync(descriptor) }
    }
}
