package import Kernel

/// How far a notice has come. What pages say of messages is read from here.
package enum NoticeState: Hashable, Sendable {
    case waiting(attempts: Int)
    /// A gateway or mail server has taken it; whether it has arrived is not known.
    case handedOver(by: NoticeWay, at: Instant)
    /// It was cut off while it was being handed over: it may have been taken. Nobody is told twice on a guess.
    case unclear(by: NoticeWay, at: Instant)
    case failed(Failure, at: Instant)
    case suppressed(Reason, at: Instant)

    package enum Failure: String, CaseIterable, Sendable {
        /// No gateway or mail server takes this message.
        case refused
        /// None has answered, however often it was asked.
        case unreachable
        case noWording
    }

    package enum Reason: String, CaseIterable, Sendable {
        case noChannel, demonstration
        /// It was of no use any more when its turn came.
        case outdated
        /// Something has happened since that makes it needless or untrue.
        case overtaken
        case noTelephone
        /// Neither a telephone nor an e-mail address that something can be sent to.
        case noAddress
    }

    /// Whether somebody who has to know it has not been told by any way, as far as is known. In a demonstration nobody is
    /// called: the telephones of invented people may be somebody's.
    var needsCall: Bool {
        switch self {
        case .failed, .unclear, .suppressed(.noChannel, _), .suppressed(.noTelephone, _), .suppressed(.noAddress, _):
            true
        case .waiting, .handedOver, .suppressed(.demonstration, _), .suppressed(.outdated, _),
            .suppressed(.overtaken, _):
            false
        }
    }

    package var isHandedOver: Bool { if case .handedOver = self { true } else { false } }

    /// Whether it may stand on a telephone now.
    fileprivate var mayHaveReachedTelephone: Bool {
        switch self {
        case .handedOver(.shortMessage, _), .unclear(.shortMessage, _): true
        case .waiting, .handedOver(.mail, _), .unclear(.mail, _), .failed, .suppressed: false
        }
    }
}

/// How far what was said has come, without a word of what it says.
package struct NoticeDelivery: Hashable, Sendable {
    package let id: ID<Notice>
    package let kind: String
    package let state: NoticeState
}

/// Whether messages reach a telephone from here.
package enum NoticeReach: Sendable {
    /// No way to telephones is connected: nothing that needs a message can be offered.
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
        case .gateway: state?.mayHaveReachedTelephone == true
        }
    }
}
