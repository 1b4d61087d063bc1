package import Kernel
import Persistence
package import Web

/// An officer as the administrators of their agency see them.
package struct Colleague: Sendable, Equatable {
    package let id: ID<Officer>
    package let userName: String
    package let name: String
    /// In the agency that asks.
    package let roles: Set<Role>
    package let isDisabled: Bool
    /// Still has to replace a one-time password; says until when that works.
    package let oneTimeUntil: Instant?

    init(_ row: Row) throws {
        id = ID(rawValue: try row.text("id"))
        userName = try row.text("user_name")
        name = try row.text("name")
        roles = Set(stored: try row.text("roles"))
        isDisabled = try row.bool("disabled")
        oneTimeUntil = try row.optionalInt("one_time_until").map(Instant.init(milliseconds:))
    }
}
