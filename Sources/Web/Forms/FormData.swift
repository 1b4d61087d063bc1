import Kernel

/// The fields of a form, in the order in which they were sent. Every value is tidied: NFC, without control
/// characters, without blanks at its ends.
package struct FormData: Sendable, Equatable {
    package struct Pair: Sendable, Equatable, Codable {
        package let name: String
        package let value: String
    }

    package private(set) var pairs: [Pair] = []

    package init() {}

    package init(_ pairs: KeyValuePairs<String, String>) {
        for (name, value) in pairs { append(name, value) }
    }

    package mutating func append(_ name: String, _ value: String) {
        pairs.append(Pair(name: name.tidied, value: value.tidied))
    }

    /// The first value of the field; nil when it was not sent.
    package subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value of a field that may be given several times.
    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The first value of the field, unless nothing was typed into it.
    package func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

    package mutating func remove(_ name: String) { pairs.removeAll { $0.name == name } }
}
