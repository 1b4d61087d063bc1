import Crypto

/// The secret by which this installation recognises what it signed itself.
package struct ServerKey: Sendable {
    private let key: SymmetricKey

    /// At least 32 random bytes, the same for every process of an installation.
    package init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// A key that is forgotten with the process, for tests and demonstrations.
    package static func fresh() -> ServerKey { ServerKey(secret: randomBytes(32)) }

    /// A signature in hexadecimal; the purpose keeps signatures for one use from serving another.
    package func signature(of text: String, for purpose: String) -> String {
        hex(HMAC<SHA256>.authenticationCode(for: message(text, purpose), using: key))
    }

    /// Compares in constant time, so that a signature cannot be guessed byte by byte.
    package func isValid(_ signature: String, of text: String, for purpose: String) -> Bool {
        guard let code = bytes(hex: signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message(text, purpose), using: key)
    }

    private func message(_ text: String, _ purpose: String) -> [UInt8] { Array("\(purpose)\u{0}\(text)".utf8) }
}

/// Bytes nobody can foresee.
package func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in generator.next() }
}

/// Bytes in hexadecimal, lower case.
package func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

private func bytes(hex text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap(PercentEncoding.digit)
    guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
