import Documents
import Foundation
import Kernel
import Testing

@testable import Quarantine
@testable import Scans

struct PileTests {
    private static let card = SeparatorMark(dossier: "000.00.19.H26-210806-0007", component: "identity-copy")
    private static let form = SeparatorMark(dossier: "000.00.19.H26-210806-0008", component: "declaration")

    private typealias Part = (SeparatorMark?, Int, Int)

    @Test(
        arguments: [
            ([], []),
            ([.written, .written], [PileSection(mark: nil, first: 1, count: 2)]),
            (
                [.separator(card), .written, .written, .separator(form), .written],
                [PileSection(mark: card, first: 2, count: 2), PileSection(mark: form, first: 5, count: 1)]
            ),
            (
                [.written, .separator(card), .blank, .written, .blank, .separator(form)],
                [
                    PileSection(mark: nil, first: 1, count: 1), PileSection(mark: card, first: 4, count: 2),
                    PileSection(mark: form, first: 7, count: 0),
                ]
            ),
            (
                [.separator(card), .blank, .blank, .written],
                [PileSection(mark: card, first: 3, count: 2)]
            ),
            ([.blank, .written], [PileSection(mark: nil, first: 1, count: 2)]),
        ] as [([PileSheet], [PileSection])]
    )
    func `a pile is cut at its separator sheets`(sheets: [PileSheet], sections: [PileSection]) {
        #expect(PileSection.sections(of: sheets) == sections)
    }

    @Test func `a mark is read back, and no other code is taken for one`() {
        #expect(SeparatorMark(text: Self.card.text) == Self.card)
        #expect(SeparatorMark(text: SeparatorMark.generic.text) == .generic)
        for text in [
            "", "https://motcua.example.vn/tra-cuu?code=1", "motcua:scan:1|a", "motcua:scan:2|a|b",
            "motcua:scan:1|a|b|c", "motcua:scan:1|\(String(repeating: "a", count: 61))|b",
        ] { #expect(SeparatorMark(text: text) == nil, "\(text)") }
    }

    @Test func `printed sheets are found in what a scanner makes of them, upside down too`() throws {
        let pile = try Piles.scanned(
            [
                Piles.separator(Self.card), Piles.empty(), Piles.written("Căn cước công dân"),
                Piles.separator(.generic), Piles.written("Giấy khác"), Piles.separator(Self.form),
            ],
            upsideDown: [0, 5]
        )
        let sheets = try Piles.file(pile) { path in
            let pile = try Pile(path: path)
            return try (0..<pile.pages).map(pile.sheet)
        }
        #expect(
            sheets == [
                .separator(Self.card), .blank, .written, .separator(.generic), .written, .separator(Self.form),
            ]
        )
    }

    @Test func `parts keep their pages, and the scanner's pictures byte for byte`() throws {
        let pile = try Piles.scanned([Piles.written("Một"), Piles.written("Hai"), Piles.written("Ba")])
        let part = try Piles.file(pile) { try PileCutter(path: $0).pages(from: 2, count: 2) }
        #expect(try Pages(part).count == 2)
        let pictures = Self.pictures(in: pile)
        #expect(pictures.count == 3)
        #expect(Self.pictures(in: part) == Array(pictures[1...]))
        #expect(try Piles.file(pile) { try PileCutter(path: $0).pages(from: 2, count: 2) } == part)
    }

    /// From the beginning of each JPEG to its end mark.
    private static func pictures(in pdf: [UInt8]) -> [ArraySlice<UInt8>] {
        var pictures: [ArraySlice<UInt8>] = []
        var start: Int?
        for index in pdf.indices.dropLast(2) {
            if start == nil, pdf[index] == 0xFF, pdf[index + 1] == 0xD8, pdf[index + 2] == 0xFF { start = index }
            if let first = start, pdf[index] == 0xFF, pdf[index + 1] == 0xD9 {
                pictures.append(pdf[first...index + 1])
                start = nil
            }
        }
        return pictures
    }

    @Test func `a part takes nothing along from a list of pictures that all pages share`() throws {
        let part = try Piles.file(Self.shared) { try PileCutter(path: $0).pages(from: 1, count: 1) }
        let text = String(decoding: part, as: UTF8.self)
        #expect(text.contains("OWN-PICTURE") && !text.contains("SOMEBODY-ELSES"))
        #expect(text.contains("/Helvetica"), "what is no picture stays")
    }

    /// Two pages that inherit one list of pictures, each drawing one of them.
    private static let shared: [UInt8] = {
        func stream(_ content: String, _ more: String = "") -> String {
            "<< \(more)/Length \(content.utf8.count) >> stream\n\(content)\nendstream"
        }
        func picture(_ data: String) -> String {
            stream(
                data,
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray "
            )
        }
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 100 100] /Resources 5 0 R >>",
            "<< /Type /Page /Parent 2 0 R /Contents 6 0 R >>", "<< /Type /Page /Parent 2 0 R /Contents 7 0 R >>",
            "<< /XObject << /Im1 8 0 R /Im2 9 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
            stream("q 100 0 0 100 0 0 cm /Im1 Do Q"), stream("q 100 0 0 100 0 0 cm /Im2 Do Q"),
            picture("OWN-PICTURE"), picture("SOMEBODY-ELSES"),
        ]
        var pdf = "%PDF-1.4\n"
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(pdf.utf8.count)
            pdf += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = pdf.utf8.count
        pdf += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places { pdf += String(repeating: "0", count: 10 - "\(place)".count) + "\(place) 00000 n \n" }
        pdf += "trailer << /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(pdf.utf8)
    }()

    @Test func `what is no pile is refused`() throws {
        for bytes in [[], Array("%PDF-1.4\n%%EOF".utf8), Array("hello".utf8)] as [[UInt8]] {
            #expect(throws: PileFault.unreadable) { try Piles.file(bytes) { _ = try Pile(path: $0) } }
            #expect(throws: PileFault.unreadable) {
                try Piles.file(bytes) { _ = try PileCutter(path: $0).pages(from: 1, count: 1) }
            }
        }
        let many = try Paper(
            size: .a5,
            title: "",
            author: "",
            created: Piles.noon,
            footer: nil,
            blocks: Array(
                repeating: .sheet([Paper.Frame(x: 10, y: 10, width: 50, height: 20, "Trang", size: 9)]),
                count: PileSheet.most + 1
            )
        ).pdf()
        _ = try Piles.file(many) { path in
            #expect(throws: PileFault.tooManyPages) { _ = try Pile(path: path) }
        }
    }
}
