import Foundation
import Kernel
import Testing

@testable import Documents

struct QRCodeTests {
    @Test(arguments: ["https://motcua.example/t/8f3k", "Giấy tiếp nhận số 12", String(repeating: "a", count: 500)])
    func `a code on paper is read as what it says`(text: String) async throws {
        let paper = Paper(
            size: .a4,
            title: "Mã",
            author: "",
            created: .init(milliseconds: 0),
            footer: "",
            blocks: [.beside(Paper.QRFigure(try QRCode(text), caption: "Mã"), [.paragraph("Bên trái")])]
        )
        #expect(try await ReadPaper(paper.pdf()).codes == [text])
    }

    @Test
    func `a path fills exactly the dark modules`() throws {
        let code = try QRCode("https://motcua.example/t/8f3k")
        var dark = Set<[Int]>()
        for match in code.path.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
            #expect(match.3 == match.4)
            for column in 0..<Int(match.3)! { dark.insert([Int(match.1)! + column, Int(match.2)!]) }
        }
        for row in 0..<code.side {
            for column in 0..<code.side {
                #expect(dark.contains([column, row]) == code.isDark(column: column, row: row))
            }
        }
        #expect(code.viewBox == "-4 -4 \(code.side + 8) \(code.side + 8)")
    }

    @Test
    func `a text that no code can hold is refused`() throws {
        _ = try QRCode(String(repeating: "a", count: 2331))
        #expect(throws: QRCode.TooLong.self) { try QRCode(String(repeating: "a", count: 2332)) }
    }
}
