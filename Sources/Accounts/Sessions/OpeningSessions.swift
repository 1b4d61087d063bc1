package import Kernel
import Persistence
import Web

/// A session that has just been opened; the token is known here and nowhere else.
package struct OpenedSession: Sendable {
    package let token: SessionToken
    package let expires: Instant
    /// The browser may keep it after it is closed.
    package let isRemembered: Bool
}

extension Span {
    /// People who ask to be remembered stay signed in as long as they come back within this time.
    static let rememberedSession = Span.days(30)
    static let citizenSession = Span.hours(12)
    /// A working day with its breaks, and not the night after it.
    static let staffSession = Span.hours(10)
}

extension Sessions {
    /// Opens a session in the transaction in which its reason became true.
    func open(
        _ subject: Subject,
        remembered: Bool = false,
        device: String,
        at now: Instant,
        in tx: borrowing Transaction
    ) throws -> OpenedSession {
        // Those that ended a day ago are taken away by those that begin.
        try Sessions.sweep(at: now, in: tx)
        let token = SessionToken.fresh()
        let isRemembered = remembered && subject.audience == .citizen
        let length: Span =
            switch subject {
            case .citizen: isRemembered ? .rememberedSession : .citizenSession
            case .officer: .staffSession
            }
        try tx.execute(
            """
            INSERT INTO session (digest, audience, person, agency, device, remembered, created, seen, expires)
            VALUES (\(token.digest), \(subject.audience), \(subject.person), \(subject.agency), \(device),
                \(isRemembered), \(now), \(now), \(now + length))
            """
        )
        return OpenedSession(token: token, expires: now + length, isRemembered: isRemembered)
    }
}
