import Crypto
import Kernel
import Persistence
import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Counts attempts to sign in or up, in the database, so that neither a restart nor a second process forgets them.
///
/// The keys are hashed: numbers and addresses are personal data, and a counter does not need to know them.
///
/// An attempt is counted before it is judged and taken back when it succeeds: a hundred guesses sent at once are a
/// hundred attempts, not one.
struct Attempts: Sendable {
    /// What is counted: for whom, and how often within what time.
    struct Limit: Sendable {
        let key: String
        let count: Int
        let window: Span
    }

    static let migration = Migration(
        "accounts-attempts-1",
        "CREATE TABLE attempt (key \(SQL.key) PRIMARY KEY, count BIGINT NOT NULL, until BIGINT NOT NULL)",
        "CREATE INDEX attempt_until ON attempt (until)"
    )

    let database: any Database

    /// Counts one attempt against every limit, or none of them when one is reached. Callers name limits in the same
    /// order of kinds, so that two of them never wait for each other.
    func begin(_ limits: [Limit], at now: Instant) async throws {
        try await database.transaction { tx in
            for limit in limits {
                let row = try tx.fetch(
                    """
                    INSERT INTO attempt (key, count, until) VALUES (\(limit.key), 1, \(now + limit.window))
                    ON CONFLICT (key) DO UPDATE SET
                        count = CASE WHEN attempt.until <= \(now) THEN 1 ELSE attempt.count + 1 END,
                        until = CASE WHEN attempt.until <= \(now) THEN excluded.until ELSE attempt.until END
                    RETURNING count, until
                    """
                )[0]
                guard try row.int(0) <= limit.count else {
                    throw TooManyAttempts(until: Instant(milliseconds: try row.int(1)), now: now)
                }
            }
        }
    }

    /// The person has proved who they are: their account's failures are forgotten, this attempt of their address
    /// does not count.
    static func forgive(account: Limit, address: Limit, in tx: borrowing Transaction) throws {
        try tx.execute("DELETE FROM attempt WHERE key = \(account.key)")
        try tx.execute("UPDATE attempt SET count = count - 1 WHERE key = \(address.key) AND count > 0")
    }
}

extension Attempts.Limit {
    /// Five wrong passwords in a quarter of an hour are a bad day; more are a search.
    static func account(_ login: String, _ audience: Audience) -> Self {
        Self(key: "account/" + hexDigest("\(audience.rawValue)/\(login)"), count: 5, window: .minutes(15))
    }

    /// A hall full of people, or a village behind one address, may share this many failures.
    static func address(_ address: String) -> Self {
        Self(key: "address/" + hexDigest(address), count: 50, window: .minutes(15))
    }

    /// Helpers sign up people one after another; whoever asks for more numbers than this collects them.
    static func signUp(_ address: String) -> Self {
        Self(key: "sign-up/" + hexDigest(address), count: 30, window: .hours(1))
    }
}

/// SHA-256 of `text` in hexadecimal.
func hexDigest(_ text: String) -> String { hex(SHA256.hash(data: Data(text.utf8))) }
