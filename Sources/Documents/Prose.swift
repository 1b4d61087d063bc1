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
    /// The same words as a printer takes them.
    var printable: Prose {
        var result = self
        for index in result.runs.indices { result.runs[index].text = result.runs[index].text.printable }
        return result
    }
}

extension String {
    /// The text without the characters that print nothing and can make a paper say something else than what was
    /// typed: controls, and the marks that reorder text (U+202E turns "10" into "01" for the eye only).
    ///
    /// What is no character at all becomes a box: Cairo ends the whole file at one of those, and a text that was stored
    /// once must never keep a paper, or the list it stands in, from being printed.
    var printable: String {
        let kept = unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
            if scalar.properties.isNoncharacterCodePoint { return "\u{25A1}" }
            switch scalar.properties.generalCategory {
            case .control: return scalar == "\n" ? scalar : scalar.properties.isWhitespace ? " " : nil
            case .format: return scalar == "\u{200C}" || scalar == "\u{200D}" ? scalar : nil
            case .lineSeparator, .paragraphSeparator: return " "
            default: return scalar
            }
        }
        return String(String.UnicodeScalarView(kept))
    }
}
