package import Kernel

/// Who did it. Labels are part of the storage format: add, never rename.
package enum Actor: Codable, Hashable, Sendable {
    case citizen(id: ID<Citizen>)
    case officer(id: ID<Officer>)
    /// Somebody who did not sign in.
    case visitor
    case system(name: Machine)
    /// Somebody who does for a citizen what that citizen wants.
    case helper(id: ID<Helper>, for: ID<Citizen>)

    /// The kinds of actors, of which each command names those who may give it.
    package struct Kinds: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let citizen = Kinds(rawValue: 1)
        package static let officer = Kinds(rawValue: 2)
        package static let visitor = Kinds(rawValue: 4)
        package static let system = Kinds(rawValue: 8)
        package static let helper = Kinds(rawValue: 16)
        package static let everybody: Kinds = [.citizen, .officer, .visitor, .system, .helper]
    }

    package var kind: Kinds {
        switch self {
        case .citizen: .citizen
        case .officer: .officer
        case .visitor: .visitor
        case .system: .system
        case .helper: .helper
        }
    }

    package var officer: ID<Officer>? { if case .officer(let id) = self { id } else { nil } }

    /// The citizen who acts, or for whom somebody does.
    package var citizen: ID<Citizen>? {
        switch self {
        case .citizen(let id), .helper(_, for: let id): id
        case .officer, .visitor, .system: nil
        }
    }
}

/// A part of the house, or another house, that acts by itself: a chore, a follower, a gateway, a command line. Its name is
/// stored with what it did and never changed; each is declared once, where it acts.
package struct Machine: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
}

/// What is told to an aggregate. It names who may say it at all; whether this one may, here and now, the aggregate judges.
package protocol GivenCommand: Sendable {
    var givers: Actor.Kinds { get }
}

/// A command was given by an actor of a kind that may not.
package struct NotTheirsToGive: Error, Equatable {
    package let kind: Actor.Kinds

    package init(kind: Actor.Kinds) { self.kind = kind }
}
