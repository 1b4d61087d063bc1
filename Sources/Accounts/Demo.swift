package import Kernel
package import Persistence
package import Web

extension Accounts {
    /// An officer of a demonstration.
    package struct DemoOfficer: Sendable {
        let userName: UserName
        let name: PersonName
        let agency: ID<Agency>
        let roles: Set<Role>

        package init(_ userName: UserName, _ name: PersonName, _ agency: ID<Agency>, _ roles: Set<Role>) {
            self.userName = userName
            self.name = name
            self.agency = agency
            self.roles = roles
        }
    }

    /// Sees to it that these people can sign in with `password`; those who have an account already keep it as it is.
    package func demo(citizens: [Contact], officers: [DemoOfficer], password: Password) async throws {
        // Everybody knows this password: one hash of it, which takes its time, will do for all.
        let hash = try await staff.hasher.hash(password)
        for contact in citizens {
            let login = contact.phone?.rawValue ?? contact.email?.rawValue ?? ""
            guard try await self.citizens.citizen(login) == nil else { continue }
            try await self.citizens.signUp(contact, hash) { _, _ in }
        }
        for officer in officers where try await staff.officer(officer.userName) == nil {
            _ = try await staff.open(
                officer.userName,
                officer.name,
                to: officer.agency,
                officer.roles,
                hash,
                isOneTime: false,
                Circumstances(at: office.now, actor: .system(name: .demonstration))
            )
        }
    }
}

extension Machine {
    /// Invents people and what they do.
    package static let demonstration = Machine(rawValue: "demo")
}
