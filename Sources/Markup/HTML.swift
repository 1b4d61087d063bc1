/// Markup that is safe to send: its literals are trusted, whatever is interpolated is escaped.
///
///     let greeting: HTML = "<p>Hello, \(name)</p>"
///
/// It is kept as bytes, because bytes are what is sent: pages are put together by copying memory and are never
/// validated a second time.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    package private(set) var bytes: [UInt8]

    package init(stringLiteral value: String) {
        var guardian = ContextGuard()
        guardian.read(value)
        guardian.expectEnd()
        bytes = Array(value.utf8)
    }

    package init(stringInterpolation value: Interpolation) {
        value.guardian.expectEnd()
        bytes = value.bytes
    }

    /// The one door for markup that was not written in this program.
    package init(trusted source: String) { bytes = Array(source.utf8) }

    package var source: String { String(decoding: bytes, as: UTF8.self) }

    package struct Interpolation: StringInterpolationProtocol, Sendable {
        fileprivate var bytes: [UInt8] = []
        fileprivate var guardian = ContextGuard()

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        package mutating func appendLiteral(_ literal: String) {
            guardian.read(literal)
            bytes.append(contentsOf: literal.utf8)
        }

        package mutating func appendInterpolation(_ text: String) {
            guardian.expectText()
            bytes.appendEscaped(text)
        }

        package mutating func appendInterpolation(_ text: String?) {
            if let text { appendInterpolation(text) }
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) {
            guardian.expectText()
            bytes.append(contentsOf: String(number).utf8)
        }

        package mutating func appendInterpolation(_ html: HTML?) {
            guardian.expectMarkup()
            if let html { bytes.append(contentsOf: html.bytes) }
        }

        package mutating func appendInterpolation(_ items: some Sequence<HTML>) {
            guardian.expectMarkup()
            for item in items { bytes.append(contentsOf: item.bytes) }
        }

        /// A boolean attribute: `<option \(attribute: "selected", when: isChosen)>`.
        package mutating func appendInterpolation(attribute name: StaticString, when isPresent: Bool) {
            guardian.expectAttribute()
            if isPresent { bytes.append(contentsOf: name.utf8) }
        }

        /// An attribute that is left out when it has no value: `<input \(attribute: "maxlength", "20")>`.
        package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guardian.expectAttribute()
            guard let value else { return }
            bytes.append(contentsOf: name.utf8)
            bytes.append(contentsOf: "=\"".utf8)
            bytes.appendEscaped(value)
            bytes.append(UInt8(ascii: "\""))
        }
    }
}

extension StaticString {
    fileprivate var utf8: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}

extension [UInt8] {
    fileprivate mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { source in
            // Runs without markup, which is nearly all text, are copied whole.
            var start = 0
            for index in source.indices {
                let escape: StaticString
                switch source[index] {
                case UInt8(ascii: "&"): escape = "&amp;"
                case UInt8(ascii: "<"): escape = "&lt;"
                case UInt8(ascii: ">"): escape = "&gt;"
                case UInt8(ascii: "\""): escape = "&quot;"
                case UInt8(ascii: "'"): escape = "&#39;"
                default: continue
                }
                append(contentsOf: source[start..<index])
                append(contentsOf: escape.utf8)
                start = index + 1
            }
            append(contentsOf: source[start...])
        }
    }
}
