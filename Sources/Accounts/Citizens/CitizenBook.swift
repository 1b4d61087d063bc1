import Hummingbird
package import Kernel
import Persistence
import Web

/// Keeps the accounts of citizens.
package struct CitizenBook: Sendable {
    let database: any Database
    let office: Office
    let hasher: PasswordHasher
    let sessions: Sessions

    /// The account of a citizen; nil once it has been erased.
    package func account(_ id: ID<Citizen>) async throws -> CitizenAccount? {
        try await database.read { tx in
            try tx.fetch("SELECT id, name, phone, email FROM citizen_account WHERE id = \(id)").first
                .map(CitizenAccount.init)
        }
    }

    /// Whose account this phone number or e-mail address opens.
    package func citizen(_ login: String) async throws -> ID<Citizen>? {
        guard let login = Login(login) else { return nil }
        return try await database.read { tx in
            try StoredAccount(login, in: tx).map { ID(rawValue: $0.id) }
        }
    }

    /// Opens an account, and what comes with it in the same transaction.
    func signUp<T: Sendable>(
        _ contact: Contact,
        _ password: Password,
        for address: String = "",
        and then: @escaping @Sendable (ID<Citizen>, borrowing Transaction) throws -> T
    ) async throws -> T {
        // Before anybody looks whether the number is taken, so that both answers take as long.
        let hash = try await hasher.hash(password, for: address)
        return try await signUp(contact, hash, and: then)
    }

    func signUp<T: Sendable>(
        _ contact: Contact,
        _ hash: PasswordHash,
        and then: @escaping @Sendable (ID<Citizen>, borrowing Transaction) throws -> T
    ) async throws -> T {
        let now = office.now
        let id = ID<Citizen>.fresh(at: now)
        return try await storing(contact) { tx in
            try refuseTaken(contact, by: id, in: tx)
            try tx.execute(
                """
                INSERT INTO citizen_account (id, name, phone, email, password, created)
                VALUES (\(id), \(contact.name), \(contact.phone), \(contact.email), \(hash), \(now))
                """
            )
            return try then(id, tx)
        }
    }

    /// Changes how a citizen is called and reached.
    func change(_ id: ID<Citizen>, to contact: Contact, _ proof: PasswordProof) async throws {
        try await storing(contact) { tx in
            try proof.confirm(in: tx)
            try refuseTaken(contact, by: id, in: tx)
            try tx.execute(
                """
                UPDATE citizen_account SET name = \(contact.name), phone = \(contact.phone), email = \(contact.email)
                WHERE id = \(id)
                """
            )
        }
        sessions.cache.forget(person: id.rawValue)
    }

    /// Changes the password and signs the person out everywhere but here.
    func change(
        _ id: ID<Citizen>,
        to password: Password,
        keeping token: String?,
        _ proof: PasswordProof
    ) async throws {
        let hash = try await hasher.hash(password, for: id.rawValue)
        try await database.transaction { tx in
            try proof.confirm(in: tx)
            try tx.execute("UPDATE citizen_account SET password = \(hash) WHERE id = \(id)")
            try sessions.closeAll(of: id.rawValue, except: token, in: tx)
        }
        sessions.cache.forget(person: id.rawValue)
    }

    /// Two people may ask for the same number in the same moment; then the database says so instead of the question
    /// before it.
    private func storing<T: Sendable>(
        _ contact: Contact,
        _ body: @escaping @Sendable (borrowing Transaction) throws -> T
    ) async throws -> T {
        do {
            return try await database.transaction(body)
        } catch is AlreadyExists {
            throw LoginTaken(isPhone: contact.phone != nil)
        }
    }

    private func refuseTaken(_ contact: Contact, by id: ID<Citizen>, in tx: borrowing Transaction) throws {
        let rows = try tx.fetch(
            """
            SELECT phone FROM citizen_account
            WHERE (phone = \(contact.phone) OR email = \(contact.email)) AND id <> \(id)
            """
        )
        if let row = rows.first {
            throw LoginTaken(isPhone: try contact.phone != nil && row.optionalText(0) == contact.phone?.rawValue)
        }
    }
}

/// Somebody signs in with this phone number or e-mail address already: most likely the same person.
struct LoginTaken: ProblemConvertible {
    let isPhone: Bool

    var problem: Problem {
        let error =
            isPhone
            ? FieldError(
                "phone",
                "Số điện thoại này đã có tài khoản. Nếu là số của bạn, hãy đăng nhập.",
                "There is an account with this phone number. If it is yours, please sign in."
            )
            : FieldError(
                "email",
                "Địa chỉ e-mail này đã có tài khoản. Nếu là của bạn, hãy đăng nhập.",
                "There is an account with this e-mail address. If it is yours, please sign in."
            )
        return Problem("login-taken", error.vi, error.en, .conflict, errors: [error])
    }
}
