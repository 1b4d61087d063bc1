package import Kernel

/// Whose session it is; an officer acts for one agency at a time.
package enum Subject: Hashable, Sendable {
    case citizen(ID<Citizen>)
    case officer(ID<Officer>, in: ID<Agency>)

    var audience: Audience {
        switch self {
        case .citizen: .citizen
        case .officer: .staff
        }
    }

    /// The person, whichever table they are in.
    var person: String {
        switch self {
        case .citizen(let id): id.rawValue
        case .officer(let id, _): id.rawValue
        }
    }

    var agency: ID<Agency>? {
        switch self {
        case .citizen: nil
        case .officer(_, let agency): agency
        }
    }
}
