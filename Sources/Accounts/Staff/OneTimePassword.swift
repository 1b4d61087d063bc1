package import Kernel

extension Password {
    /// A password that an administrator reads out or writes down once: 60 random bits in three groups, without
    /// letters that look alike.
    package static func oneTime() -> Password {
        var generator = SystemRandomNumberGenerator()
        let groups = (0..<3).map { _ in base32(generator.next() & 0xF_FFFF, digits: 4) }
        guard let password = Password(groups.joined(separator: "-")) else { preconditionFailure("it is not empty") }
        return password
    }

    /// Its text, for the one time it is shown to whoever hands it over.
    package var shownOnce: String { text }
}

extension Span {
    /// How long a one-time password waits for its officer.
    package static let oneTimePassword = Span.days(7)
}
