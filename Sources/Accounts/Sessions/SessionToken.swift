import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a browser or program shows to be known again: 256 random bits. The database holds only its hash, so that
/// nobody who reads a backup can walk in.
package struct SessionToken: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    /// Nil for what cannot be one of ours; long texts are not even hashed.
    package init?(rawValue: String) {
        guard rawValue.utf8.count == 43 else { return nil }
        self.rawValue = rawValue
    }

    static func fresh() -> SessionToken { SessionToken(random: randomToken()) }

    private init(random: String) { rawValue = random }

    var digest: String { hexDigest(rawValue) }
}

/// 256 random bits in 43 letters, digits, `-` and `_`.
private func randomToken() -> String {
    Data(randomBytes(32)).base64EncodedString()
        .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
}
