import Foundation

/// A file seen through a window that moves along with whoever reads.
final class FileBytes {
    let count: Int
    private let file: FileHandle
    private var window: [UInt8] = []
    private var start = 0
    private static let length = 256 << 10

    init(path: String) throws {
        file = try FileHandle(forReadingFrom: URL(filePath: path))
        count = Int(try file.seekToEnd())
    }

    deinit { try? file.close() }  // Nothing was written, so nothing can be lost.

    /// The byte at `offset`, or nil behind the end.
    func byte(at offset: Int) throws -> UInt8? {
        if offset >= start, offset < start + window.count { return window[offset - start] }
        guard offset >= 0, offset < count else { return nil }
        window = try read(at: offset, count: FileBytes.length)
        start = offset
        return window.first
    }

    /// Up to `count` bytes from `offset`.
    func read(at offset: Int, count: Int) throws -> [UInt8] {
        try file.seek(toOffset: UInt64(offset))
        return Array(try file.read(upToCount: count) ?? Data())
    }

    func bigEndian16(at offset: Int) throws -> Int? {
        guard let high = try byte(at: offset), let low = try byte(at: offset + 1) else { return nil }
        return Int(high) << 8 | Int(low)
    }

    func bigEndian32(at offset: Int) throws -> Int? {
        guard let high = try bigEndian16(at: offset), let low = try bigEndian16(at: offset + 2) else { return nil }
        return high << 16 | low
    }
}
