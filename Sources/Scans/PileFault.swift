/// Why a pile cannot be taken apart.
package enum PileFault: String, Error, Codable, Sendable {
    /// It is no PDF that can be opened, or one of its pages is damaged.
    case unreadable
    case tooManyPages
    /// Reading it took longer than any honest scan does.
    case tooSlow
    /// Reading it took more memory than it may, or ended the process that read it.
    case tooHeavy
}
