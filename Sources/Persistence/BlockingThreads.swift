import NIOPosix

/// Threads for calls that wait for a disk or a server, which would hold up requests if they ran among the tasks.
package final class BlockingThreads: Sendable {
    private let pool: NIOThreadPool

    package init(count: Int) {
        pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
    }

    /// Whoever waits for work holds on to this, so nothing is left undone.
    deinit { pool.shutdownGracefully { _ in } }

    /// Finishes what has begun; what waits is refused.
    func close() async {
        // Fails only for pools that live as long as the process, and this one does not.
        try? await pool.shutdownGracefully()
    }

    /// Runs `work` in order of arrival, also for a task that is cancelled: tidying up must not be left out.
    package func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            pool.submit { state in
                switch state {
                case .active: continuation.resume(with: Result { try work() })
                case .cancelled: continuation.resume(throwing: DatabaseIsClosed())
                }
            }
        }
    }
}
