import Kernel

extension JSONTree {
    /// Reads one JSON document (RFC 8259) of ordinary size, in one pass over its bytes.
    ///
    /// Texts are tidied as those of forms are, whatever they will be used for.
    package init(_ bytes: [UInt8]) throws(Problem) {
        var parser = JSONParser(bytes)
        self = try parser.document()
    }

    /// The document, and the bytes that say the same: `bytes` themselves, unless a text in them was not tidy.
    static func read(_ bytes: [UInt8]) throws(Problem) -> (tree: JSONTree, bytes: [UInt8]) {
        var parser = JSONParser(bytes)
        let tree = try parser.document()
        return (tree, parser.isTidy ? bytes : tree.bytes)
    }
}

/// One pass from the front to the end: every byte is looked at a fixed number of times, and a limit ends the reading
/// where it is reached, before anything is decoded.
private struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0
    private var count = 0
    /// Whether every text so far was sent in the form in which it is stored.
    private(set) var isTidy = true

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(Problem) -> JSONTree {
        skipBlanks()
        let tree = try value(depth: 0)
        skipBlanks()
        guard index == bytes.count else { throw .brokenJSON }
        return tree
    }

    private mutating func value(depth: Int) throws(Problem) -> JSONTree {
        count += 1
        guard count <= JSONLimits.values else { throw .wideJSON }
        guard let next else { throw .brokenJSON }
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .list(try list(depth: depth + 1))
        case UInt8(ascii: "\""):
            let sent = try text(limit: JSONLimits.text)
            let tidied = sent.tidied
            // Equal texts may still be other bytes: composed and decomposed accents compare alike.
            if !tidied.utf8.elementsEqual(sent.utf8) { isTidy = false }
            return .text(tidied)
        case UInt8(ascii: "t"): return try word("true", .flag(true))
        case UInt8(ascii: "f"): return try word("false", .flag(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw .brokenJSON
        }
    }

    private mutating func object(depth: Int) throws(Problem) -> [String: JSONTree] {
        guard depth <= JSONLimits.depth else { throw .deepJSON }
        var members: [String: JSONTree] = [:]
        index += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return members }
        while true {
            guard next == UInt8(ascii: "\"") else { throw .brokenJSON }
            let name = try text(limit: JSONLimits.name)
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw .brokenJSON }
            skipBlanks()
            // Which of two would count is a question that two readers may answer differently.
            guard members.updateValue(try value(depth: depth), forKey: name) == nil else { throw .doubledName(name) }
            skipBlanks()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw .brokenJSON }
            skipBlanks()
        }
    }

    private mutating func list(depth: Int) throws(Problem) -> [JSONTree] {
        guard depth <= JSONLimits.depth else { throw .deepJSON }
        var items: [JSONTree] = []
        index += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return items }
        while true {
            items.append(try value(depth: depth))
            skipBlanks()
            if take(UInt8(ascii: "]")) { return items }
            guard take(UInt8(ascii: ",")) else { throw .brokenJSON }
            skipBlanks()
        }
    }

    // MARK: - Texts

    private mutating func text(limit: Int) throws(Problem) -> String {
        index += 1
        var content: [UInt8] = []
        var plain = index
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                content.append(contentsOf: bytes[plain..<index])
                index += 1
                guard content.count <= limit else { throw .longJSON }
                guard let text = String(validating: content, as: UTF8.self) else { throw .brokenJSON }
                return text
            case UInt8(ascii: "\\"):
                content.append(contentsOf: bytes[plain..<index])
                content.append(contentsOf: try escaped().utf8)
                plain = index
            // A NUL can be written in JSON and stored in no database.
            case 0: throw .unreadable
            case 1..<32: throw .brokenJSON
            default: index += 1
            }
            guard content.count + index - plain <= limit else { throw .longJSON }
        }
        throw .brokenJSON
    }

    private mutating func escaped() throws(Problem) -> Character {
        index += 1
        let letter = next
        index += 1
        switch letter {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return Character(try scalar())
        default: throw .brokenJSON
        }
    }

    /// `00e9`, or the two halves of a character beyond 16 bits: `d83d\ude00`.
    private mutating func scalar() throws(Problem) -> Unicode.Scalar {
        let first = try fourDigits()
        guard first != 0 else { throw .unreadable }
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw .brokenJSON
        }
        let second = try fourDigits()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw .brokenJSON }
        return scalar
    }

    private mutating func fourDigits() throws(Problem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next.flatMap(PercentEncoding.digit) else { throw .brokenJSON }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    // MARK: - The rest

    private mutating func number() throws(Problem) -> JSONTree {
        let start = index
        _ = take(UInt8(ascii: "-"))
        let whole = digits()
        guard whole == 1 || whole > 1 && bytes[index - whole] != UInt8(ascii: "0") else { throw .brokenJSON }
        var isWhole = true
        if take(UInt8(ascii: ".")) {
            isWhole = false
            guard digits() > 0 else { throw .brokenJSON }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw .brokenJSON }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard text.utf8.count <= JSONLimits.number else { throw .brokenJSON }
        if isWhole, let integer = Int(typed: text, in: Int.min...Int.max) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw .brokenJSON }
        // `3.0` and `1e3` are whole numbers, as far as these can be told from their neighbours.
        if !isWhole, let integer = Int(exactly: number), integer.magnitude < 1 << 53 { return .integer(integer) }
        return .number(number)
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte = next, (48...57).contains(byte) { index += 1 }
        return index - start
    }

    private mutating func word(_ word: StaticString, _ tree: JSONTree) throws(Problem) -> JSONTree {
        let end = index + word.utf8CodeUnitCount
        let isThere = word.withUTF8Buffer { end <= bytes.count && bytes[index..<end].elementsEqual($0) }
        guard isThere else { throw .brokenJSON }
        index = end
        return tree
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { index += 1 }
    }
}
