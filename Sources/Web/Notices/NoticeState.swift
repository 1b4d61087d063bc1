package import Kernel

/// How far a notice has come. What pages say of messages is read from here.
package enum NoticeState: Hashable, Sendable {
    case waiting(attempts: Int)
    /// A gateway has taken it; whether it has arrived is not known.
    case handedOver(at: Instant)
    case failed(Failure, at: Instant)
    case suppressed(Reason, at: Instant)

    package enum Failure: String, CaseIterable, Sendable {
        /// The gateway does not take this message.
        case refused
        /// The gateway has not answered, however often it was asked.
        case unreachable
        case noWording
    }

    package enum Reason: String, CaseIterable, Sendable {
        case noChannel, demonstration
        /// It was of no use any more when its turn came.
        case outdated
        case noTelephone
    }

    package var isHandedOver: Bool { if case .handedOver = self { true } else { false } }
}

/// How far what was said has come, without a word of what it says.
package struct NoticeDelivery: Hashable, Sendable {
    package let id: ID<Notice>
    package let kind: String
    package let state: NoticeState
}

/// Whether messages reach anybody from here.
package enum NoticeReach: Sendable {
    /// No channel is connected: nothing that needs a message can be offered.
    case nobody
    /// Nothing is sent, and pages show what would have been.
    case demonstration
    case gateway

    /// Whether a telephone can be proven by a code at all.
    package var canProve: Bool {
        switch self {
        case .nobody: false
        case .demonstration, .gateway: true
        }
    }

    /// Whether whoever knows the code of a message has read it there: it must have been sent, or shown on a page that says
    /// it is a demonstration.
    package func proves(_ state: NoticeState?) -> Bool {
        switch self {
        case .nobody: false
        case .demonstration: true
        case .gateway: state?.isHandedOver == true
        }
    }
}
