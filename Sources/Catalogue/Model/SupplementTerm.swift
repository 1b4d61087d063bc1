package import Kernel

/// How long an applicant has to supply what was asked for, where a law says so.
package struct SupplementTerm: Codable, Hashable, Sendable {
    package let within: TimeLimit
    /// The article that says so.
    package let basis: String

    package init(within: TimeLimit, basis: String) {
        self.within = within
        self.basis = basis
    }
}
