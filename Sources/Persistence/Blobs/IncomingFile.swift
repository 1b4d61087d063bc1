import Crypto
import Glibc
import NIOCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A file on its way in, which has no name until all of it has arrived, where the file system knows such files.
///
/// Then it leaves nothing behind when the process dies, and nobody queues for the folder: a file that is moved from one
/// folder into another waits for every other such move on the whole disk.
///
/// Unchecked because its calls follow one another: the store awaits each before it makes the next.
final class IncomingFile: @unchecked Sendable {
    private let folder: String
    private let isNameless: Bool
    /// Where it lies while it has a name of its own.
    private var named: String?
    private var descriptor: Int32 = -1
    private var hash = SHA256()

    init(folder: String, isNameless: Bool) { (self.folder, self.isNameless) = (folder, isNameless) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Where this process can read it.
    var path: String { named ?? "/proc/self/fd/\(descriptor)" }

    func write(_ portion: ByteBuffer) throws {
        if descriptor < 0 { try begin() }
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

    private func begin() throws {
        if isNameless {
            descriptor = try system("open") { open(folder, O_RDWR | O_CLOEXEC | IncomingFile.unnamed, 0o600) }
        } else {
            let name = freshName()
            descriptor = try system("open") { open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600) }
            named = name
        }
    }

    /// Whether this folder takes files without a name; those of some networks do not.
    static func canBeNameless(in folder: String) -> Bool {
        let descriptor = open(folder, O_RDWR | O_CLOEXEC | unnamed, 0o600)
        defer { if descriptor >= 0 { close(descriptor) } }
        // They are named by way of /proc, which may be missing.
        return descriptor >= 0 && access("/proc/self/fd/\(descriptor)", R_OK) == 0
    }

    /// O_TMPFILE, a macro that Swift does not see.
    private static let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY

    /// The digest of all that was written.
    func seal() -> BlobDigest { BlobDigest(hash.finalize()) }

    private func freshName() -> String { "\(folder)/\(UUID().uuidString)" }

    /// Gives it its name and flushes it; its folder's entry is the caller's to flush.
    ///
    /// What is new gets its name first: file systems with a journal then write name and content in one go, and the
    /// flush of the folder that follows finds nothing more to write. Until both are flushed a loss of power may leave the
    /// name without the content; but nobody has been told that it is stored, and whoever stores it again replaces it.
    /// What has this name already may be named in the database. It is replaced, for if it was damaged it is whole
    /// again, but only by what is on disk.
    func settle(at destination: String) throws {
        defer { discard() }
        do {
            try link(to: destination)
        } catch let failure as SystemFailure where failure.number == EEXIST || named != nil {
            // Where files must have names there may be no second ones either.
            try system("fsync") { fsync(descriptor) }
            if named == nil {
                let name = freshName()
                try link(to: name)
                named = name
            }
            try system("rename") { rename(path, destination) }
            return
        }
        try system("fsync") { fsync(descriptor) }
    }

    private func link(to place: String) throws {
        try system("linkat") { linkat(AT_FDCWD, path, AT_FDCWD, place, AT_SYMLINK_FOLLOW) }
    }

    /// Lets go of it; under the name it was given it stays.
    func discard() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        if let named { unlink(named) }
        named = nil
    }
}
