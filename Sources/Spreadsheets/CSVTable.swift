import Kernel

/// A table as comma-separated values (RFC 4180): for programs, and for whoever has no spreadsheet.
package enum CSVTable {
    /// Without it spreadsheets take UTF-8 for the code page of the machine, and no accent survives.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// One row with its line break. Days are written as ISO 8601 has them, which every language reads alike.
    package static func line(_ cells: [Cell]) -> [UInt8] {
        var line: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            switch cell {
            case .empty: break
            case .number(let number): line += String(number).utf8
            case .date(let date): line += date.rawValue.utf8
            case .minute(let minute): line += "\(minute.date.rawValue) \(minute.timeOfDay)".utf8
            case .text(let text): line.append(text: text)
            }
        }
        line += "\r\n".utf8
        return line
    }
}

extension [UInt8] {
    fileprivate mutating func append(text: String) {
        let isFormula = text.looksLikeFormula
        let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
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
    /// A spreadsheet would take the text for a formula and run what a stranger has typed into a form: an apostrophe in
    /// front makes it text again. Full-width signs count too, for some spreadsheets fold them.
    fileprivate var looksLikeFormula: Bool {
        let first = unicodeScalars.first { $0 != " " }
        return first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    }
}
