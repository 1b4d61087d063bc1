import Kernel
import Testing

@testable import Spreadsheets

struct CSVTableTests {
    private func line(_ cells: Cell...) -> String { String(decoding: CSVTable.line(cells), as: UTF8.self) }

    @Test
    func `values are separated by commas and rows by CR and LF`() {
        #expect(line(.text("Nguyễn Văn An"), .number(12), .empty, .text("x")) == "Nguyễn Văn An,12,,x\r\n")
        #expect(CSVTable.byteOrderMark == [0xEF, 0xBB, 0xBF])
    }

    @Test
    func `what would break a row is quoted`() {
        #expect(line(.text("Số 1, phố Thử")) == "\"Số 1, phố Thử\"\r\n")
        #expect(line(.text("một \"hai\"")) == "\"một \"\"hai\"\"\"\r\n")
        #expect(line(.text("hai\ndòng"), .text("a\rb")) == "\"hai\ndòng\",\"a\rb\"\r\n")
    }

    @Test
    func `days and minutes are ISO 8601`() throws {
        let minute = try #require(LocalMinute(rawValue: "2026-02-09T08:05"))
        #expect(line(.date(minute.date), .minute(minute)) == "2026-02-09,2026-02-09 08:05\r\n")
    }

    @Test(arguments: [
        "=1+1", "+84912000001", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(\"http://x\")", "＝1", "＋1", "－1", "＠x",
    ])
    func `what a stranger typed is never a formula`(typed: String) {
        let quoted = typed.replacing("\"", with: "\"\"")
        #expect(line(.text(typed)) == "\"'\(quoted)\"\r\n")
    }

    @Test(arguments: ["0912000001", "Đội Cấn", "a=b", "12-3", "000.00.19.H26-261123-0001"])
    func `ordinary texts are left alone`(typed: String) { #expect(line(.text(typed)) == "\(typed)\r\n") }
}
