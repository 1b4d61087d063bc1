package import Persistence

/// Tests act by a name of their own.
extension Machine: ExpressibleByStringLiteral {
    package init(stringLiteral name: String) { self.init(rawValue: name) }
}
