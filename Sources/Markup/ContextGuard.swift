/// Escaping is right in text and in quoted attribute values, and nowhere else.
///
/// Debug builds follow the literals of a template and stop at an interpolation that stands in a tag, an unquoted
/// attribute, a comment, a script or a style, and at a template that closes an element it did not open or leaves one
/// open. Every page a test renders is thereby checked; release builds pay nothing.
struct ContextGuard: Sendable {
    #if DEBUG
    private enum Place { case text, tag, quoted(UInt8), comment, raw }
    private var place = Place.text
    /// The name of the tag being read, with a blank behind it once it is complete.
    private var tag = ""
    private var previous: UInt8 = 0
    private var open: [String] = []

    /// Elements that have no content and are never closed.
    private static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]

    mutating func read(_ literal: String) {
        for byte in literal.utf8 {
            switch (place, byte) {
            case (.text, UInt8(ascii: "<")), (.raw, UInt8(ascii: "<")): (place, tag) = (.tag, "")
            case (.tag, UInt8(ascii: ">")): endTag()
            case (.tag, UInt8(ascii: "\"")), (.tag, UInt8(ascii: "'")): place = .quoted(byte)
            case (.tag, UInt8(ascii: " ")), (.tag, UInt8(ascii: "\n")): if !tag.hasSuffix(" ") { tag += " " }
            case (.tag, _):
                if !tag.hasSuffix(" ") { tag.unicodeScalars.append(Unicode.Scalar(byte)) }
                if tag == "!--" { place = .comment }
            case (.quoted(let quote), byte) where byte == quote: place = .tag
            case (.comment, UInt8(ascii: ">")) where previous == UInt8(ascii: "-"): place = .text
            default: break
            }
            previous = byte
        }
    }

    private mutating func endTag() {
        let name = tag.prefix { $0 != " " && $0 != "/" }
        switch true {
        case tag.hasPrefix("/"):
            let closed = tag.dropFirst().prefix { $0 != " " }
            precondition(open.last == String(closed), "</\(closed)> closes nothing; open are \(open)")
            open.removeLast()
        case tag.hasPrefix("!"), previous == UInt8(ascii: "/"), Self.void.contains(String(name)): break
        default: open.append(String(name))
        }
        place = ["script", "style"].contains(name) ? .raw : .text
    }

    func expectText() {
        switch place {
        case .text, .quoted: break
        case .tag, .raw, .comment: preconditionFailure("text may not be interpolated inside <\(tag)…>")
        }
    }

    func expectMarkup() {
        guard case .text = place else { preconditionFailure("markup may not be interpolated inside <\(tag)…>") }
    }

    func expectAttribute() {
        guard case .tag = place else { preconditionFailure("an attribute belongs inside a tag") }
    }

    func expectEnd() {
        guard case .text = place else { preconditionFailure("the template ends inside <\(tag)…>") }
        precondition(open.isEmpty, "the template leaves \(open) open")
    }
    #else
    mutating func read(_ literal: String) {}
    func expectText() {}
    func expectMarkup() {}
    func expectAttribute() {}
    func expectEnd() {}
    #endif
}
