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
        let toll = Attempts.Toll.signUp(from: visitor.address)
        _ = try await check.attempts.begin(toll, at: now)
        do {
            return try await citizens.signUp(contact, password, for: visitor.address) { citizen, tx in
                try open(.citizen(citizen), visitor, at: now, in: tx)
            }
        } catch let busy as TooBusy {
            try await check.attempts.giveBack(toll)
            throw busy
        }
    }

    func citizen(
        login typed: String,
        _ password: Password,
        remembered: Bool,
        _ visitor: Visitor
    ) async throws -> OpenedSession {
        let login = Login(typed)
        let proof = try await check.prove(password, as: login?.text ?? typed.folded, .citizen, visitor) { tx in
            guard let login else { return nil }
            return try StoredAccount(login, in: tx)
        }
        let citizen = ID<Citizen>(rawValue: proof.account.id)
        let now = office.now
        return try await database.transaction { tx in
            try proof.confirm(in: tx)
            return try open(.citizen(citizen), remembered: remembered, visitor, at: now, in: tx)
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
            return try open(.officer(officer, in: agency), visitor, at: now, in: tx)
        }
    }

    /// The browser is known from now on; the token of a program is all it has.
    private func open(
        _ subject: Subject,
        remembered: Bool = false,
        _ visitor: Visitor,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> OpenedSession {
        var session = try sessions.open(subject, remembered: remembered, device: visitor.device, at: now, in: tx)
        session.device = try visitor.cookie.map { try KnownDevices.remember($0, of: subject.person, at: now, in: tx) }
        return session
    }

    /// That somebody knows the password of an officer who may come in; it may be a one-time password.
    func officerProof(userName typed: String, _ password: Password, _ visitor: Visitor) async throws -> PasswordProof {
        let userName = UserName(rawValue: typed)
        let proof = try await check.prove(password, as: userName?.rawValue ?? typed.folded, .staff, visitor) { tx in
            try userName.flatMap { try StoredAccount(.staff, where: "user_name = \($0)", in: tx) }
        }
        // Only those who know the password learn more about the account.
        guard !proof.account.isDisabled else { throw SignInRefusal.disabled }
        if let until = proof.account.oneTimeUntil, !until.isAhead(of: office.now, within: .oneTimePassword) {
            throw SignInRefusal.oneTimeExpired
        }
        return proof
    }
}
