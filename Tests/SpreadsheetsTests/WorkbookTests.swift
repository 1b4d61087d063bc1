import Foundation
import Kernel
import Testing

@testable import Spreadsheets

struct WorkbookTests {
    private static let made = LocalMinute(date: LocalDate(dayNumber: 20_780), minuteOfDay: 570)
    private static let columns = [SheetColumn("TT", width: 6), SheetColumn("Cá nhân, tổ chức", width: 30)]

    private func book(_ rows: [[Cell]], mostRows: Int = 1_048_576) async throws -> ReadWorkbook {
        let book = try Workbook(made: Self.made, mostRows: mostRows)
        try book.beginSheet("Sổ theo dõi", Self.columns)
        for row in rows { try book.append(row) }
        return try await ReadWorkbook(book.take() + book.finish())
    }

    @Test
    func `another program reads what was written`() async throws {
        let day = try #require(LocalDate(rawValue: "2026-02-09"))
        let read = try await book([
            [.number(1), .text("Nguyễn Thị “Lan” <&>")],
            [.date(day), .minute(LocalMinute(date: day, minuteOfDay: 810))],
            [.empty, .text("=1+1")],
        ])
        #expect(read.faults == [])
        let sheet = try #require(read.sheets.first)
        #expect(sheet.title == "Sổ theo dõi")
        #expect(sheet.cells["A1"] == ["s", "TT"] && sheet.cells["B1"] == ["s", "Cá nhân, tổ chức"])
        #expect(sheet.cells["A2"] == ["n", "1", "3"] && sheet.cells["B2"] == ["s", "Nguyễn Thị “Lan” <&>"])
        // 9 February 2026 is day 46,062 of spreadsheets; 13:30 is nine sixteenths of a day.
        #expect(sheet.cells["A3"] == ["n", "46062", "4"] && sheet.cells["B3"] == ["n", "46062.5625", "5"])
        #expect(sheet.cells["A4"] == nil)
        #expect(sheet.cells["B4"] == ["s", "=1+1"], "a text is never a formula")
    }

    @Test
    func `the headings stay in sight, can be filtered by, and have the widths that were asked for`() async throws {
        let read = try await book([[.number(1), .text("x")], [.number(2), .text("y")]])
        #expect(read.sheets[0].frozen == "A2")
        #expect(read.sheets[0].filter == "A1:B3")
        #expect(read.sheets[0].widths == [6, 30])
        #expect(read.parts.first == "[Content_Types].xml")
    }

    @Test
    func `what XML cannot hold is left out, and what spreadsheets would misread is written another way`() async throws {
        let texts = ["a\u{0}b\u{1F}c\u{FFFE}", "_x0041_", "_x004", "dòng một\ndòng hai\tcột", "  hai đầu  ", "Ẵ 𠀀 👍🏽"]
        let read = try await book(texts.map { [.text($0)] })
        let cells = read.sheets[0].cells
        #expect(cells["A2"] == ["s", "abc"])
        #expect(cells["A3"] == ["s", "_x005F_x0041_"])
        for (row, text) in texts.enumerated().dropFirst(2) { #expect(cells["A\(row + 2)"] == ["s", text]) }
    }

    @Test
    func `a text is cut where a cell ends`() async throws {
        let read = try await book([[.text(String(repeating: "ữ", count: 40_000))]])
        let text = try #require(read.sheets[0].cells["A2"]?.last)
        #expect(text.utf16.count == 32_767 && text.hasSuffix("ữ…"))
    }

    @Test
    func `rows that a sheet cannot hold go on on the next one`() async throws {
        let read = try await book((1...7).map { [.number($0)] }, mostRows: 4)
        #expect(read.sheets.map(\.title) == ["Sổ theo dõi", "Sổ theo dõi (2)", "Sổ theo dõi (3)"])
        #expect(read.sheets.map(\.filter) == ["A1:B4", "A1:B4", "A1:B2"])
        #expect(read.sheets[2].cells["A2"] == ["n", "7", "3"] && read.sheets[2].cells["A1"] == ["s", "TT"])
    }

    @Test
    func `several sheets are one book`() async throws {
        let book = try Workbook(made: Self.made)
        try book.beginSheet("Sổ [1/2] 'A'", Self.columns)
        try book.append([.number(1)])
        try book.beginSheet("Thông tin", [SheetColumn("Mục", width: 20)])
        try book.append([.text("Kỳ")])
        let read = try await ReadWorkbook(try book.finish())
        #expect(read.sheets.map(\.title) == ["Sổ 12 A", "Thông tin"])
    }

    @Test
    func `twenty thousand rows are sent while they are written`() async throws {
        let book = try Workbook(made: Self.made)
        try book.beginSheet("Sổ theo dõi", Self.columns)
        var sent: [UInt8] = []
        var largest = 0
        for number in 1...20_000 {
            try book.append([.number(number), .text("Nguyễn Thị Lan \(number % 977)")])
            guard number.isMultiple(of: 500) else { continue }
            let bytes = book.take()
            largest = max(largest, bytes.count)
            sent += bytes
        }
        sent += try book.finish()
        #expect(largest < 100_000, "\(largest) bytes were kept back")
        let read = try await ReadWorkbook(sent)
        #expect(read.sheets[0].filter == "A1:B20001")
        #expect(read.sheets[0].cells["A20001"] == ["n", "20000", "3"])
    }

    @Test
    func `columns are named as spreadsheets name them`() {
        #expect([0, 25, 26, 51, 52, 701, 702].map(columnName) == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"])
    }
}
