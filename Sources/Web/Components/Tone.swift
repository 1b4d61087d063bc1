/// The colour in which something is said. Colour never stands alone: the words say the same.
package enum Tone: String, CaseIterable, Sendable {
    /// Nothing to do, nothing to fear.
    case neutral
    /// Somebody is at work.
    case active
    /// Somebody must act.
    case waiting
    /// It went well.
    case good
    /// It went wrong, or is late.
    case bad
}
