package import Kernel
package import Web

/// In whose place an officer acts as well, and with which of that colleague's roles.
package struct StandIn: Hashable, Sendable {
    package let absent: ID<Officer>
    package let roles: Set<Role>
    /// Number of the document by which it was given.
    package let document: String?
    package let until: LocalDate

    package init(absent: ID<Officer>, roles: Set<Role>, document: String?, until: LocalDate) {
        self.absent = absent
        self.roles = roles
        self.document = document
        self.until = until
    }

    /// A lent role counts where the absent colleague would be asked: with what they hold, and with what nobody holds.
    /// A leader leads whoever holds the dossier.
    package func lends(_ role: Role, of holder: ID<Officer>?) -> Bool {
        roles.contains(role) && (role == .leader || holder == nil || holder == absent)
    }
}

extension ActingOfficer {
    /// Whether the officer may act in `role` on a dossier that lies with `holder`.
    func holds(_ role: Role, of holder: ID<Officer>?) -> Bool {
        roles.contains(role) || standIns.contains { $0.lends(role, of: holder) }
    }

    /// Own roles and those lent.
    package var allRoles: Set<Role> { standIns.reduce(roles) { $0.union($1.roles) } }

    /// In whose place the officer would give `command`: that of the colleague who holds the dossier, otherwise of
    /// the one without whose role it would be refused.
    func standIn(on dossier: Dossier, for command: (ActingOfficer) -> Dossier.Command) -> StandIn? {
        if !command(self).isOfWhoeverIsAsked, let held = standIns.first(where: { $0.absent == dossier.holder }),
            dossier.allows(command(with([held])))
        {
            return held
        }
        guard !dossier.allows(command(with([]))) else { return nil }
        return standIns.first { dossier.allows(command(with([$0]))) }
    }

    private func with(_ standIns: [StandIn]) -> ActingOfficer {
        ActingOfficer(id: id, agency: agency, roles: roles, standIns: standIns)
    }
}

extension Dossier {
    /// Whether the rules would let `command` happen now.
    func allows(_ command: Command) -> Bool {
        do throws(Refusal) {
            _ = try decide(command)
            return true
        } catch {
            return false
        }
    }
}
