import Kernel

/// What an officer signs in with: 3 to 60 small letters, digits, dots, hyphens, underscores and `@`.
package struct UserName: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        let text = rawValue.plainCode.lowercased()
        guard (3...60).contains(text.utf8.count),
            text.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || "._-@".utf8.contains($0) })
        else { return nil }
        self.rawValue = text
    }
}
