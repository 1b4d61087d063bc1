import Foundation
import HTTPTypes
import Testing

@testable import Web

struct FileInspectionTests {
    static func inspect(_ bytes: [UInt8]) async throws -> InspectedFile {
        let file = FileManager.default.temporaryDirectory.appending(path: "inspect-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        return try InspectedFile(path: file.path())
    }

    static func pdf(pages: Int = 1, trailer: String = "<< /Root 1 0 R >>", body: String = "") -> [UInt8] {
        let pages = (0..<pages).map { "\($0 + 3) 0 obj << /Type /Page /Parent 2 0 R >> endobj\n" }.joined()
        let head = "%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type/Pages >> endobj\n"
        return Array("\(head)\(pages)\(body)trailer \(trailer)\nstartxref\n9\n%%EOF\n".utf8)
    }

    /// One segment of a JPEG with its length.
    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((content.count + 2) >> 8), UInt8((content.count + 2) & 255)] + content
    }

    static let thumbnail: [UInt8] = [0xFF, 0xD8, 0xFF, 0xD9]
    static let exif = segment(0xE1, Array("Exif\0\0".utf8) + thumbnail)
    static let frame = segment(0xC0, [8, 0x0B, 0xB8, 0x0F, 0xA0, 3])
    static let scan = segment(0xDA, [3, 1, 0]) + [1, 2, 0xFF, 0x00, 3, 0xFF, 0xD3, 4]
    static let jpeg = [0xFF, 0xD8] + exif + frame + segment(0xC4, [0, 1]) + scan + [0xFF, 0xD9]

    static func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        let length = content.count
        return [UInt8(length >> 24), UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255)]
            + Array(kind.utf8) + content + [0, 0, 0, 0]
    }

    static let header = chunk("IHDR", [0, 0, 4, 0, 0, 0, 3, 0, 8, 6, 0, 0, 0])
    static let png = pngSignature + header + chunk("IDAT", [1, 2, 3]) + chunk("IEND", [])

    @Test(
        arguments: [
            (pdf(), InspectedFile(kind: .pdf, size: pdf().count, pages: 1, pixels: nil)),
            (pdf(pages: 12), InspectedFile(kind: .pdf, size: pdf(pages: 12).count, pages: 12, pixels: nil)),
            (pdf(pages: 0), InspectedFile(kind: .pdf, size: pdf(pages: 0).count, pages: nil, pixels: nil)),
            (jpeg, InspectedFile(kind: .jpeg, size: jpeg.count, pages: nil, pixels: .init(width: 4000, height: 3000))),
            (png, InspectedFile(kind: .png, size: png.count, pages: nil, pixels: .init(width: 1024, height: 768))),
        ]
    )
    func `a whole file is known by its content`(bytes: [UInt8], file: InspectedFile) async throws {
        #expect(try await FileInspectionTests.inspect(bytes) == file)
    }

    @Test func `a header behind some bytes and data behind the end are no fault`() async throws {
        let shifted = Array("\u{FEFF}\n".utf8) + FileInspectionTests.pdf()
        #expect(try await FileInspectionTests.inspect(shifted).kind == .pdf)
        let motionPhoto = FileInspectionTests.jpeg + Array("ftypmp42 and a film".utf8)
        #expect(try await FileInspectionTests.inspect(motionPhoto).kind == .jpeg)
        let mention = FileInspectionTests.pdf(body: "(the word /Encrypt in a text)\n")
        #expect(try await FileInspectionTests.inspect(mention).kind == .pdf)
    }

    @Test(arguments: [
        pdf(trailer: "<< /Root 1 0 R /Encrypt 5 0 R >>"), pdf(trailer: "<</Encrypt<</Filter/Standard>>>>"),
        pdf(body: "9 0 obj << /Type /XRef /Encrypt\n12 0\nR >> stream endstream\n"),
    ])
    func `an encrypted PDF is told, and not yet refused`(bytes: [UInt8]) async throws {
        #expect(try await FileInspectionTests.inspect(bytes).isEncrypted)
        #expect(try await !FileInspectionTests.inspect(FileInspectionTests.pdf()).isEncrypted)
    }

    @Test(arguments: [
        "\n\n", "\r\n   \t", String(repeating: "\n", count: 10_000), String(repeating: "\0", count: 5000),
    ])
    func `blank lines behind a PDF do not cut it`(blanks: String) async throws {
        let file = FileInspectionTests.pdf() + Array(blanks.utf8)
        #expect(try await FileInspectionTests.inspect(file).kind == .pdf)
    }

    @Test(arguments: [
        ("a.pdf", FileKind.pdf, "a.pdf"), ("a.PDF", .pdf, "a.PDF"), ("a.exe", .pdf, "a.exe.pdf"), ("a", .jpeg, "a.jpg"),
        ("a.jpeg", .jpeg, "a.jpeg"), ("a.jpg.html", .jpeg, "a.jpg.html.jpg"), ("ảnh.heic", .jpeg, "ảnh.heic.jpg"),
    ])
    func `a name ends in what the file is`(name: String, kind: FileKind, ending: String) {
        #expect(kind.ending(name) == ending)
    }

    @Test func `pages are counted across the windows of a large file`() async throws {
        let filler = String(repeating: "x", count: (256 << 10) - 150)
        let large = FileInspectionTests.pdf(pages: 3, body: filler + "<< /Type   /Page >>" + filler + filler)
        #expect(try await FileInspectionTests.inspect(large).pages == 4)
        for shift in stride(from: 131, to: 215, by: 7) {
            let body = String(repeating: "y", count: (256 << 10) - shift)
            let file = FileInspectionTests.pdf(pages: 0, body: body + "<< /Type /Page >>\n")
            #expect(try await FileInspectionTests.inspect(file).pages == 1, "\(shift)")
        }
    }

    static func ftyp(_ brand: String) -> [UInt8] { [0, 0, 0, 24] + Array("ftyp\(brand)".utf8) + [0, 0, 0, 0] }

    @Test(
        arguments: [
            ([], .empty),
            (ftyp("heic"), .heic), (ftyp("heix"), .heic), (ftyp("mif1"), .heic), (ftyp("heif"), .heic),
            (ftyp("isom"), .unknownKind), (ftyp("avif"), .unknownKind),
            ([0x50, 0x4B, 3, 4, 0, 0], .officeDocument),
            ([0x30, 0x82, 0x1F, 0x40, 0x06, 0x09] + pdf(), .signedEnvelope), ([0x30, 0x80, 6, 9], .signedEnvelope),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .officeDocument),
            (Array("GIF89a".utf8), .unknownKind),
            (Array("<html><script>alert(1)</script>".utf8), .unknownKind),
            (Array("MZ\u{90}".utf8), .unknownKind),
            ([0], .unknownKind), ([0xFF], .unknownKind), ([0xFF, 0xD8], .unknownKind),
            (Array("%PDF-1.7\n".utf8), .truncated(.pdf)),
            (Array(pdf().dropLast(20)), .truncated(.pdf)),
            (Array("%PDF-1.7\n%%EOF".utf8), .truncated(.pdf)),
            (Array(jpeg.dropLast(2)), .truncated(.jpeg)),
            (Array(jpeg.dropLast(1)), .truncated(.jpeg)),
            (Array(jpeg.prefix(30)), .truncated(.jpeg)),
            (Array(jpeg.prefix(4)), .truncated(.jpeg)),
            ([0xFF, 0xD8, 0xFF, 0xD9], .unreadable(.jpeg)),
            ([0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xD9], .unreadable(.jpeg)),
            ([0xFF, 0xD8] + exif + [1, 2, 3, 4], .unreadable(.jpeg)),
            ([0xFF, 0xD8] + segment(0xC0, [8, 0, 0, 0, 5, 3]) + scan + [0xFF, 0xD9], .unreadable(.jpeg)),
            (pngSignature, .truncated(.png)),
            (Array(png.dropLast(12)), .truncated(.png)),
            (Array(png.dropLast(1)), .truncated(.png)),
            (pngSignature + chunk("IDAT", [1]) + chunk("IEND", []), .unreadable(.png)),
            (pngSignature + header + header + chunk("IEND", []), .unreadable(.png)),
            (pngSignature + chunk("IHDR", Array(repeating: 0, count: 13)), .unreadable(.png)),
            (
                pngSignature + chunk("IHDR", [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 6, 0, 0, 0]) + chunk("IEND", []),
                .tooManyPixels
            ),
            (
                [0xFF, 0xD8] + segment(0xC0, [8, 0xFF, 0xFF, 0xFF, 0xFF, 3]) + scan + [0xFF, 0xD9], .tooManyPixels
            ),
            (pngSignature + header + [0xFF, 0xFF, 0xFF, 0xFF] + Array("IDAT".utf8), .truncated(.png)),
            (pngSignature + header + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], .truncated(.png)),
        ] as [([UInt8], FileRefusal)]
    )
    func `what is not whole or not of a kind we take is refused with advice`(
        bytes: [UInt8],
        refusal: FileRefusal
    ) async throws {
        await #expect(throws: refusal) { _ = try await FileInspectionTests.inspect(bytes) }
        #expect(refusal.problem.status.code == 422 && !refusal.words.vi.isEmpty && !refusal.words.en.isEmpty)
    }

    @Test func `the advice for an iPhone says where to tap`() {
        #expect(FileRefusal.heic.words.vi.contains("Tương thích nhất"))
        #expect(FileRefusal.passwordProtected.words.vi.contains("có mật khẩu"))
        #expect(FileRefusal.tooLarge(megabytes: 50).problem.status == .contentTooLarge)
    }
}
