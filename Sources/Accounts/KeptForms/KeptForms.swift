import Crypto
import Hummingbird
import Kernel
import Persistence
package import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Keeps what people had typed when their session ended, until they are back or a day has passed: small forms, a few of
/// each person, and none of strangers.
///
/// What they typed is personal data, so it is stored encrypted with a key made from the token, and the token itself
/// is not stored: only the browser that was told the token can have it read, and only while the account is signed in whose
/// form it is.
package struct KeptForms: FormRescue {
    let database: any Database
    let office: Office
    private let pace: RateLimiter

    init(database: any Database, office: Office) {
        (self.database, self.office) = (database, office)
        // Nobody is signed out in the middle of a form more often.
        pace = RateLimiter(burst: 10, oneMoreEvery: .minutes(5), office: office)
    }

    /// A person may have this many kept; the one that has waited longest goes first.
    static let most = 5

    /// After the first reading a form stays for those who reload the page or go back.
    static let afterReading = Span.minutes(15)
    static let waiting = Span.hours(24)

    private struct Body: Codable {
        let path: String
        let pairs: [FormData.Pair]
        // Forms kept by an earlier version have none of these.
        let files: [KeptForm.File]?
        let hasFiles: Bool?
        let page: String?
        let at: Int?
    }

    package func holder(ofEnded session: String) async throws -> FormHolder? {
        guard let digest = SessionToken(rawValue: session)?.digest else { return nil }
        let begin = office.now + Span(milliseconds: -Sessions.trace.milliseconds)
        return try await database.read { tx in
            try tx.fetch("SELECT person FROM session WHERE digest = \(digest) AND expires > \(begin)").first.map {
                FormHolder(person: try $0.text(0))
            }
        }
    }

    package func keep(_ form: KeptForm, of holder: FormHolder) async throws -> String? {
        let token = SessionToken.fresh().rawValue
        let now = office.now
        let json = try JSONEncoder().encode(
            Body(
                path: form.path,
                pairs: form.form.withoutSecrets.pairs,
                files: form.files,
                hasFiles: form.hasFiles,
                page: form.page,
                at: now.milliseconds
            )
        )
        guard json.count <= 2 * Request.mostTyped else { return nil }
        do {
            try pace.admit(holder.person)
        } catch {
            return nil
        }
        let body = try AES.GCM.seal(json, using: key(token)).combined
        try await database.transaction { tx in
            try KeptForms.sweep(at: now, in: tx)
            try tx.execute(
                """
                INSERT INTO kept_form (digest, body, expires, person)
                VALUES (\(hexDigest(token)), \((body ?? Data()).base64EncodedString()), \(now + KeptForms.waiting),
                    \(holder.person))
                """
            )
            try tx.execute(
                """
                DELETE FROM kept_form WHERE person = \(holder.person) AND digest NOT IN (
                    SELECT digest FROM kept_form WHERE person = \(holder.person)
                    ORDER BY expires DESC, digest LIMIT \(KeptForms.most)
                )
                """
            )
        }
        return token
    }

    package func kept(_ token: String, of holder: FormHolder) async throws -> KeptForm? {
        guard SessionToken(rawValue: token) != nil else { return nil }
        let now = office.now
        let digest = hexDigest(token)
        let stored = try await database.transaction { tx in
            try tx.fetch(
                """
                SELECT body FROM kept_form WHERE digest = \(digest) AND person = \(holder.person) AND expires > \(now)
                """
            ).first.map { row in
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
        return KeptForm(
            path: body.path,
            form: form,
            files: body.files ?? [],
            hasFiles: body.hasFiles ?? false,
            page: body.page,
            at: body.at.map { Instant(milliseconds: $0) }
        )
    }

    static func sweep(at now: Instant, in tx: borrowing Transaction) throws {
        try tx.execute("DELETE FROM kept_form WHERE expires <= \(now)")
    }

    private func key(_ token: String) -> SymmetricKey {
        SymmetricKey(data: SHA256.hash(data: Data("kept-form/\(token)".utf8)))
    }
}
