/// A text with bold and italic words: `"Tiếp nhận hồ sơ của: \(bold: name)"`.
package struct Prose: Hashable, Sendable, ExpressibleByStringInterpolation {
    struct Run: Hashable, Sendable {
        var text: String
        var isBold = false
        var isItalic = false
    }

    var runs: [Run]

    package init(_ text: String) { runs = [Run(text: text)] }
    package init(stringLiteral value: String) { runs = [Run(text: value)] }
    package init(stringInterpolation value: Interpolation) { runs = value.runs }

    package var text: String { runs.map(\.text).joined() }

    package static func bold(_ text: String) -> Prose { "\(bold: text)" }
    package static func italic(_ text: String) -> Prose { "\(italic: text)" }

    package struct Interpolation: StringInterpolationProtocol, Sendable {
        fileprivate var runs: [Run] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { runs.append(Run(text: literal)) }
        }

        package mutating func appendInterpolation(_ text: String) { runs.append(Run(text: text)) }
        package mutating func appendInterpolation(_ number: Int) { runs.append(Run(text: String(number))) }
        package mutating func appendInterpolation(bold text: String) { runs.append(Run(text: text, isBold: true)) }
        package mutating func appendInterpolation(italic text: String) { runs.append(Run(text: text, isItalic: true)) }
        package mutating func appendInterpolation(_ prose: Prose) { runs += prose.runs }
    }
}

extension Prose {
    /// The same words without the characters that print nothing and can make a paper say something else than what
    /// was typed: controls, and the marks that reorder text (U+202E turns "10" into "01" for the eye only).
    var printable: Prose {
        var result = self
        for index in result.runs.indices {
            let kept = result.runs[index].text.unicodeScalars.filter {
                switch $0.properties.generalCategory {
                case .control: $0 == "\n"
                case .format: $0 == "\u{200C}" || $0 == "\u{200D}"
                default: true
                }
            }
            result.runs[index].text = String(String.UnicodeScalarView(kept))
        }
        return result
    }
}
