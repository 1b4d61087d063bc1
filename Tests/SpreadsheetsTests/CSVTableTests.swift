import Kernel
import Testing

@testable import Spreadsheets

struct CSVTableTests {
    private func line(_ cells: Cell...) -> String { String(decoding: CSVTable.line(cells), as: UTF8.self) }

    @Test
    func `values are separated by semicolons and rows by CR and LF`() {
        #expect(line(.text("Nguyễn Văn An"), .number(12), .empty, .text("x")) == "Nguyễn Văn An;12;;x\r\n")
        #expect(CSVTable.byteOrderMark == [0xEF, 0xBB, 0xBF])
    }

    @Test
    func `what would break a row is quoted`() {
        #expect(line(.text("Số 1; phố Thử")) == "\"Số 1; phố Thử\"\r\n")
        #expect(line(.text("Số 1, phố Thử")) == "Số 1, phố Thử\r\n")
        #expect(line(.text("một \"hai\"")) == "\"một \"\"hai\"\"\"\r\n")
        #expect(line(.text("hai\ndòng"), .text("a\rb")) == "\"hai\ndòng\";\"a\rb\"\r\n")
    }

    @Test
    func `days and minutes are written as on Vietnamese papers`() throws {
        let minute = try #require(LocalMinute(rawValue: "2026-02-09T08:05"))
        #expect(line(.date(minute.date), .minute(minute)) == "09/02/2026;09/02/2026 08:05\r\n")
    }

    @Test(arguments: [
        "=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(\"http://x\")", "＝1", "＋1", "－1", "＠x",
    ])
    func `what a stranger typed is never a formula`(typed: String) {
        let quoted = typed.replacing("\"", with: "\"\"")
        #expect(line(.text(typed)) == "\"'\(quoted)\"\r\n")
    }

    @Test(arguments: ["Đội Cấn", "a=b", "15/QĐ-UBND", "000.00.19.H26-261123-0001", "12"])
    func `ordinary texts are left alone`(typed: String) { #expect(line(.text(typed)) == "\(typed)\r\n") }

    /// What stands in a cell after a Vietnamese spreadsheet has opened the file: numbers lose their leading zeros, what
    /// can be a day becomes one, and a formula is computed.
    private enum Opened: Equatable { case text(String), number(String), day, formula }

    private func opened(_ field: String) -> Opened {
        if field.hasPrefix("=\"") && field.hasSuffix("\""), !field.dropFirst(2).dropLast().contains("\"") {
            return .text(String(field.dropFirst(2).dropLast()))
        }
        if let first = field.first(where: { $0 != " " }), "=+-@".contains(first) { return .formula }
        if field.wholeMatch(of: /[0-9]{1,4}([\/.\-: ][0-9]{1,4}){1,5}/) != nil { return .day }
        if field.wholeMatch(of: /[0-9][0-9.,]*([eE][0-9]+)?%?/) != nil {
            return .number(String(field.drop { $0 == "0" }.prefix(15)))
        }
        return .text(field.hasPrefix("'") ? String(field.dropFirst()) : field)
    }

    @Test(arguments: [
        "0912000001", "+84912000001", "001090000001", "123456789012345678", "1.000656", "12/2026", "3-4", "0007",
        "08:30", "1E5", "B1234567", "Công ty \"Hoa; Mai\"", "=HYPERLINK(1)", "@x", "000.00.19.H26-261123-0001",
    ])
    func `a text is the same text after a spreadsheet has opened it`(text: String) throws {
        let table = try CSV("a;b\r\n" + line(.text(text), .number(7)), separator: UInt8(ascii: ";"))
        let fields = try #require(table.records.first?.fields)
        #expect(fields.count == 2)
        #expect(opened(fields[0]) == .text(text), "\(fields[0])")
        #expect(opened(fields[1]) == .number("7"))
    }
}
