package import Kernel
package import Web

/// A directory with the few people a test needs.
package struct SmallDirectory: Directory {
    package var officers: [ID<Officer>: String]

    package init(officers: [ID<Officer>: String] = [:]) { self.officers = officers }

    package func names(of officers: Set<ID<Officer>>) async throws -> [ID<Officer>: String] {
        self.officers.filter { officers.contains($0.key) }
    }

    package func colleagues(in agency: ID<Agency>) async throws -> [Colleague] { [] }
    package func agencies(with role: Role) async throws -> Set<ID<Agency>> { [] }
    package func citizen(_ id: ID<Citizen>) async throws -> KnownCitizen? { nil }
}
