import Foundation
import TestSupport
import Testing

/// A PDF file as programs that are not ours read it.
struct ReadPaper {
    let text: String
    let pages: [String]
    /// The text in the order it was set, cell by cell, without blanks: cells break where they have to.
    let packed: String
    let codes: [String]
    let properties: String
    let fonts: String

    init(_ pdf: [UInt8]) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "papers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "paper.pdf").path
        try Data(pdf).write(to: URL(filePath: file))
        text = try await run("pdftotext", "-layout", file, "-")
        pages = text.split(separator: "\u{0C}").map(String.init)
        packed = try await run("pdftotext", "-raw", file, "-").filter { !$0.isWhitespace }
        properties = try await run("pdfinfo", file)
        fonts = try await run("pdffonts", file)
        _ = try await run("pdftoppm", "-r", "150", "-png", file, folder.appending(path: "page").path)
        var codes: [String] = []
        for page in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where page.hasSuffix(".png") {
            let read = try await run("zbarimg", "-q", "--raw", folder.appending(path: page).path)
            codes += read.split(separator: "\n").map(String.init)
        }
        self.codes = codes
    }

    /// The text with every run of blanks as one, since lines break where they have to.
    var flowing: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// What a program prints.
func run(_ name: String, _ arguments: String...) async throws -> String {
    let finished = try await program(name, arguments)
    // zbarimg says 4 when a picture holds no code.
    try #require([0, 4].contains(finished.status), "\(name) said \(finished.status)")
    return finished.text
}
