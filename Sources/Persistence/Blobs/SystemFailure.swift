import Glibc

/// The operating system said no; the path is left out because names of files may be about people.
package struct SystemFailure: Error, Equatable, CustomStringConvertible {
    let call: String
    let number: Int32

    package var description: String { "\(call): \(String(cString: strerror(number)))" }
}

/// Calls the operating system, again when a signal came in between.
@discardableResult
func system<N: SignedInteger>(_ name: String, _ call: () -> N) throws -> N {
    while true {
        let result = call()
        if result >= 0 { return result }
        guard errno == EINTR else { throw SystemFailure(call: name, number: errno) }
    }
}
