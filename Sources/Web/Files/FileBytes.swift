import Glibc

/// A file seen through a window that moves along with whoever reads.
final class FileBytes {
    let count: Int
    private let descriptor: Int32
    private var window: [UInt8] = []
    private var start = 0
    private static let length = 256 << 10

    init(path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else { throw Unreadable(number: errno) }
        count = Int(status.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The operating system said no.
    struct Unreadable: Error { let number: Int32 }

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
        let length = max(0, min(count, self.count - offset))
        return try [UInt8](unsafeUninitializedCapacity: length) { bytes, filled in
            while filled < length {
                let portion = pread(descriptor, bytes.baseAddress.map { $0 + filled }, length - filled, offset + filled)
                if portion < 0, errno == EINTR { continue }
                guard portion >= 0 else { throw Unreadable(number: errno) }
                // Somebody cut the file off meanwhile.
                if portion == 0 { break }
                filled += portion
            }
        }
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
