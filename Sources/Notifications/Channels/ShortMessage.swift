import Foundation
package import Kernel
package import Web

/// A message to a telephone.
package struct ShortMessage: Equatable, Sendable {
    /// The same when it is handed over once more.
    package let id: ID<Notice>
    package let to: PhoneNumber
    /// Without accents: a message holds 160 plain letters, or 70 as soon as one of them has an accent.
    package let text: String

    package init(id: ID<Notice>, to: PhoneNumber, text: String) {
        (self.id, self.to, self.text) = (id, to, text.withoutAccents)
    }
}

extension String {
    /// The same letters without their accents, đ as d.
    fileprivate var withoutAccents: String {
        String(
            String.UnicodeScalarView(
                decomposedStringWithCanonicalMapping.unicodeScalars.compactMap { scalar in
                    switch scalar {
                    case "đ": "d"
                    case "Đ": "D"
                    case "’": "'"
                    case "\u{300}"..."\u{36F}": nil
                    default: scalar
                    }
                }
            )
        )
    }
}
