import Glibc
package import NIOCore

/// The bytes of a blob, read as they are asked for.
package struct BlobContent: AsyncSequence, Sendable {
    let digest: BlobDigest
    let path: String
    let threads: BlockingThreads

    package func makeAsyncIterator() -> Iterator {
        Iterator(file: OutgoingFile(digest: digest, path: path), threads: threads)
    }

    package struct Iterator: AsyncIteratorProtocol {
        let file: OutgoingFile
        let threads: BlockingThreads

        package mutating func next() async throws -> ByteBuffer? {
            try await threads.run { [file] in try file.next() }
        }
    }
}

/// A file on its way out.
///
/// Unchecked because only its iterator has it, and that awaits each portion before it asks for the next.
final class OutgoingFile: @unchecked Sendable {
    private let digest: BlobDigest
    private let path: String
    private var descriptor: Int32 = -1

    init(digest: BlobDigest, path: String) { (self.digest, self.path) = (digest, path) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func next() throws -> ByteBuffer? {
        if descriptor < 0 { descriptor = try OutgoingFile.open(digest, at: path) }
        var portion = ByteBufferAllocator().buffer(capacity: BlobStore.portion)
        let count = try portion.writeWithUnsafeMutableBytes(minimumWritableBytes: BlobStore.portion) { bytes in
            try system("read") { read(descriptor, bytes.baseAddress, bytes.count) }
        }
        return count > 0 ? portion : nil
    }

    static func size(_ digest: BlobDigest, at path: String) throws -> Int {
        let descriptor = try open(digest, at: path)
        defer { close(descriptor) }
        var status = stat()
        try system("fstat") { fstat(descriptor, &status) }
        return Int(status.st_size)
    }

    private static func open(_ digest: BlobDigest, at path: String) throws -> Int32 {
        do {
            return try system("open") { Glibc.open(path, O_RDONLY | O_CLOEXEC) }
        } catch let failure as SystemFailure where failure.number == ENOENT {
            throw NoSuchBlob(digest: digest)
        }
    }
}
