import Crypto
import NIOCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The files of `Public`, read once at the start. What is not among them does not exist, whatever a path says.
package struct Assets: Sendable {
    struct File: Sendable {
        let content: ByteBuffer
        let type: String
        /// The beginning of the SHA-256 of the content, in hexadecimal.
        let hash: String
    }

    private let files: [String: File]

    /// No files at all, for tests.
    package init() { files = [:] }

    /// Reads a folder and those within it; names that begin with a dot are left out.
    package init(folder: String) throws {
        var files: [String: File] = [:]
        func read(_ folder: String, _ prefix: String) throws {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasPrefix(".") {
                let path = "\(folder)/\(name)"
                let kind = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
                if kind == .typeDirectory {
                    try read(path, "\(prefix)\(name)/")
                } else {
                    let content = try Data(contentsOf: URL(filePath: path))
                    files[prefix + name] = File(
                        content: ByteBuffer(bytes: content),
                        type: Assets.type(of: name),
                        hash: String(hex(SHA256.hash(data: content)).prefix(16))
                    )
                }
            }
        }
        try read(folder, "")
        self.files = files
    }

    subscript(name: String) -> File? { files[name] }

    /// The address of a file, with the hash of its content, so that browsers keep it until it changes.
    package func path(of name: String) -> String {
        files[name].map { "/assets/\(name)?v=\($0.hash)" } ?? "/assets/\(name)"
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "ico": "image/x-icon"
        case "woff2": "font/woff2"
        case "json": "application/json"
        case "txt": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
