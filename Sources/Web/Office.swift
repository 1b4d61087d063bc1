package import Kernel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The only place that asks what time it is; tests bring their own clock.
package struct Office: Sendable {
    private let clock: @Sendable () -> Instant

    package init(clock: @escaping @Sendable () -> Instant = Office.systemClock) { self.clock = clock }

    package var now: Instant { clock() }

    package static let systemClock: @Sendable () -> Instant = {
        Instant(milliseconds: Int((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
