package import Kernel
package import Persistence
package import Web

/// Keeps the accounts of officers. Rights are decided by `StaffMember` and its history; the rows here are what
/// sign-in and lists read.
package struct StaffBook: Sendable {
    static let migration = Migration(
        "accounts-staff-1",
        """
        CREATE TABLE staff_account (
            id \(SQL.key) PRIMARY KEY, user_name \(SQL.key) NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT NOT NULL,
            one_time_until BIGINT, disabled BIGINT NOT NULL, created BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE staff_post (
            officer \(SQL.key) NOT NULL, agency \(SQL.key) NOT NULL, roles TEXT NOT NULL,
            PRIMARY KEY (officer, agency)
        )
        """,
        "CREATE INDEX staff_post_agency ON staff_post (agency)"
    )

    let database: any Database
    let events: EventStore
    let office: Office
    let hasher: PasswordHasher
    let sessions: Sessions

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
        let hash = try await hasher.hash(password)
        let now = circumstances.at
        let officer = ID<Officer>.fresh(at: now)
        let until = isOneTime ? now + .oneTimePassword : nil
        do {
            try await events.transaction { tx in
                guard try tx.fetch("SELECT 1 FROM staff_account WHERE user_name = \(userName)").isEmpty else {
                    throw UserNameTaken()
                }
                try tx.execute(
                    """
                    INSERT INTO staff_account (id, user_name, name, password, one_time_until, disabled, created)
                    VALUES (\(officer), \(userName), \(name), \(hash), \(until), 0, \(now))
                    """
                )
                try perform(.add(to: agency, roles), on: officer, circumstances, in: tx)
            }
        } catch is AlreadyExists {
            throw UserNameTaken()
        }
        return officer
    }

    /// Gives an officer these roles in `agency`, in place of those held there; it takes effect at once.
    package func set(
        _ roles: Set<Role>,
        of officer: ID<Officer>,
        in agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws {
        let author = author(officer, agency, circumstances)
        try await change(officer, circumstances, .setRoles(in: agency, roles, by: author))
    }

    /// Closes or opens an account as a whole; closing ends its sessions.
    package func set(
        disabled: Bool,
        _ officer: ID<Officer>,
        in agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws {
        let author = author(officer, agency, circumstances)
        try await change(officer, circumstances, disabled ? .disable(by: author) : .enable(by: author))
    }

    /// Replaces a forgotten password by one that works once, within a week.
    func resetPassword(
        of officer: ID<Officer>,
        in agency: ID<Agency>,
        _ circumstances: Circumstances
    ) async throws -> Password {
        let password = Password.oneTime()
        let hash = try await hasher.hash(password)
        let author = author(officer, agency, circumstances)
        try await change(officer, circumstances, .resetPassword(by: author)) { tx in
            try tx.execute(
                """
                UPDATE staff_account SET password = \(hash), one_time_until = \(circumstances.at + .oneTimePassword)
                WHERE id = \(officer)
                """
            )
        }
        return password
    }

    /// Puts an officer's own new password in place and signs them out everywhere but here.
    func change(
        _ officer: ID<Officer>,
        to password: Password,
        keeping token: String?,
        _ proof: PasswordProof,
        _ circumstances: Circumstances
    ) async throws {
        let hash = try await hasher.hash(password)
        try await change(officer, circumstances, .changePassword) { tx in
            try proof.confirm(in: tx)
            try tx.execute(
                "UPDATE staff_account SET password = \(hash), one_time_until = NULL WHERE id = \(officer)"
            )
            try sessions.closeAll(of: officer.rawValue, except: token, in: tx)
        }
    }

    private func change(
        _ officer: ID<Officer>,
        _ circumstances: Circumstances,
        _ command: StaffMember.Command,
        and rows: @escaping @Sendable (borrowing Transaction) throws -> Void = { _ in }
    ) async throws {
        try await events.transaction { tx in
            try perform(command, on: officer, circumstances, in: tx)
            try rows(tx)
        }
        sessions.cache.forget(person: officer.rawValue)
    }

    private func perform(
        _ command: StaffMember.Command,
        on officer: ID<Officer>,
        _ circumstances: Circumstances,
        in tx: borrowing Transaction
    ) throws {
        let member = ID<StaffMember>(rawValue: officer.rawValue)
        try events.perform(command, on: member, circumstances, in: tx) { change, tx in
            for recorded in change.events { try project(recorded.event, of: officer, in: tx) }
        }
    }

    private func project(_ event: StaffMember.Event, of officer: ID<Officer>, in tx: borrowing Transaction) throws {
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
            try sessions.closeAll(of: officer.rawValue, in: tx)
        case .enabled: try tx.execute("UPDATE staff_account SET disabled = 0 WHERE id = \(officer)")
        case .passwordReset: try sessions.closeAll(of: officer.rawValue, in: tx)
        case .added, .passwordChanged: break
        }
    }

    /// In what capacity the actor of `circumstances` asks something about `officer`.
    private func author(
        _ officer: ID<Officer>,
        _ agency: ID<Agency>,
        _ circumstances: Circumstances
    ) -> StaffMember.Author {
        switch circumstances.actor {
        case .officer(officer): .themselves
        case .officer: .administrator(of: agency)
        case .citizen, .visitor, .system: .installation
        }
    }
}

/// The user name belongs to somebody else, or to the same person in another agency.
struct UserNameTaken: Error {}
