package import Kernel

/// A spreadsheet (.xlsx, ECMA-376) written from top to bottom while it is being sent: however many rows it has, no more
/// than the last few are in memory.
///
///     let book = try Workbook(made: now)
///     try book.beginSheet("Sổ theo dõi", columns)
///     for row in rows { try book.append(row) }
///     send(book.take()) … send(try book.finish())
package final class Workbook {
    private var zip: ZipStream
    private var sheets: [Sheet] = []
    private var pending: [UInt8] = []
    private let mostRows: Int
    /// Text is compressed in pieces of this size.
    private static let piece = 64 << 10

    private struct Sheet {
        /// What it was to be called, and what it is called because that was taken.
        let wanted: String
        let title: String
        let columns: [SheetColumn]
        var rows = 0
    }

    /// `mostRows` is what a sheet of the format holds; the rows after that go on on another sheet.
    package init(made: LocalMinute, mostRows: Int = 1_048_576) throws {
        self.mostRows = mostRows
        zip = ZipStream(made: made)
        try zip.add("[Content_Types].xml", WorkbookParts.contentTypes)
        try zip.add("_rels/.rels", WorkbookParts.rootRelations)
        try zip.add("xl/styles.xml", WorkbookParts.styles)
    }

    /// Begins a sheet whose first row, the headings, stays in sight.
    package func beginSheet(_ title: String, _ columns: [SheetColumn]) throws {
        try endSheet()
        try zip.begin("xl/worksheets/sheet\(sheets.count + 1).xml")
        let isFirst = sheets.isEmpty
        sheets.append(Sheet(wanted: title, title: sheetTitle(title), columns: columns))
        pending += WorkbookParts.sheetHead(columns, isFirst: isFirst).utf8
        try append(columns.map { .text($0.heading) }, isHeading: true)
    }

    /// Adds a row to the sheet that was begun last.
    package func append(_ cells: [Cell]) throws {
        guard let sheet = sheets.last else { return }
        if sheet.rows >= mostRows || zip.sizeOfEntry > 1 << 30 { try beginSheet(sheet.wanted, sheet.columns) }
        try append(cells, isHeading: false)
    }

    /// The bytes that are ready to be sent.
    package func take() -> [UInt8] { zip.take() }

    /// The last bytes.
    package func finish() throws -> [UInt8] {
        try endSheet()
        try zip.add("xl/workbook.xml", WorkbookParts.workbook(sheets.map(\.title)))
        try zip.add("xl/_rels/workbook.xml.rels", WorkbookParts.relations(sheets.count))
        try zip.finish()
        return zip.take()
    }

    private func endSheet() throws {
        guard let sheet = sheets.last else { return }
        pending += WorkbookParts.sheetFoot(columns: sheet.columns.count, rows: sheet.rows).utf8
        try zip.write(pending)
        pending = []
    }

    private func append(_ cells: [Cell], isHeading: Bool) throws {
        let last = sheets.count - 1
        sheets[last].rows += 1
        pending.append(row: sheets[last].rows, cells, isHeading: isHeading)
        guard pending.count >= Self.piece else { return }
        try zip.write(pending)
        pending.removeAll(keepingCapacity: true)
    }

    /// At most 31 characters without those that formulas need; the second sheet of a title is called “… (2)”.
    private func sheetTitle(_ title: String) -> String {
        let plain = String(title.filter { !"[]:*?/\\'".contains($0) }.prefix(24))
        let known = Set(sheets.map(\.title))
        return ([plain] + (2...9999).lazy.map { "\(plain) (\($0))" }).first { !known.contains($0) } ?? plain
    }
}

extension [UInt8] {
    /// One row as SpreadsheetML. Texts stand in their cells: a table of shared texts would have to be kept to the end.
    fileprivate mutating func append(row: Int, _ cells: [Cell], isHeading: Bool) {
        self += "<row r=\"\(row)\">".utf8
        for (index, cell) in cells.enumerated() {
            let place = "\(columnName(index))\(row)"
            switch cell {
            case .empty: break
            case .number(let number):
                self += "<c r=\"\(place)\" s=\"\(CellStyle.number.rawValue)\"><v>\(number)</v></c>".utf8
            case .date(let date):
                self += "<c r=\"\(place)\" s=\"\(CellStyle.date.rawValue)\"><v>\(date.serial)</v></c>".utf8
            case .minute(let minute):
                self += "<c r=\"\(place)\" s=\"\(CellStyle.minute.rawValue)\"><v>\(minute.serial)</v></c>".utf8
            case .text(let text):
                let style = isHeading ? CellStyle.heading : .text
                self += "<c r=\"\(place)\" s=\"\(style.rawValue)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8
                append(text: text)
                self += "</t></is></c>".utf8
            }
        }
        self += "</row>\n".utf8
    }

    private mutating func append(text: String) {
        var units = 0
        let scalars = text.unicodeScalars
        for place in scalars.indices {
            let scalar = scalars[place]
            // A cell holds 32,767 UTF-16 units.
            units += scalar.value > 0xFFFF ? 2 : 1
            if units > 32_766 {
                self += "…".utf8
                return
            }
            switch scalar {
            case "&": self += "&amp;".utf8
            case "<": self += "&lt;".utf8
            case ">": self += "&gt;".utf8
            // Excel reads `_x0041_` as a letter, so an underscore that would begin such a word is written as one.
            case "_": self += scalars[place...].beginsEscape ? "_x005F_".utf8 : "_".utf8
            // XML has no way to write these.
            case "\0"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            case "\r": self += "&#13;".utf8
            default: self += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
    }
}

extension Substring.UnicodeScalarView {
    fileprivate var beginsEscape: Bool {
        let word = Array(prefix(7))
        return word.count == 7 && word[1] == "x" && word[6] == "_"
            && word[2...5].allSatisfy(\.properties.isASCIIHexDigit)
    }
}

/// `A`, `B` … `Z`, `AA` …
func columnName(_ index: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26)))
    return index < 26 ? letter : columnName(index / 26 - 1) + letter
}

extension LocalDate {
    /// Spreadsheets count days from 30 December 1899.
    fileprivate var serial: Int { dayNumber + 25_569 }
}

extension LocalMinute {
    fileprivate var serial: Double { Double(date.serial) + Double(minuteOfDay) / 1440 }
}
