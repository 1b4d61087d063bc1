import Foundation

extension String {
    /// The one stored form of a text that people typed: NFC, without control characters and marks that nobody sees,
    /// without blanks at its ends.
    ///
    /// Keyboards send Vietnamese as NFC or NFD; the two look alike and compare unlike in a database. Texts copied
    /// from documents bring zero-width blanks and direction marks, which part words unseen or turn them around.
    package var tidied: String {
        // Nearly everything is typed composed and clean: letters of these blocks are their own NFC, and none of them
        // is a control or a mark.
        guard !unicodeScalars.allSatisfy(\.isPlainLetterOrBlank) else { return trimmed }
        let kept = unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar == "\n" || scalar == "\t"
            // The joiners belong to the spelling of other scripts.
            case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
            default: true
            }
        }
        // Composed last: what was dropped may have stood between a letter and its accent.
        return String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private var trimmed: String {
        guard utf8.first == 0x20 || utf8.last == 0x20 else { return self }
        let start = utf8.firstIndex { $0 != 0x20 } ?? endIndex
        let end = utf8.lastIndex { $0 != 0x20 }.map { utf8.index(after: $0) } ?? start
        return String(self[start..<end])
    }

    /// The form in which texts are compared when people search: lower case, no accents, đ as d, single blanks
    /// between runs of letters and digits.
    package var folded: String {
        var result = ""
        result.reserveCapacity(utf8.count)
        var pendingBlank = false
        for typed in unicodeScalars {
            // A letter of these blocks is folded by the table; only others are taken apart.
            let scalar = BaseLetters.letter(of: typed) ?? typed
            let value = scalar.value
            let letter: UInt8
            switch value {
            case 0x61...0x7A, 0x30...0x39: letter = UInt8(value)
            case 0x41...0x5A: letter = UInt8(value + 32)
            // Old Vietnamese fonts and keyboards write đ as the Icelandic eth, which looks the same in capitals.
            case 0x110, 0x111, 0xD0, 0xF0: letter = UInt8(ascii: "d")
            case 0x300...0x36F: continue
            default:
                // Other alphabets keep their letters; everything else parts words.
                if scalar.properties.isAlphabetic {
                    if pendingBlank, !result.isEmpty { result.append(" ") }
                    pendingBlank = false
                    result += String(scalar).decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
                        .filter { !(0x300...0x36F).contains($0.value) }.map(String.init).joined()
                } else {
                    pendingBlank = true
                }
                continue
            }
            if pendingBlank, !result.isEmpty { result.append(" ") }
            pendingBlank = false
            result.unicodeScalars.append(Unicode.Scalar(letter))
        }
        return result
    }
}

extension Unicode.Scalar {
    /// ASCII, Latin-1 letters, Latin Extended-A and -B, and the letters of Vietnamese: composed, visible, no control.
    fileprivate var isPlainLetterOrBlank: Bool {
        switch value {
        case 0x20...0x7E, 0xC0...0x24F, 0x1EA0...0x1EF9: true
        default: false
        }
    }
}

/// The letters under the accents of Latin, looked up instead of taken apart each time.
private enum BaseLetters {
    private static let extended = table(0xC0...0x24F)
    private static let vietnamese = table(0x1E00...0x1EFF)

    /// Nil where the letter has no accent to take off.
    static func letter(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0xC0...0x24F: extended[Int(scalar.value - 0xC0)]
        case 0x1E00...0x1EFF: vietnamese[Int(scalar.value - 0x1E00)]
        default: nil
        }
    }

    private static func table(_ range: ClosedRange<UInt32>) -> [Unicode.Scalar?] {
        range.map { value in
            guard let scalar = Unicode.Scalar(value) else { return nil }
            return String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first
        }
    }
}
