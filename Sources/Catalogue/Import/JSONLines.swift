package import Foundation
import Subprocess

/// Reads a file of JSON lines, unpacked when its name ends in `.gz`.
package enum JSONLines {
    package struct Unreadable: Error, CustomStringConvertible {
        package let path: String
        package let reason: String
        package var description: String { "\(path): \(reason)" }
    }

    /// Longer than the national catalogue in one piece, and it fits into memory.
    private static let longest = 1 << 30

    package static func read(_ path: String) async throws -> Data {
        guard path.hasSuffix(".gz") else { return try Data(contentsOf: URL(filePath: path)) }
        let gzip = try await run(.name("gzip"), arguments: ["-dc", "--", path], output: .bytes(limit: longest))
        guard gzip.terminationStatus.isSuccess else {
            throw Unreadable(path: path, reason: "gzip -dc: \(gzip.terminationStatus)")
        }
        return Data(gzip.standardOutput)
    }
}
