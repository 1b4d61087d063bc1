import Kernel
import Web

/// What an officer may do where, and how that came to be. Names and passwords are rows, so that the history says
/// nothing that would have to be erased.
struct StaffMember: Aggregate {
    static let category = "staff/"

    enum Command: Sendable {
        /// Opens the account, with a first post in `agency`.
        case add(to: ID<Agency>, Set<Role>)
        /// Gives roles in `agency`; none ends the service there.
        case setRoles(in: ID<Agency>, Set<Role>, by: Author)
        case disable(by: Author)
        case enable(by: Author)
        case resetPassword(by: Author)
        case changePassword
    }

    /// Who asks for a change of rights.
    enum Author: Sendable, Equatable {
        /// Whoever runs the installation, through its commands.
        case installation
        case themselves
        /// An administrator of the agency, who speaks for that agency only.
        case administrator(of: ID<Agency>)
    }

    /// Case names and labels are the stored format: add, never rename.
    enum Event: Codable, Equatable, Sendable {
        case added
        case rolesSet(agency: ID<Agency>, roles: [Role])
        case disabled
        case enabled
        case passwordReset
        case passwordChanged
    }

    enum Refusal: Error, Equatable {
        case unknown, alreadyAdded, ownRights, noRole, servesElsewhere, servesNotThere
    }

    private(set) var exists = false
    private(set) var isDisabled = false
    private(set) var roles: [ID<Agency>: Set<Role>] = [:]

    func decide(_ command: Command) throws(Refusal) -> [Event] {
        switch command {
        case .add(let agency, let roles):
            guard !exists else { throw .alreadyAdded }
            guard !roles.isEmpty else { throw .noRole }
            return [.added, .rolesSet(agency: agency, roles: roles.ordered)]
        case .setRoles(let agency, let roles, let author):
            guard exists else { throw .unknown }
            // So that nobody gives themselves what others must grant, and no agency loses its last administrator.
            guard author != .themselves else { throw .ownRights }
            guard roles != self.roles[agency, default: []] else { return [] }
            return [.rolesSet(agency: agency, roles: roles.ordered)]
        case .disable(let author):
            try allow(author)
            return isDisabled ? [] : [.disabled]
        case .enable(let author):
            try allow(author)
            return isDisabled ? [.enabled] : []
        case .resetPassword(let author):
            try allow(author)
            return [.passwordReset]
        case .changePassword:
            guard exists else { throw .unknown }
            return [.passwordChanged]
        }
    }

    /// Whoever rules over the whole account could act with its rights in every agency, so an administrator may do
    /// that only with people who serve nowhere else.
    private func allow(_ author: Author) throws(Refusal) {
        guard exists else { throw .unknown }
        switch author {
        case .installation: break
        case .themselves: throw .ownRights
        case .administrator(let agency):
            guard roles.keys.contains(agency) else { throw .servesNotThere }
            guard roles.keys.allSatisfy({ $0 == agency }) else { throw .servesElsewhere }
        }
    }

    mutating func evolve(_ event: Event) {
        switch event {
        case .added: exists = true
        case .rolesSet(let agency, let roles): self.roles[agency] = roles.isEmpty ? nil : Set(roles)
        case .disabled: isDisabled = true
        case .enabled: isDisabled = false
        case .passwordReset, .passwordChanged: break
        }
    }
}
