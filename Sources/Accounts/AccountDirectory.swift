import Kernel
import Web

/// What other slices may ask about people.
struct AccountDirectory: Directory {
    let citizens: CitizenBook
    let staff: StaffBook

    func names(of officers: Set<ID<Officer>>) async throws -> [ID<Officer>: String] {
        try await staff.names(of: officers)
    }

    func colleagues(in agency: ID<Agency>) async throws -> [Web.Colleague] {
        try await staff.colleagues(in: agency).filter { !$0.isDisabled }.map {
            Web.Colleague(id: $0.id, name: $0.name, roles: $0.roles)
        }
    }

    func agencies(with role: Role) async throws -> Set<ID<Agency>> { try await staff.agencies(with: role) }

    func citizen(_ id: ID<Citizen>) async throws -> KnownCitizen? {
        try await citizens.account(id).map { KnownCitizen(name: $0.name, phone: $0.phone, email: $0.email) }
    }
}
