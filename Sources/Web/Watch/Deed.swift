package import Hummingbird

/// What an operator wants to find in the log at any level: who came in, what went out, what administrators did.
package struct Deed: Sendable {
    package let name: String
    package let method: HTTPRequest.Method
    /// Patterns of routes; one that ends in `*` stands for all that begin so.
    package let routes: [String]

    package init(_ name: String, _ method: HTTPRequest.Method, _ routes: String...) {
        self.name = name
        self.method = method
        self.routes = routes
    }

    func isDone(by method: HTTPRequest.Method, _ route: String) -> Bool {
        method == self.method
            && routes.contains { $0.hasSuffix("*") ? route.hasPrefix($0.dropLast()) : route == $0 }
    }
}
