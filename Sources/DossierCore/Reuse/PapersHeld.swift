package import Kernel

/// What the authorities hold of a person already; answered by the slice that lists it.
package protocol PapersHeld: Sendable {
    /// The person's own under these keys, newest first.
    func papers(of citizen: ID<Citizen>, keys: Set<String>) async throws -> [DossierBook.HeldPaper]
}
