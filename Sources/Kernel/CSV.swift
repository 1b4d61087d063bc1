/// A table as RFC 4180 writes it: commas, quotes, line breaks inside quotes.
package struct CSV: Sendable {
    /// What keeps a text from being a table.
    package enum Fault: Error, Equatable {
        case empty
        case quoteNeverEnds(line: Int)
    }

    package struct Record: Sendable {
        /// Where it begins, counted from 1.
        package let line: Int
        package let fields: [String]
    }

    package let header: [String]
    package let records: [Record]

    /// Spreadsheets of countries that write decimals with a comma, Việt Nam among them, separate by `;`.
    package init(_ text: String, separator: UInt8 = UInt8(ascii: ",")) throws(Fault) {
        var records = try CSV.records(of: text, separator: separator)
        guard !records.isEmpty else { throw .empty }
        header = records.removeFirst().fields
        self.records = records
    }

    /// The place of a column; nil when the table has none of that name.
    package func column(_ name: String) -> Int? { header.firstIndex(of: name) }

    private static func records(of text: String, separator: UInt8) throws(Fault) -> [Record] {
        var records: [Record] = []
        var fields: [String] = []
        var field: [UInt8] = []
        var (line, start, quote): (Int, Int, Int?) = (1, 1, nil)
        // A lone quote at the end of a quoted field is only known by what follows it.
        var mayClose = false

        func endField() {
            fields.append(String(decoding: field, as: UTF8.self))
            field = []
        }
        func endRecord() {
            endField()
            if fields != [""] { records.append(Record(line: start, fields: fields)) }
            fields = []
        }

        let bytes = text.hasPrefix("\u{FEFF}") ? text.dropFirst().utf8 : text[...].utf8
        for byte in bytes {
            if quote != nil, !mayClose {
                if byte == UInt8(ascii: "\"") { mayClose = true } else { field.append(byte) }
                if byte == UInt8(ascii: "\n") { line += 1 }
                continue
            }
            if mayClose, byte == UInt8(ascii: "\"") {
                field.append(byte)
                mayClose = false
                continue
            }
            (quote, mayClose) = (nil, false)
            switch byte {
            case UInt8(ascii: "\"") where field.isEmpty: quote = line
            case separator: endField()
            case UInt8(ascii: "\r"): break
            case UInt8(ascii: "\n"):
                endRecord()
                line += 1
                start = line
            default: field.append(byte)
            }
        }
        if let quote, !mayClose { throw .quoteNeverEnds(line: quote) }
        if !field.isEmpty || !fields.isEmpty { endRecord() }
        return records
    }
}
