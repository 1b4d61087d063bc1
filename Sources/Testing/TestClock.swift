package import Kernel
import Synchronization

/// A clock that stands still until it is told otherwise.
package final class TestClock: Sendable {
    private let instant: Mutex<Instant>

    /// By default 09:30 on Monday, 23 November 2026, in Việt Nam.
    package init(_ instant: Instant = Instant(milliseconds: 1_795_401_000_000)) { self.instant = Mutex(instant) }

    package var now: Instant {
        get { instant.withLock { $0 } }
        set { instant.withLock { $0 = newValue } }
    }

    package func advance(by span: Span) { instant.withLock { $0 = $0 + span } }
}
