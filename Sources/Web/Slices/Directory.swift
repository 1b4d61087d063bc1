package import Kernel

/// Who the people are of whom a slice knows only the ids; made by the slice that keeps accounts.
package protocol Directory: Sendable {
    /// What officers are called, those who have left included: papers name them for decades.
    func names(of officers: Set<ID<Officer>>) async throws -> [ID<Officer>: String]
    /// Those who serve in an agency and may sign in.
    func colleagues(in agency: ID<Agency>) async throws -> [Colleague]
    /// The agencies in which somebody who may sign in holds a role.
    func agencies(with role: Role) async throws -> Set<ID<Agency>>
    /// How a citizen has introduced themselves; nil when the account is gone.
    func citizen(_ id: ID<Citizen>) async throws -> KnownCitizen?
}

/// An officer with whom work can be shared.
package struct Colleague: Hashable, Sendable {
    package let id: ID<Officer>
    package let name: String
    package let roles: Set<Role>

    package init(id: ID<Officer>, name: String, roles: Set<Role>) {
        self.id = id
        self.name = name
        self.roles = roles
    }
}

/// A citizen with an account. All of it is personal data.
package struct KnownCitizen: Hashable, Sendable {
    package let name: PersonName
    package let phone: PhoneNumber?
    package let email: EmailAddress?

    package init(name: PersonName, phone: PhoneNumber?, email: EmailAddress?) {
        self.name = name
        self.phone = phone
        self.email = email
    }
}
