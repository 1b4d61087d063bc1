import Crypto
import Glibc
import NIOCore

/// A file on its way in, under a name of its own until all of it has arrived.
///
/// Unchecked because its calls follow one another: the store awaits each before it makes the next.
final class IncomingFile: @unchecked Sendable {
    let path: String
    private var descriptor: Int32 = -1
    private var hash = SHA256()

    init(path: String) { self.path = path }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func write(_ portion: ByteBuffer) throws {
        if descriptor < 0 {
            descriptor = try system("open") { open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600) }
        }
        try portion.withUnsafeReadableBytes { bytes in
            hash.update(bufferPointer: bytes)
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = try system("write") {
                    Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                }
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Ends the file and tells its digest.
    func seal() throws -> BlobDigest {
        // Before it gets its name: after a crash a name must never lead to a file that is empty or cut off, not even
        // when the rename has reached the disk and the content has not.
        try system("fsync") { fsync(descriptor) }
        let digest = BlobDigest(hash.finalize())
        close(descriptor)
        descriptor = -1
        return digest
    }

    /// Replaces what has this name already: it is the same content, and if it was damaged it is whole again.
    func move(to destination: String) throws {
        try system("rename") { rename(path, destination) }
    }

    func discard() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        unlink(path)
    }
}
