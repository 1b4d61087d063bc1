import Foundation
import Kernel
import Testing

@testable import Documents

struct PaperTests {
    @Test
    func `every Vietnamese letter can be read back from the file`() async throws {
        let letters = """
            aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đĐ ẰẴẾỄỘỢỮỴ
            """
        let read = try await ReadPaper(paper([.paragraph("\(letters) \(bold: letters) \(italic: letters)")]).pdf())
        #expect(read.flowing.contains("\(letters) \(letters) \(letters)"))
    }

    @Test
    func `names of other scripts are drawn`() throws {
        for name in ["李小龙", "陳大文", "김민수", "たなか", "สมชาย", "Ольга", "محمد"] {
            #expect(try Press().canDraw(name), "\(name)")
        }
    }

    @Test
    func `no character that could have been stored keeps a paper or a list from being printed`() async throws {
        // Every one that is special, and one of each few thousand others.
        let special = (0...0x10FFFF).compactMap(Unicode.Scalar.init).filter { scalar in
            scalar.value < 0xE0000 && scalar.properties.isDefaultIgnorableCodePoint
                || scalar.properties.isNoncharacterCodePoint || scalar.properties.generalCategory == .control
        }
        let separators: [Unicode.Scalar] = ["\u{2028}", "\u{2029}", "\u{FFFC}", "\u{FFFD}"]
        let others = stride(from: UInt32(0x20), to: 0x110000, by: 4001).compactMap(Unicode.Scalar.init)
        let rows = (special + separators + others).map {
            [Prose("a\(String($0))b"), Prose("dòng \(String($0.value, radix: 16))")]
        }
        let columns = [Paper.Table.Column("Ký tự", share: 1), Paper.Table.Column("Tên", share: 1)]
        let table = Paper.Table(columns: columns, rows: rows)
        let read = try await ReadPaper(paper([.table(table)], title: "Sổ\(rows[0][0].text)").pdf())
        for scalar: UInt32 in [0x1F, 0xFDD0, 0xFFFE, 0x10FFFF, 0x2028] {
            #expect(read.flowing.contains("dòng \(String(scalar, radix: 16))"))
        }
        #expect(read.flowing.contains("a□b"))
    }

    @Test
    func `the file names its title, its author, its size and its time`() async throws {
        let read = try await ReadPaper(paper([.paragraph("Nội dung")]).pdf())
        #expect(read.properties.contains(/Title: +Giấy mẫu/))
        #expect(read.properties.contains(/Author: +Ủy ban nhân dân/))
        #expect(read.properties.contains("419.528 x 595.276 pts"))
        #expect(read.properties.contains("Nov 22"))
        #expect(read.fonts.split(separator: "\n").dropFirst(2).allSatisfy { $0.contains(/yes +yes +yes/) })
    }

    @Test
    func `the same paper is the same file, whoever prints beside it`() async throws {
        let expected = try receipt(Samples.receipt).pdf()
        let other = try proofOfFiling(Samples.filing)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<60 {
                group.addTask {
                    if number.isMultiple(of: 3) { _ = try other.pdf() }
                    return try receipt(Samples.receipt).pdf() == expected
                }
            }
            for try await isSame in group { #expect(isSame) }
        }
    }

    @Test
    func `a table that breaks repeats its header and loses no row`() async throws {
        let table = Paper.Table(
            columns: [Paper.Table.Column("Tên giấy tờ", share: 3), Paper.Table.Column("Số bản", share: 1, .centre)],
            rows: (1...90).map { ["Giấy tờ thứ \($0).", "01"] }
        )
        let read = try await ReadPaper(paper([.table(table)]).pdf())
        #expect(read.pages.count > 2)
        for page in read.pages { #expect(page.contains("Tên giấy tờ")) }
        for number in 1...90 { #expect(read.flowing.contains("\(number) Giấy tờ thứ \(number). 01")) }
        for (index, page) in read.pages.enumerated() {
            #expect(page.contains("Trang \(index + 1)/\(read.pages.count)"))
        }
    }

    @Test(arguments: [0, 1, 2])
    func `a text longer than a page goes on overleaf`(place: Int) async throws {
        let words = (1...3000).map { "từ\($0)" }
        let prose = Prose(words.joined(separator: " "))
        let block: Paper.Block =
            switch place {
            case 0: .paragraph(prose, .justified)
            case 1: .facts([Paper.Fact("Nội dung", prose)])
            default: .table(Paper.Table(columns: [Paper.Table.Column("Nội dung", share: 1)], rows: [[prose]]))
            }
        let read = try await ReadPaper(paper([block]).pdf())
        #expect(read.pages.count > 3)
        let found = Set(read.flowing.split(separator: " ").map(String.init))
        #expect(words.filter { !found.contains($0) } == [])
    }

    @Test
    func `a word without end is broken rather than cut off`() async throws {
        let word = String(repeating: "abcdefghij", count: 60)
        let read = try await ReadPaper(paper([.paragraph(Prose(word))]).pdf())
        #expect(read.text.filter { !$0.isWhitespace }.contains(word))
    }

    @Test
    func `marks that reorder text and characters that print nothing are left out`() async throws {
        let read = try await ReadPaper(paper([.paragraph("a\u{202E}b\u{0}c\u{7}\u{200B}d & <b>e</b>")]).pdf())
        #expect(read.flowing.contains("abcd & <b>e</b>"))
    }

    @Test
    func `papers printed together keep page numbers of their own`() async throws {
        let papers = try receiptInBothCopies(Samples.receipt)
        let read = try await ReadPaper(papers.pdf())
        #expect(read.pages.map { $0.contains("Liên 1: lưu") } == [true, false])
        #expect(read.pages.map { $0.contains("Liên 2: giao người nộp hồ sơ") } == [false, true])
        #expect(read.text.matches(of: /Trang 1\//).count == 2)
    }

    private func paper(_ blocks: [Paper.Block], title: String = "Giấy mẫu") -> Paper {
        Paper(
            size: .a5,
            title: title,
            author: "Ủy ban nhân dân",
            created: Instant(Samples.received),
            footer: "",
            blocks: blocks
        )
    }
}
