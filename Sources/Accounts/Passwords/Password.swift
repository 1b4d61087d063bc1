import Kernel

/// What somebody typed as their password. It is never printed, not even by accident in a log.
package struct Password: Sendable, CustomStringConvertible, CustomReflectable {
    let text: String

    /// Nil when nothing was typed, or more than anybody types: hashing a megabyte would be a gift to attackers.
    ///
    /// NFC, because the same accented letter is other bytes on another keyboard.
    package init?(_ typed: String) {
        text = typed.tidied
        guard (1...1024).contains(text.utf8.count) else { return nil }
    }

    package var description: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
