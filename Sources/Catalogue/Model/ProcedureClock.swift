package import Kernel

/// How the term of a procedure is counted where a law says so; without one, Civil Code 2015, Art. 147 and 148 hold.
package struct ProcedureClock: Codable, Hashable, Sendable {
    package let rule: DueRule
    /// The article that says so.
    package let basis: String

    package init(rule: DueRule, basis: String) {
        self.rule = rule
        self.basis = basis
    }
}
