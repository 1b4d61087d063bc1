import Foundation
import Kernel
import Testing

@testable import Notifications

@Suite struct `A folder for short messages` {
    private func folder(_ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try await body(path)
        try FileManager.default.removeItem(atPath: path)
    }

    private func message(_ text: String) throws -> ShortMessage {
        ShortMessage(id: "01a", to: try #require(PhoneNumber(rawValue: "0912 345 678")), text: text)
    }

    @Test func `holds each message in one whole file, with its number and its text`() async throws {
        try await folder { path in
            let spool = try SpoolFolder(path)
            try await spool.send(try message("Số A001: mời bạn vào"))
            // Handed over once more, as after a power cut, it is the same file.
            try await spool.send(try message("Số A001: mời bạn vào"))
            let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0 != ".unfinished" }
            #expect(names == ["motcua-01a"])
            #expect(
                try String(contentsOfFile: "\(path)/motcua-01a", encoding: .utf8)
                    == "To: 84912345678\n\nSo A001: moi ban vao\n"
            )
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(path)/.unfinished").isEmpty)
            let mode = try FileManager.default.attributesOfItem(atPath: "\(path)/motcua-01a")[.posixPermissions]
            #expect(mode as? Int == 0o640, "nobody else reads whom we write to")
        }
    }

    @Test func `has to be there`() {
        #expect(throws: (any Error).self) { try SpoolFolder("/nowhere/at/all") }
    }

    @Test func `that has gone away is a failure to be tried again`() async throws {
        try await folder { path in
            let spool = try SpoolFolder(path)
            try FileManager.default.removeItem(atPath: "\(path)/.unfinished")
            let message = try message("a")
            let error = await #expect(throws: (any Error).self) { try await spool.send(message) }
            #expect(!(error is MessageRefused))
        }
    }
}
