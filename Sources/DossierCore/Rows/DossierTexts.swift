import Catalogue
import Crypto
package import Kernel
import Persistence

/// The texts of dossiers: what people typed, in rows that can be erased.
package enum DossierTexts {
    package enum Kind: String, Sendable {
        /// The answers of the form, as JSON.
        case answers
        /// A reason, a request or a remark, as plain text.
        case remark
        /// What opens the public look-up together with the code.
        case secret
    }

    /// A text on its way into its row.
    package struct Draft: Sendable {
        package let sealed: SealedText
        let kind: Kind
        let body: String
        let salt: String

        package init(_ body: String, _ kind: Kind, at now: Instant) {
            self.kind = kind
            self.body = body
            salt = ID<DossierText>.fresh(at: now).rawValue
            sealed = SealedText(text: .fresh(at: now), digest: DossierTexts.digest(salt: salt, body: body))
        }
    }

    static func insert(_ drafts: [Draft], of dossier: ID<Dossier>, at now: Instant, in tx: borrowing Transaction) throws
    {
        guard !drafts.isEmpty else { return }
        var values: SQL = ""
        for (index, draft) in drafts.enumerated() {
            let row: SQL = "(\(draft.sealed.text), \(dossier), \(draft.kind), \(draft.body), \(draft.salt), \(now))"
            values = index == 0 ? row : "\(values), \(row)"
        }
        try tx.execute("INSERT INTO dossier_text (id, dossier, kind, body, salt, created_at) VALUES \(values)")
    }

    /// The texts of a dossier by ID; one that was erased is missing.
    static func all(of dossier: ID<Dossier>, in tx: borrowing Transaction) throws -> [ID<DossierText>: Stored] {
        let rows = try tx.fetch("SELECT id, body, salt FROM dossier_text WHERE dossier = \(dossier)")
        return Dictionary(
            try rows.map { (ID(rawValue: try $0.text(0)), Stored(body: try $0.text(1), salt: try $0.text(2))) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    struct Stored: Sendable {
        let body: String
        let salt: String
        func matches(_ sealed: SealedText) -> Bool { DossierTexts.digest(salt: salt, body: body) == sealed.digest }
    }

    private static func digest(salt: String, body: String) -> String {
        var hash = SHA256()
        hash.update(data: Array(salt.utf8))
        hash.update(data: Array(body.utf8))
        return hash.finalize().map { padded16($0) }.joined()
    }

    private static func padded16(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}

extension DossierTexts {
    /// The applicant's name in stored answers; nil when they do not read as answers, as those of an older form.
    static func applicantName(in answers: String) -> String? {
        (try? Answers(stored: answers))?.applicantName
    }

    static func applicantPhone(in answers: String) -> String? {
        (try? Answers(stored: answers))?.applicantPhone
    }

    static func applicantAddress(in answers: String) -> String? {
        (try? Answers(stored: answers))?.applicantAddress
    }
}
