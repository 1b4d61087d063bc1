import Kernel
import Persistence
import Web

/// Has people prove that they know a password, a bounded number of times.
///
/// Unknown accounts are answered like wrong passwords: in the same words, after the same time.
struct PasswordCheck: Sendable {
    let office: Office
    let hasher: PasswordHasher
    let attempts: Attempts
    /// Passwords that thieves have; nil where the operator keeps no such list.
    let leaked: LeakedPasswords?
    /// Waits; tests bring one that does not.
    let pause: @Sendable (Span) async throws -> Void

    /// The same for somebody who is signed in: a borrowed phone does not change a password.
    func prove(_ typed: String?, _ audience: Audience, id: String, _ visitor: Visitor) async throws -> PasswordProof {
        guard let password = Password(typed ?? "") else { throw SignInRefusal.wrong }
        return try await prove(password, as: id, audience, visitor) { tx in
            try StoredAccount(audience, where: "id = \(id)", in: tx)
        }
    }

    /// Attempts are counted for the `login` that was typed, whether there is such an account or not.
    func prove(
        _ password: Password,
        as login: String,
        _ audience: Audience,
        _ visitor: Visitor,
        find: @escaping @Sendable (borrowing Transaction) throws -> StoredAccount?
    ) async throws -> PasswordProof {
        let (account, isKnown) = try await attempts.database.read { tx in
            let account = try find(tx)
            // Asked also when there is no account, so that the answer takes as long.
            let isKnown = try visitor.cookie?.token.map {
                try KnownDevices.knows($0, of: account?.id ?? "", in: tx)
            }
            return (account, isKnown ?? false)
        }
        let toll: Attempts.Toll =
            if isKnown, let account, let token = visitor.cookie?.token {
                .known(token.digest, of: account.id)
            } else {
                .stranger("\(audience.rawValue)/\(login)", from: visitor.address)
            }
        let wait = try await attempts.begin(toll, at: office.now)
        if wait > .seconds(0) { try await pause(wait) }
        do {
            let hash = account.flatMap { PasswordHash(rawValue: $0.password) }
            let isRight = try await hasher.matches(password, hash, for: visitor.address)
            guard isRight, let account, let hash else { throw SignInRefusal.wrong }
            let renewed = hash.cost == hasher.cost ? nil : try await hasher.hash(password, for: visitor.address)
            return PasswordProof(account: account, renewed: renewed, toll: toll)
        } catch let busy as TooBusy {
            try await attempts.giveBack(toll)
            throw busy
        }
    }
}

/// What sign-in knows about an account.
struct StoredAccount: Sendable {
    let audience: Audience
    let id: String
    let password: String
    let isDisabled: Bool
    let oneTimeUntil: Instant?

    /// The account of a citizen or officer for which `condition` holds.
    init?(_ audience: Audience, where condition: SQL, in tx: borrowing Transaction) throws {
        let state: SQL =
            switch audience {
            case .citizen: "0 AS disabled, NULL AS one_time_until"
            case .staff: "disabled, one_time_until"
            }
        let rows = try tx.fetch("SELECT id, password, \(state) FROM \(audience.accounts) WHERE \(condition)")
        guard let row = rows.first else { return nil }
        self.audience = audience
        id = try row.text("id")
        password = try row.text("password")
        isDisabled = try row.bool("disabled")
        oneTimeUntil = try row.optionalInt("one_time_until").map(Instant.init(milliseconds:))
    }
}

extension StoredAccount {
    init?(_ login: Login, in tx: borrowing Transaction) throws {
        switch login {
        case .phone(let phone): try self.init(.citizen, where: "phone = \(phone)", in: tx)
        case .email(let email): try self.init(.citizen, where: "email = \(email)", in: tx)
        }
    }
}

/// Somebody has just shown that they know the password of an account.
struct PasswordProof: Sendable {
    let account: StoredAccount
    /// The same password at today's cost.
    let renewed: PasswordHash?
    let toll: Attempts.Toll

    /// Says in the transaction that relies on the proof that it still holds: the password may have been changed,
    /// or the account closed, since it was read.
    func confirm(in tx: borrowing Transaction) throws {
        let now = try StoredAccount(account.audience, where: "id = \(account.id)", in: tx)
        guard let now, now.password == account.password else { throw SignInRefusal.wrong }
        guard !now.isDisabled else { throw SignInRefusal.disabled }
        try Attempts.forgive(toll, in: tx)
        guard let renewed else { return }
        try tx.execute(
            "UPDATE \(account.audience.accounts) SET password = \(renewed) WHERE id = \(account.id)"
        )
    }
}

extension Audience {
    var accounts: SQL {
        switch self {
        case .citizen: "citizen_account"
        case .staff: "staff_account"
        }
    }
}
