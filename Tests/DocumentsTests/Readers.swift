import Foundation
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

    init(_ pdf: [UInt8]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "papers-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "paper.pdf").path
        try Data(pdf).write(to: URL(filePath: file))
        text = try run("pdftotext", "-layout", file, "-")
        pages = text.split(separator: "\u{0C}").map(String.init)
        packed = try run("pdftotext", "-raw", file, "-").filter { !$0.isWhitespace }
        properties = try run("pdfinfo", file)
        fonts = try run("pdffonts", file)
        _ = try run("pdftoppm", "-r", "150", "-png", file, folder.appending(path: "page").path)
        codes = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".png") }.sorted()
            .flatMap { try run("zbarimg", "-q", "--raw", folder.appending(path: $0).path).split(separator: "\n") }
            .map(String.init)
    }

    /// The text with every run of blanks as one, since lines break where they have to.
    var flowing: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// What a program prints.
func run(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    // zbarimg says 4 when a picture holds no code.
    try #require([0, 4].contains(process.terminationStatus), "\(program) said \(process.terminationStatus)")
    return String(decoding: bytes, as: UTF8.self)
}
