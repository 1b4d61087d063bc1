import Hummingbird
import Kernel
import Persistence
import Web

/// What a browser shows to be known as one in which somebody has signed in before.
struct DeviceCookie: Sendable {
    /// Nil for a browser that has none yet.
    let token: SessionToken?

    init(token: SessionToken? = nil) { self.token = token }

    init(in request: Request, _ context: some AudienceContext) {
        token = request.cookies[Self.name(context)].flatMap { SessionToken(rawValue: $0.value) }
    }

    static func name(_ context: some AudienceContext) -> String { context.visit.site.cookieName("device") }
}

/// Browsers in which people have signed in. Who attacks an account from elsewhere does not stand in their way.
///
/// A cookie is 256 random bits and says nothing about anybody; the database holds its hash. Several people may share a
/// browser, and a person has several.
enum KnownDevices {
    private static let most = 20
    /// As long as browsers keep a cookie.
    static let lasting = Span.days(400)

    static func knows(_ token: SessionToken, of person: String, in tx: borrowing Transaction) throws -> Bool {
        try !tx.fetch("SELECT 1 FROM known_device WHERE digest = \(token.digest) AND person = \(person)").isEmpty
    }

    /// Notes that a person has signed in with this browser, and answers what it is to be known by.
    static func remember(
        _ cookie: DeviceCookie,
        of person: String,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> SessionToken {
        let token = try ours(cookie, in: tx) ?? .fresh()
        try tx.execute(
            """
            INSERT INTO known_device (digest, person, seen) VALUES (\(token.digest), \(person), \(now))
            ON CONFLICT (digest, person) DO UPDATE SET seen = excluded.seen
            """
        )
        try tx.execute(
            """
            DELETE FROM known_device WHERE person = \(person) AND digest NOT IN (
                SELECT digest FROM known_device WHERE person = \(person) ORDER BY seen DESC, digest LIMIT \(most)
            )
            """
        )
        return token
    }

    /// A token that we did not give is not taken over: somebody may have put it there to be known later.
    private static func ours(_ cookie: DeviceCookie, in tx: borrowing Transaction) throws -> SessionToken? {
        guard let token = cookie.token,
            try !tx.fetch("SELECT 1 FROM known_device WHERE digest = \(token.digest) LIMIT 1").isEmpty
        else { return nil }
        return token
    }

    static func forget(_ person: String, in tx: borrowing Transaction) throws {
        try tx.execute("DELETE FROM known_device WHERE person = \(person)")
    }

    static func sweep(at now: Instant, in tx: borrowing Transaction) throws {
        try tx.execute("DELETE FROM known_device WHERE seen + \(lasting.milliseconds) < \(now)")
    }
}
