import Kernel
import Persistence
import Web

/// Opens sessions for those who know their password.
struct SignIn: Sendable {
    let database: any Database
    let citizens: CitizenBook
    let office: Office
    let sessions: Sessions
    let check: PasswordCheck

    /// Opens an account and its first session.
    func newCitizen(_ contact: Contact, _ password: Password, _ visitor: Visitor) async throws -> OpenedSession {
        let now = office.now
        try await check.attempts.begin([.signUp(visitor.address)], at: now)
        return try await citizens.signUp(contact, password) { citizen, tx in
            try sessions.open(.citizen(citizen), device: visitor.device, at: now, in: tx)
        }
    }

    func citizen(
        login typed: String,
        _ password: Password,
        remembered: Bool,
        _ visitor: Visitor
    ) async throws -> OpenedSession {
        let login = Login(typed)
        let proof = try await check.prove(password, .account(login?.text ?? typed.folded, .citizen), visitor) { tx in
            guard let login else { return nil }
            return try StoredAccount(login, in: tx)
        }
        let citizen = ID<Citizen>(rawValue: proof.account.id)
        let now = office.now
        return try await database.transaction { tx in
            try proof.confirm(in: tx)
            return try sessions.open(.citizen(citizen), remembered: remembered, device: visitor.device, at: now, in: tx)
        }
    }

    func officer(userName: String, _ password: Password, _ visitor: Visitor) async throws -> OpenedSession {
        let proof = try await officerProof(userName: userName, password, visitor)
        guard proof.account.oneTimeUntil == nil else { throw SignInRefusal.newPasswordNeeded }
        let officer = ID<Officer>(rawValue: proof.account.id)
        let now = office.now
        return try await database.transaction { tx in
            try proof.confirm(in: tx)
            guard let agency = try StaffBook.agencies(of: officer, in: tx).first else { throw SignInRefusal.noPost }
            return try sessions.open(.officer(officer, in: agency), device: visitor.device, at: now, in: tx)
        }
    }

    /// That somebody knows the password of an officer who may come in; it may be a one-time password.
    func officerProof(userName typed: String, _ password: Password, _ visitor: Visitor) async throws -> PasswordProof {
        let userName = UserName(rawValue: typed)
        let limit = Attempts.Limit.account(userName?.rawValue ?? typed.folded, .staff)
        let proof = try await check.prove(password, limit, visitor) { tx in
            try userName.flatMap { try StoredAccount(.staff, where: "user_name = \($0)", in: tx) }
        }
        // Only those who know the password learn more about the account.
        guard !proof.account.isDisabled else { throw SignInRefusal.disabled }
        if let until = proof.account.oneTimeUntil, until <= office.now { throw SignInRefusal.oneTimeExpired }
        return proof
    }
}
