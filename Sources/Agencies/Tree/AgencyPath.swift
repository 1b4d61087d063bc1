import Kernel
package import Persistence

/// The way from the top of the tree to an agency: `/h26/h26-ba-dinh/`.
///
/// All agencies below another have paths that begin with its path, so a subtree is one range of an index.
package struct AgencyPath: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    init(_ ids: [ID<Agency>]) { rawValue = "/" + ids.map { $0.rawValue + "/" }.joined() }

    /// The first text after every path that begins with this one: `0` follows `/`.
    var end: String { rawValue.dropLast() + "0" }

    /// A condition on a column that holds the id of an agency: it is this one or one below it.
    package func contains(_ column: SQL) -> SQL {
        "\(column) IN (SELECT id FROM agency WHERE path >= \(rawValue) AND path < \(end))"
    }

    package static func < (left: AgencyPath, right: AgencyPath) -> Bool { left.rawValue < right.rawValue }
}
