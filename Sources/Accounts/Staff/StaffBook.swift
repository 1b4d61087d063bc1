package import Kernel
package import Persistence
package import Web

/// Keeps the accounts of officers. Rights are decided by `StaffMember` and its history; the rows here are what
/// sign-in and lists read.
package struct StaffBook: Sendable {
    let database: any Database
    let events: EventStore
    let office: Office
    let hasher: PasswordHasher
    let sessions: Sessions
    let ladder: AgencyLadder

    /// What came of a command.
    package enum Outcome: Sendable, Equatable {
        case done
        /// Others have to agree first.
        case waits
    }

    /// Opens an account for an officer. A one-time password has to be changed at the first sign-in.
    @discardableResult
    package func add(
        _ userName: UserName,
        _ name: PersonName,
        to agency: ID<Agency>,
        _ roles: Set<Role>,
        password: Password,
        isOneTime: Bool,
        _ circumstances: Circumstances
    ) async throws -> ID<Officer> {
        try await open(
            userName,
            name,
            to: agency,
            roles,
            password: password,
            isOneTime: isOneTime,
            circumstances
        ).officer
    }

    /// The same, and says whether the roles are in force.
    func open(
        _ userName: UserName,
        _ name: PersonName,
        to agency: ID<Agency>,
        _ roles: Set<Role>,
        password: Password,
        isOneTime: Bool,
        _ circumstances: Circumstances
    ) async throws -> (officer: ID<Officer>, outcome: Outcome) {
        let hash = try await hasher.hash(password, for: agency.rawValue)
        return try await open(userName, name, to: agency, roles, hash, isOneTime: isOneTime, circumstances)
    }

    func open(
        _ userName: UserName,
        _ name: PersonName,
        to agency: ID<Agency>,
        _ roles: Set<Role>,
        _ hash: PasswordHash,
        isOneTime: Bool,
        _ circumstances: Circumstances
    ) async throws -> (officer: ID<Officer>, outcome: Outcome) {
        let now = circumstances.at
        let officer = ID<Officer>.fresh(at: now)
        let author = try await author(officer, called: name.rawValue, agency, circumstances)
        let until = isOneTime ? now + .oneTimePassword : nil
        do {
            let events = try await events.transaction { tx in
                guard try tx.fetch("SELECT 1 FROM staff_account WHERE user_name = \(userName)").isEmpty else {
                    throw UserNameTaken()
                }
                try tx.execute(
                    """
                    INSERT INTO staff_account (id, user_name, name, password, one_time_until, disabled, created)
                    VALUES (\(officer), \(userName), \(name), \(hash), \(until), 0, \(now))
                    """
                )
                let command = StaffMember.Command.add(to: agency, roles, by: author, proposal: .fresh(at: now))
                return try perform(command, on: officer, circumstances, in: tx)
            }
            return (officer, events.outcome)
        } catch is AlreadyExists {
            throw UserNameTaken()
        }
    }

    /// Gives an officer these roles in `agency`, in place of those held there.
    @discardableResult
    package func set(
        _ roles: Set<Role>,
        of officer: ID<Officer>,
        in agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> Outcome {
        let author = try await author(officer, agency, circumstances)
        let proposal = ID<Proposal>.fresh(at: circumstances.at)
        return try await change(officer, circumstances, .setRoles(in: agency, roles, by: author, proposal: proposal))
            .outcome
    }

    /// Closes or opens an account as a whole; closing ends its sessions.
    @discardableResult
    package func set(
        disabled: Bool,
        _ officer: ID<Officer>,
        in agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> Outcome {
        let author = try await author(officer, agency, circumstances)
        let proposal = ID<Proposal>.fresh(at: circumstances.at)
        return try await change(
            officer,
            circumstances,
            disabled ? .disable(by: author, proposal: proposal) : .enable(by: author, proposal: proposal)
        ).outcome
    }

    /// Replaces a forgotten password by one that works once, within a week; nil when others have to agree first.
    package func resetPassword(
        of officer: ID<Officer>,
        in agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> Password? {
        let author = try await author(officer, agency, circumstances)
        let proposal = ID<Proposal>.fresh(at: circumstances.at)
        return try await changePassword(officer, circumstances, .resetPassword(by: author, proposal: proposal))
    }

    /// Says yes to what waits, in whatever capacity the actor of `circumstances` may. The answer is a one-time password
    /// when that is what was waited for, and everybody has agreed.
    func agree(
        to proposal: ID<Proposal>,
        on officer: ID<Officer>,
        for agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> Password? {
        let author = try await author(officer, agency, circumstances)
        return try await changePassword(officer, circumstances, .agree(to: proposal, by: author))
    }

    /// Says no to what waits, or takes back what one has proposed.
    func refuse(
        _ proposal: ID<Proposal>,
        on officer: ID<Officer>,
        for agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws {
        let author = try await author(officer, agency, circumstances)
        try await change(officer, circumstances, .refuse(proposal, by: author))
    }

    /// Puts an officer's own new password in place and signs them out everywhere but here.
    func change(
        _ officer: ID<Officer>,
        to password: Password,
        keeping token: String?,
        _ proof: PasswordProof,
        _ circumstances: Circumstances
    ) async throws {
        let hash = try await hasher.hash(password, for: officer.rawValue)
        try await change(officer, circumstances, .changePassword) { _, tx in
            try proof.confirm(in: tx)
            try tx.execute(
                "UPDATE staff_account SET password = \(hash), one_time_until = NULL WHERE id = \(officer)"
            )
            try sessions.closeAll(of: officer.rawValue, except: token, in: tx)
        }
    }

    /// A command that may end in a new one-time password, which is made before anybody knows whether it does.
    private func changePassword(
        _ officer: ID<Officer>,
        _ circumstances: Circumstances,
        _ command: StaffMember.Command
    ) async throws -> Password? {
        let password = Password.oneTime()
        let hash = try await hasher.hash(password, for: officer.rawValue)
        let until = circumstances.at + .oneTimePassword
        let events = try await change(officer, circumstances, command) { events, tx in
            guard events.contains(.passwordReset) else { return }
            try tx.execute(
                "UPDATE staff_account SET password = \(hash), one_time_until = \(until) WHERE id = \(officer)"
            )
        }
        return events.contains(.passwordReset) ? password : nil
    }

    @discardableResult
    private func change(
        _ officer: ID<Officer>,
        _ circumstances: Circumstances,
        _ command: StaffMember.Command,
        and rows: @escaping @Sendable ([StaffMember.Event], borrowing Transaction) throws -> Void = { _, _ in }
    ) async throws -> [StaffMember.Event] {
        let events = try await events.transaction { tx in
            let events = try perform(command, on: officer, circumstances, in: tx)
            try rows(events, tx)
            return events
        }
        sessions.cache.forget(person: officer.rawValue)
        return events
    }

    private func perform(
        _ command: StaffMember.Command,
        on officer: ID<Officer>,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws -> [StaffMember.Event] {
        let member = ID<StaffMember>(rawValue: officer.rawValue)
        return try events.perform(command, on: member, circumstances, in: tx) { change, tx in
            for recorded in change.events { try project(recorded.event, of: officer, at: circumstances.at, in: tx) }
            try Proposals.store(change.state.proposals, of: officer, in: tx)
        }.events.map(\.event)
    }

    private func project(
        _ event: StaffMember.Event,
        of officer: ID<Officer>,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws {
        switch event {
        case .rolesSet(let agency, let roles):
            try tx.execute("DELETE FROM staff_post WHERE officer = \(officer) AND agency = \(agency)")
            guard !roles.isEmpty else { return }
            try tx.execute(
                """
                INSERT INTO staff_post (officer, agency, roles)
                VALUES (\(officer), \(agency), \(Set(roles).stored))
                """
            )
        case .disabled:
            try tx.execute("UPDATE staff_account SET disabled = 1 WHERE id = \(officer)")
            try closeAll(of: officer, in: tx)
        case .enabled: try tx.execute("UPDATE staff_account SET disabled = 0 WHERE id = \(officer)")
        case .passwordReset: try closeAll(of: officer, in: tx)
        case .proposed(let proposal): try Proposals.add(proposal, on: officer, at: now, in: tx)
        case .added, .passwordChanged, .agreed, .refused: break
        }
    }

    /// Nobody is signed in or known any more.
    private func closeAll(of officer: ID<Officer>, in tx: borrowing Transaction) throws {
        try sessions.closeAll(of: officer.rawValue, in: tx)
        try KnownDevices.forget(officer.rawValue, in: tx)
    }

    // MARK: - Who asks

    /// In what capacity the actor of `circumstances` asks something about `officer`.
    private func author(
        _ officer: ID<Officer>,
        called name: String? = nil,
        _ agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> StaffMember.Author {
        switch circumstances.actor {
        case .officer(officer): return .themselves
        case .officer(let id):
            var administrator = try await administrator(id, of: agency)
            let own = try await names(of: id).last
            let name = if let name { name } else { try await names(of: officer).last ?? "" }
            administrator.isNamesake = own?.folded == name.folded
            return .administrator(administrator)
        case .system: return .installation
        case .citizen, .helper, .visitor: throw NotTheirsToGive(kind: circumstances.actor.kind)
        }
    }

    func administrator(_ id: ID<Officer>, of agency: ID<Agency>) async throws -> Administrator {
        Administrator(id: id, agency: agency, over: try await ladder.below(agency))
    }
}

extension [StaffMember.Event] {
    fileprivate var outcome: StaffBook.Outcome {
        contains { if case .proposed = $0 { true } else { false } } ? .waits : .done
    }
}

/// The user name belongs to somebody else, or to the same person in another agency.
package struct UserNameTaken: Error {}
