package import Kernel

/// An event as it stands in its stream, the first of which is version 1.
package struct Recorded<Event: Sendable>: Sendable {
    package let version: Int
    package let circumstances: Circumstances
    package let event: Event

    package init(version: Int, circumstances: Circumstances, event: Event) {
        (self.version, self.circumstances, self.event) = (version, circumstances, event)
    }
}

extension Recorded: Equatable where Event: Equatable {}

/// What a command has caused.
package struct Change<A: Aggregate>: Sendable {
    package let id: ID<A>
    /// After the events.
    package let state: A
    package let version: Int
    /// The new ones only; none when the command changed nothing.
    package let events: [Recorded<A.Event>]
}
