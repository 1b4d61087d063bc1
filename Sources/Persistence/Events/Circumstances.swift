package import Kernel

/// Under what circumstances a command was given; stored beside each of its events.
package struct Circumstances: Codable, Hashable, Sendable {
    package var at: Instant
    package var actor: Actor
    /// In stored forms of earlier days; a helper says in `actor` for whom.
    package var onBehalfOf: ID<Citizen>?
    /// The absent colleague in whose place the officer acts.
    package var standingInFor: ID<Officer>?
    package var channel: Channel?
    /// The request it came with, as the log knows it.
    package var request: String
    /// Number of the law or decision it rests on.
    package var basis: String?

    package init(
        at: Instant,
        actor: Actor,
        onBehalfOf: ID<Citizen>? = nil,
        standingInFor: ID<Officer>? = nil,
        channel: Channel? = nil,
        request: String = "",
        basis: String? = nil
    ) {
        self.at = at
        self.actor = actor
        self.onBehalfOf = onBehalfOf
        self.standingInFor = standingInFor
        self.channel = channel
        self.request = request
        self.basis = basis
    }
}
