package import Kernel

/// How agencies stand above each other, as far as rights need it: an administrator speaks for those below as well.
package struct AgencyLadder: Sendable {
    private let subtree: @Sendable (ID<Agency>) async throws -> Set<ID<Agency>>
    private let ancestors: @Sendable (ID<Agency>) async throws -> Set<ID<Agency>>

    /// By default every agency stands alone.
    package init(
        below: @escaping @Sendable (ID<Agency>) async throws -> Set<ID<Agency>> = { _ in [] },
        above: @escaping @Sendable (ID<Agency>) async throws -> Set<ID<Agency>> = { _ in [] }
    ) {
        (subtree, ancestors) = (below, above)
    }

    /// An agency and those below it.
    func below(_ agency: ID<Agency>) async throws -> Set<ID<Agency>> { try await subtree(agency).union([agency]) }

    /// An agency and those above it.
    func above(_ agency: ID<Agency>) async throws -> Set<ID<Agency>> { try await ancestors(agency).union([agency]) }
}
