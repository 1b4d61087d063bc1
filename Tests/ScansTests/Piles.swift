import CPoppler
import Documents
import Foundation
import Kernel

@testable import Quarantine
@testable import Scans

/// Piles as a scanner sends them: pictures of pages, one PDF.
enum Piles {
    static let noon = Instant(milliseconds: 1_795_401_000_000)
    private static let issuer = IssuerFacts(
        superior: nil,
        name: "Bộ phận Một cửa",
        place: "Hà Nội",
        address: "Số 1",
        phone: nil
    )

    /// A separator sheet as it is printed.
    static func separator(_ mark: SeparatorMark) throws -> [UInt8] {
        let isGeneric = mark == .generic
        let facts = SeparatorFacts(
            code: try QRCode(mark.text),
            dossierCode: isGeneric ? nil : mark.dossier,
            applicant: isGeneric ? nil : "Nguyễn Thị Lan",
            paper: isGeneric ? nil : "Bản chụp căn cước",
            counted: nil
        )
        return try separatorSheets([facts], from: issuer, at: noon.localMinute).pdf()
    }

    /// A page with writing on it.
    static func written(_ words: String) throws -> [UInt8] {
        try Paper(
            size: .a4,
            title: "Trang",
            author: "",
            created: noon,
            footer: nil,
            blocks: Array(repeating: .paragraph(Prose(words), .left, .large), count: 12)
        ).pdf()
    }

    static func empty() throws -> [UInt8] {
        try Paper(size: .a4, title: "", author: "", created: noon, footer: nil, blocks: [.gap(10)]).pdf()
    }

    /// Draws the first page of each PDF at 150 dpi, some of them upside down, and puts the pictures into one PDF.
    static func scanned(_ sheets: [[UInt8]], upsideDown: Set<Int> = []) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pile-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try sheets.enumerated().map { index, pdf in
            let path = folder.appending(path: "\(index).png").path
            try Pages(pdf).picture(of: 0, isTurned: upsideDown.contains(index), to: path)
            return path
        }
        return try PhotoAlbum(paths: paths, title: "Tập quét", created: noon).pdf()
    }

    /// Runs `body` with the PDF in a file.
    static func file<T>(_ pdf: [UInt8], _ body: (String) throws -> T) throws -> T {
        let file = FileManager.default.temporaryDirectory.appending(path: "pile-\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(pdf).write(to: file)
        return try body(file.path)
    }
}
