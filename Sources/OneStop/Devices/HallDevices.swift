package import Kernel
package import Persistence

/// The machines and displays that were made known in the hall of an office. Its ID is that of the agency.
package struct HallDevices: Aggregate {
    package static let category = "hall-devices/"

    package enum Kind: String, Codable, Sendable { case machine, display }

    package enum Command: Sendable {
        case register(ID<HallDevice>, Kind, name: String?, at: Instant)
        case revoke(ID<HallDevice>, by: OfficeAuthority)
    }

    /// Case names and labels are the stored format: add, never rename.
    package enum Event: Codable, Equatable, Sendable {
        case registered(device: ID<HallDevice>, kind: Kind, name: String?, until: Instant)
        case revoked(device: ID<HallDevice>)
    }

    package enum Refusal: Error, Equatable { case notYourOffice, noSuchDevice, revokedAlready, tooMany }

    /// For how long a browser stays a device of the hall.
    static let term = Span.days(180)
    /// A hall has a handful.
    static let most = 60

    private var ends: [ID<HallDevice>: Instant] = [:]
    private var revoked: Set<ID<HallDevice>> = []

    package init() {}

    package func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .register(let id, let kind, let name, let now):
            let known = ends.count { now < $0.value && !revoked.contains($0.key) }
            guard known < Self.most else { throw .tooMany }
            return [.registered(device: id, kind: kind, name: name, until: now + Self.term)]

        case .revoke(let id, let authority):
            guard authority.maySetUp else { throw .notYourOffice }
            guard ends[id] != nil else { throw .noSuchDevice }
            guard !revoked.contains(id) else { throw .revokedAlready }
            return [.revoked(device: id)]
        }
    }

    package mutating func evolve(_ event: Event) {
        switch event {
        case .registered(let id, _, _, let end): ends[id] = end
        case .revoked(let id): revoked.insert(id)
        }
    }
}

extension OfficeAuthority {
    fileprivate var maySetUp: Bool {
        do {
            try requireSetUp()
            return true
        } catch {
            return false
        }
    }
}

extension HallDevices.Command: GivenCommand {
    package var givers: Actor.Kinds {
        switch self {
        // A browser in the hall makes itself known by a word that an officer has read out to it.
        case .register: .visitor
        case .revoke: .officer
        }
    }
}
