import Glibc

/// Who copies the store and who sweeps it, kept apart across processes; a process that dies lets go.
final class SweepLock: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Waits for a sweep to end. Several may copy at once.
    static func copying(_ folder: String) throws -> SweepLock {
        let lock = try open(folder)
        try system("flock") { flock(lock.descriptor, LOCK_SH) }
        return lock
    }

    /// Nil while somebody copies, or sweeps already.
    static func sweeping(_ folder: String) throws -> SweepLock? {
        let lock = try open(folder)
        do {
            try system("flock") { flock(lock.descriptor, LOCK_EX | LOCK_NB) }
            return lock
        } catch let failure as SystemFailure where failure.number == EAGAIN {
            lock.release()
            return nil
        }
    }

    private static func open(_ folder: String) throws -> SweepLock {
        SweepLock(
            try system("open") { Glibc.open("\(folder)/sweep.lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600) }
        )
    }

    func release() { close(descriptor) }
}
