import Foundation

extension String {
    /// The one stored form of a text that people typed: NFC, without control characters and marks that nobody sees,
    /// without blanks at its ends.
    ///
    /// Keyboards send Vietnamese as NFC or NFD; the two look alike and compare unlike in a database. Texts copied
    /// from documents bring zero-width blanks and direction marks, which part words unseen or turn them around, line
    /// breaks of their own, and code points that are no characters, which no printer takes.
    package var tidied: String {
        // Nearly everything is typed composed and clean: letters of these blocks are their own NFC, and none of them
        // is a control or a mark.
        guard !unicodeScalars.allSatisfy(\.isPlainLetterOrBlank) else { return trimmed }
        var kept = String.UnicodeScalarView()
        var isReturn = false
        for scalar in unicodeScalars {
            // Before a line feed it is a part of the line break; alone it is the line break of old machines.
            if isReturn, scalar != "\n" { kept.append(" ") }
            isReturn = scalar == "\r"
            if let scalar = scalar.asTyped { kept.append(scalar) }
        }
        // Composed last: what was dropped may have stood between a letter and its accent.
        return String(kept).precomposedStringWithCanonicalMapping.withBoundedMarks
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The text without the marks that no writing has: with hundreds of them a letter still counts as one, and covers
    /// the page around it.
    private var withBoundedMarks: String {
        guard contains(where: { $0.unicodeScalars.count > Character.mostMarks + 1 }) else { return self }
        return map(\.withBoundedMarks).joined()
    }

    /// A code, a number or an address for mail as its keys would have written it: without what nobody sees, with one
    /// hyphen for all dashes, narrow letters and digits for the wide ones of East Asian keyboards, and plain blanks.
    package var plainCode: String {
        guard !utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return self }
        let plain = unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
            switch scalar.value {
            case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0)
            // The hyphen bullet and the minus are used as dashes and are none.
            case 0x2043, 0x2212: return "-"
            default: break
            }
            if scalar.properties.generalCategory == .dashPunctuation { return "-" }
            if scalar.properties.isWhitespace { return " " }
            return scalar.asTyped.flatMap { $0.properties.isDefaultIgnorableCodePoint ? nil : $0 }
        }
        return String(String.UnicodeScalarView(plain)).precomposedStringWithCanonicalMapping
            .trimmingCharacters(in: .whitespaces)
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

extension Character {
    fileprivate static let mostMarks = 4
    /// Pictures of families are one character of many; joined without end, they would be a text of any length.
    private static let mostScalars = 16

    fileprivate var withBoundedMarks: String {
        var (kept, marks) = (String.UnicodeScalarView(), 0)
        for scalar in unicodeScalars {
            marks = scalar.isMark ? marks + 1 : 0
            if marks <= Self.mostMarks, kept.count < Self.mostScalars { kept.append(scalar) }
        }
        return String(kept)
    }
}

extension Unicode.Scalar {
    /// Whether it stands on or around the letter before it, or joins it to the next.
    fileprivate var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: true
        default: false
        }
    }

    /// What is kept of a scalar that was typed or pasted: itself, a blank for a line break of word processors, or
    /// nothing for what nobody sees.
    fileprivate var asTyped: Unicode.Scalar? {
        switch self {
        case "\n", "\t": return self
        // Line tabulation, form feed, next line, and the separators of lines and paragraphs.
        case "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}": return " "
        // The joiners belong to the spelling of other scripts.
        case "\u{200C}", "\u{200D}": return self
        default: break
        }
        switch properties.generalCategory {
        case .control, .format, .surrogate: return nil
        default: break
        }
        // Fillers are letters that are not drawn; variation selectors choose the form of a letter in some names.
        let isUnseen = properties.isDefaultIgnorableCodePoint && !properties.isVariationSelector
        return properties.isNoncharacterCodePoint || isUnseen ? nil : self
    }

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
