import Crypto
package import Foundation
import Glibc

/// Small files that are there whole or not at all, and what large ones hold.
package enum DurableFile {
    /// Writes the file beside its place and moves it there; `isFlushed` when it must survive a loss of power.
    package static func write(_ data: Data, to path: String, isFlushed: Bool = true) throws {
        let beside = "\(path).\(UUID().uuidString)"
        let descriptor = try system("open") { open(beside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600) }
        do {
            defer { close(descriptor) }
            try data.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let written = try system("write") {
                        Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                    }
                    rest = rest.dropFirst(written)
                }
            }
            if isFlushed { try system("fsync") { fsync(descriptor) } }
            try system("rename") { rename(beside, path) }
        } catch {
            unlink(beside)
            throw error
        }
        if isFlushed { try flush((path as NSString).deletingLastPathComponent) }
    }

    /// Returns when a file, or the entries of a folder, are on disk.
    package static func flush(_ path: String) throws {
        let descriptor = try system("open") { open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC) }
        defer { close(descriptor) }
        try system("fsync") { fsync(descriptor) }
    }

    /// Reads the whole file and tells how much it holds and what.
    package static func fingerprint(of path: String) throws -> Blob {
        let descriptor = try system("open") { open(path, O_RDONLY | O_CLOEXEC) }
        defer { close(descriptor) }
        var hash = SHA256()
        var size = 0
        var portion = [UInt8](repeating: 0, count: BlobStore.portion)
        while true {
            let count = try portion.withUnsafeMutableBytes { bytes in
                try system("read") { read(descriptor, bytes.baseAddress, bytes.count) }
            }
            guard count > 0 else { return Blob(digest: BlobDigest(hash.finalize()), size: size) }
            portion.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            size += count
        }
    }
}
