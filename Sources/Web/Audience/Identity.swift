package import Kernel

/// A citizen who is signed in.
package struct CitizenIdentity: Hashable, Sendable {
    package let id: ID<Citizen>
    package let name: String

    package init(id: ID<Citizen>, name: String) {
        self.id = id
        self.name = name
    }
}

/// What an officer may do in the agency; one person may hold several.
package enum Role: String, CaseIterable, Codable, Sendable {
    case reception, caseOfficer, leader, clerk, returns, auditor, admin

    package var words: Words {
        switch self {
        case .reception: Words("Cán bộ tiếp nhận", "Reception officer")
        case .caseOfficer: Words("Cán bộ thụ lý", "Case officer")
        case .leader: Words("Lãnh đạo", "Leader")
        case .clerk: Words("Văn thư", "Clerk")
        case .returns: Words("Cán bộ trả kết quả", "Return officer")
        case .auditor: Words("Thanh tra, giám sát", "Auditor")
        case .admin: Words("Quản trị", "Administrator")
        }
    }
}

/// An officer who is signed in, and where they serve.
package struct OfficerIdentity: Hashable, Sendable {
    package let id: ID<Officer>
    package let name: String
    package let agency: ID<Agency>
    package let agencyName: String
    package let roles: Set<Role>

    package init(id: ID<Officer>, name: String, agency: ID<Agency>, agencyName: String, roles: Set<Role>) {
        self.id = id
        self.name = name
        self.agency = agency
        self.agencyName = agencyName
        self.roles = roles
    }
}

/// Who is behind a request.
package enum Identity: Hashable, Sendable {
    case citizen(CitizenIdentity)
    case officer(OfficerIdentity)

    /// The account.
    var person: String {
        switch self {
        case .citizen(let citizen): citizen.id.rawValue
        case .officer(let officer): officer.id.rawValue
        }
    }
}

/// Knows whose session a token opens; nil for an unknown or expired one.
package protocol IdentityDirectory: Sendable {
    func identity(session token: String) async throws -> Identity?
}
