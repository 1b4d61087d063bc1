import Kernel

/// A table as values separated by semicolons, as a Vietnamese spreadsheet opens it by a double click, and programs with
/// RFC 4180 in all but the separator. What a spreadsheet would make of a text is decided here and nowhere else.
package enum CSVTable {
    /// Without it spreadsheets take UTF-8 for the code page of the machine, and no accent survives. A line `sep=;`
    /// would be obeyed too, but Excel forgets this mark over it.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Where decimals have a comma, as in Việt Nam, lists are separated by this.
    private static let separator = UInt8(ascii: ";")

    /// One row with its line break. Days are written as Vietnamese papers have them.
    package static func line(_ cells: [Cell]) -> [UInt8] {
        var line: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { line.append(separator) }
            switch cell {
            case .empty: break
            case .number(let number): line += String(number).utf8
            case .date(let date): line += date.vietnamese.utf8
            case .minute(let minute): line += "\(minute.date.vietnamese) \(minute.timeOfDay)".utf8
            case .text(let text): line.append(text: text, separator)
            }
        }
        line += "\r\n".utf8
        return line
    }
}

extension [UInt8] {
    fileprivate mutating func append(text: String, _ separator: UInt8) {
        // Before formulas: `+84…` is a telephone number.
        if text.looksLikeNumber {
            self += "\"=\"\"\(text)\"\"\"".utf8
            return
        }
        let isFormula = text.looksLikeFormula
        let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == separator || $0 == 0x0A || $0 == 0x0D }
        guard isFormula || needsQuotes else {
            self += text.utf8
            return
        }
        append(0x22)
        if isFormula { append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == 0x22 { append(0x22) }
            append(byte)
        }
        append(0x22)
    }
}

extension String {
    /// A spreadsheet would take the text for a number, a day or a time: a telephone would lose its 0, a long number its
    /// last digits, and 12/2026 become the first of December. As `="…"` it stays what it is; nothing but digits and the
    /// signs between them is ever written so.
    fileprivate var looksLikeNumber: Bool {
        let isShortNumber = utf8.count <= 11 && utf8.first != UInt8(ascii: "0") && utf8.allSatisfy(\.isDigit)
        return !isShortNumber && utf8.contains(where: \.isDigit)
            && (utf8.first?.isDigit ?? false || utf8.first == UInt8(ascii: "+"))
            && utf8.dropFirst().allSatisfy { $0.isDigit || "+-./:, Ee%".utf8.contains($0) }
    }

    /// A spreadsheet would take the text for a formula and run what a stranger has typed into a form: an apostrophe in
    /// front makes it text again. Full-width signs count too, for some spreadsheets fold them.
    fileprivate var looksLikeFormula: Bool {
        let first = unicodeScalars.first { $0 != " " }
        return first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (48...57).contains(self) }
}
