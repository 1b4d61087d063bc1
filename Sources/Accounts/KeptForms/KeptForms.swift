import Crypto
import Kernel
import Persistence
package import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Keeps what people had typed when their session ended, until they are back or a day has passed.
///
/// What they typed is personal data, so it is stored encrypted with a key made from the token, and the token itself
/// is not stored: only the browser that was told the token can have it read.
package struct KeptForms: FormRescue {
    static let migration = Migration(
        "accounts-kept-form-1",
        "CREATE TABLE kept_form (digest \(SQL.key) PRIMARY KEY, body TEXT NOT NULL, expires BIGINT NOT NULL)",
        "CREATE INDEX kept_form_expires ON kept_form (expires)"
    )

    let database: any Database
    let office: Office

    /// After the first reading a form stays for those who reload the page or go back.
    static let afterReading = Span.minutes(15)
    static let waiting = Span.hours(24)

    private struct Body: Codable {
        let path: String
        let pairs: [FormData.Pair]
    }

    package func keep(path: String, form: FormData) async throws -> String {
        let token = SessionToken.fresh().rawValue
        // Passwords are never shown again, not even to those who typed them.
        let pairs = form.pairs.filter { !secretFields.contains($0.name) }
        let json = try JSONEncoder().encode(Body(path: path, pairs: pairs))
        let body = try AES.GCM.seal(json, using: key(token)).combined
        let now = office.now
        try await database.transaction { tx in
            try KeptForms.sweep(at: now, in: tx)
            try tx.execute(
                """
                INSERT INTO kept_form (digest, body, expires)
                VALUES (\(hexDigest(token)), \((body ?? Data()).base64EncodedString()), \(now + KeptForms.waiting))
                """
            )
        }
        return token
    }

    package func kept(_ token: String) async throws -> KeptForm? {
        guard SessionToken(rawValue: token) != nil else { return nil }
        let now = office.now
        let digest = hexDigest(token)
        let stored = try await database.transaction { tx in
            try tx.fetch("SELECT body FROM kept_form WHERE digest = \(digest) AND expires > \(now)").first.map { row in
                let end = now + KeptForms.afterReading
                try tx.execute("UPDATE kept_form SET expires = \(end) WHERE digest = \(digest) AND expires > \(end)")
                return try row.text(0)
            }
        }
        guard let stored, let sealed = Data(base64Encoded: stored) else { return nil }
        let opened = try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: key(token))
        let body = try JSONDecoder().decode(Body.self, from: opened)
        var form = FormData()
        for pair in body.pairs { form.append(pair.name, pair.value) }
        return KeptForm(path: body.path, form: form)
    }

    static func sweep(at now: Instant, in tx: borrowing Transaction) throws {
        try tx.execute("DELETE FROM kept_form WHERE expires <= \(now)")
    }

    private func key(_ token: String) -> SymmetricKey {
        SymmetricKey(data: SHA256.hash(data: Data("kept-form/\(token)".utf8)))
    }
}

/// The fields of our forms that hold passwords.
let secretFields: Set<String> = ["password", "again", "current", "proof"]
