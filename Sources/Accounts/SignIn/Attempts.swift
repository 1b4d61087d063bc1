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

    /// Everything under which one attempt is counted.
    struct Toll: Sendable {
        /// None of these may be passed. Callers name limits in the same order of kinds, so that two of them never wait
        /// for each other.
        let limits: [Limit]
        /// Beyond this count attempts are not refused but admitted one after the other.
        var slows: Limit?
    }

    /// How far apart those are who are admitted one after the other: 8,640 a day.
    static let pace = Span.seconds(10)
    /// How long a request waits for its turn before it is told to come back.
    static let patience = Span.seconds(5)

    let database: any Database

    /// Counts one attempt under everything, or under nothing when a limit is reached; answers how long it has to wait.
    func begin(_ toll: Toll, at now: Instant) async throws -> Span {
        try await database.transaction { tx in
            for limit in toll.limits {
                let (count, until) = try Self.count(limit, at: now, in: tx)
                guard count <= limit.count else { throw TooManyAttempts(until: until, now: now) }
            }
            guard let slows = toll.slows, try Self.count(slows, at: now, in: tx).count > slows.count else {
                return .seconds(0)
            }
            return try Self.turn(of: slows, at: now, in: tx)
        }
    }

    /// A row that ends later than it could have begun was written before the clock was put back: it counts no more.
    private static func count(_ limit: Limit, at now: Instant, in tx: borrowing Transaction) throws
        -> (count: Int, until: Instant)
    {
        let end = now + limit.window
        let row = try tx.fetch(
            """
            INSERT INTO attempt (key, count, until) VALUES (\(limit.key), 1, \(end))
            ON CONFLICT (key) DO UPDATE SET
                count = CASE WHEN attempt.until <= \(now) OR attempt.until > \(end) THEN 1 ELSE attempt.count + 1 END,
                until = CASE WHEN attempt.until <= \(now) OR attempt.until > \(end) THEN \(end) ELSE attempt.until END
            RETURNING count, until
            """
        )[0]
        return (try row.int(0), Instant(milliseconds: try row.int(1)))
    }

    /// The next free turn of those who try what `limit` counts, as long as it can be waited for.
    private static func turn(of limit: Limit, at now: Instant, in tx: borrowing Transaction) throws -> Span {
        let next = now + pace
        let latest = next + patience
        let row = try tx.fetch(
            """
            INSERT INTO attempt (key, count, until) VALUES (\("turn/\(limit.key)"), 1, \(next))
            ON CONFLICT (key) DO UPDATE SET until = CASE
                WHEN attempt.until <= \(now) OR attempt.until > \(latest) THEN \(next)
                ELSE attempt.until + \(pace.milliseconds) END
            RETURNING until
            """
        )[0]
        let turn = Instant(milliseconds: try row.int(0) - pace.milliseconds)
        guard turn <= now + patience else { throw TooManyAttempts(until: turn, now: now) }
        return turn - now
    }

    /// Nobody has judged the attempt: it does not count.
    func giveBack(_ toll: Toll) async throws {
        try await database.transaction { tx in
            for limit in toll.limits + [toll.slows].compactMap(\.self) { try Self.takeOne(from: limit, in: tx) }
        }
    }

    /// The person has proved who they are: the failures of theirs are forgotten, this attempt of what they share with
    /// others does not count.
    static func forgive(_ toll: Toll, in tx: borrowing Transaction) throws {
        guard let own = toll.limits.first else { return }
        try tx.execute("DELETE FROM attempt WHERE key = \(own.key)")
        for shared in toll.limits.dropFirst() + [toll.slows].compactMap(\.self) { try takeOne(from: shared, in: tx) }
    }

    private static func takeOne(from limit: Limit, in tx: borrowing Transaction) throws {
        try tx.execute("UPDATE attempt SET count = count - 1 WHERE key = \(limit.key) AND count > 0")
    }

    /// Takes away what has expired, and what a clock that was wrong has left.
    static func sweep(at now: Instant, in tx: borrowing Transaction) throws {
        try tx.execute("DELETE FROM attempt WHERE until <= \(now) OR until > \(now + .days(1))")
    }
}

extension Attempts.Toll {
    /// An attempt on an account from a browser or program that nobody knows.
    static func stranger(_ account: String, from address: String) -> Self {
        Self(limits: [.pair(account, address), .address(address)], slows: .account(account))
    }

    /// An attempt from a browser in which the person has signed in before. It is counted apart, so that nothing others do
    /// stops it; whoever stole the laptop has no more guesses than a stranger.
    static func known(_ device: String, of person: String) -> Self {
        Self(limits: [
            .init(key: "device/" + hexDigest("\(person) \(device)"), count: 5, window: .minutes(15))
        ])
    }

    /// Helpers sign up people one after another; whoever asks for more numbers than this collects them.
    static func signUp(from address: String) -> Self {
        Self(limits: [.init(key: "sign-up/" + hexDigest(address), count: 30, window: .hours(1))])
    }
}

extension Attempts.Limit {
    /// Five wrong passwords in a quarter of an hour are a bad day; more are a search.
    fileprivate static func pair(_ account: String, _ address: String) -> Self {
        Self(key: "pair/" + hexDigest("\(account) \(address)"), count: 5, window: .minutes(15))
    }

    /// A hall full of people, or a village behind one address, may share this many failures.
    fileprivate static func address(_ address: String) -> Self {
        Self(key: "address/" + hexDigest(address), count: 50, window: .minutes(15))
    }

    /// More failures than this come from several places at once. Together with `Attempts.pace` they leave somebody with
    /// any number of addresses 20 + 90 guesses in a quarter of an hour, 10,560 a day.
    fileprivate static func account(_ account: String) -> Self {
        Self(key: "account/" + hexDigest(account), count: 20, window: .minutes(15))
    }
}

/// SHA-256 of `text` in hexadecimal.
func hexDigest(_ text: String) -> String { hex(SHA256.hash(data: Data(text.utf8))) }
