import Kernel

/// The fields of a form, in the order in which they were sent. Every value is tidied: NFC, without control
/// characters, without blanks at its ends.
package struct FormData: Sendable, Equatable {
    package struct Pair: Sendable, Equatable, Codable {
        package let name: String
        package let value: String
    }

    package private(set) var pairs: [Pair] = []
    /// Where the fields of a name stand: a page asks for hundreds of names, and a stranger sends thousands of pairs.
    private var places: [String: [Int]] = [:]

    package init() {}

    package init(_ pairs: KeyValuePairs<String, String>) {
        for (name, value) in pairs { append(name, value) }
    }

    package mutating func append(_ name: String, _ value: String) {
        let pair = Pair(name: name.tidied, value: value.tidied)
        places[pair.name, default: []].append(pairs.count)
        pairs.append(pair)
    }

    /// The first value of the field; nil when it was not sent.
    package subscript(_ name: String) -> String? { places[name]?.first.map { pairs[$0].value } }

    /// Every value of a field that may be given several times.
    package func all(_ name: String) -> [String] { places[name, default: []].map { pairs[$0].value } }

    /// The first value of the field, unless nothing was typed into it.
    package func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

    package mutating func remove(_ name: String) {
        guard places[name] != nil else { return }
        pairs.removeAll { $0.name == name }
        places = Dictionary(grouping: pairs.indices) { pairs[$0].name }
    }
}
