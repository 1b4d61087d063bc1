import Crypto
package import NIOCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Files by their content: the same content is stored once and never changed.
package struct BlobStore: Sendable {
    let folder: String
    let threads: BlockingThreads
    /// What may have to be removed; see `tidy`.
    let loose = LooseBlobs()
    private let directories: DurableDirectories
    private let takesNameless: Bool

    /// Begins the store in this folder, or continues it. What a crash left half-written there is removed a day later:
    /// a younger file may be one that another process on the same folder is just taking in.
    package init(folder: String) throws {
        self.folder = folder
        threads = BlockingThreads(count: BlobStore.simultaneous)
        directories = DurableDirectories(root: folder)
        let incoming = BlobStore.incoming(folder)
        for folder in [incoming, BlobStore.aside(folder)] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        takesNameless = IncomingFile.canBeNameless(in: incoming)
        for name in try FileManager.default.contentsOfDirectory(atPath: incoming) {
            let path = "\(incoming)/\(name)"
            // Another process may have finished with it since the folder was read.
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                let changed = attributes[.modificationDate] as? Date, changed.timeIntervalSinceNow < -86_400
            else { continue }
            try FileManager.default.removeItem(atPath: path)
        }
    }

    /// Stores what `chunks` brings; when this returns, it survives a loss of power. Whoever does not name it in the
    /// database within `grace`, and has not had it renewed, has it removed.
    package func store(_ chunks: some AsyncSequence<ByteBuffer, any Error>, limit: Int) async throws -> Blob {
        try await store(chunks, limit: limit, examine: { _ in }).0
    }

    /// The same, after `examine` has looked into the complete file at a path of its own, where waiting for the disk
    /// holds nobody up. When it throws, nothing is kept: what nobody could use later takes no room.
    package func store<Finding: Sendable>(
        _ chunks: some AsyncSequence<ByteBuffer, any Error>,
        limit: Int,
        examine: @escaping @Sendable (_ path: String) throws -> Finding
    ) async throws -> (Blob, Finding) {
        let file = IncomingFile(folder: BlobStore.incoming(folder), isNameless: takesNameless)
        do {
            // As they came: to join them would be to copy them.
            var gathered: [ByteBuffer] = []
            var size = 0
            var written = 0
            for try await chunk in chunks {
                size += chunk.readableBytes
                guard size <= limit else { throw BlobTooLarge(limit: limit) }
                gathered.append(chunk)
                if size - written >= BlobStore.portion || gathered.count >= BlobStore.pieces {
                    let portion = gathered
                    gathered = []
                    written = size
                    try await threads.run { for piece in portion { try file.write(piece) } }
                }
            }
            let (rest, total) = (gathered, size)
            // In one go: every change of threads costs more than the look into a small file.
            let stored = try await threads.run {
                for piece in rest { try file.write(piece) }
                // Also what is empty is a file.
                if rest.isEmpty, total == 0 { try file.write(ByteBuffer()) }
                let finding = try examine(file.path)
                let digest = file.seal()
                let place = place(of: digest)
                try directories.prepare(place.directories)
                try file.settle(at: place.path)
                try directories.flush(place.directories)
                return (Blob(digest: digest, size: total), finding)
            }
            loose.add([stored.0.digest])
            return stored
        } catch {
            // Whatever went wrong, nothing is left behind; and what went wrong is more telling than a failure here.
            try? await threads.run { file.discard() }
            throw error
        }
    }

    /// The content, in portions that fit into memory.
    package func read(_ digest: BlobDigest) -> BlobContent {
        BlobContent(digest: digest, path: path(of: digest), threads: threads)
    }

    /// Whether the stored bytes still have this digest.
    package func isIntact(_ digest: BlobDigest) async throws -> Bool {
        var hash = SHA256()
        for try await portion in read(digest) {
            portion.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        }
        return BlobDigest(hash.finalize()) == digest
    }

    package func size(of digest: BlobDigest) async throws -> Int {
        try await threads.run { try OutgoingFile.size(digest, at: path(of: digest)) }
    }

    /// Where the content lies, for tools that read files.
    package func path(of digest: BlobDigest) -> String { place(of: digest).path }

    /// `ab/abcd…`: 256 directories keep each one small enough, and soon all of them are there, so that a new file
    /// seldom brings a new directory to make durable.
    private func place(of digest: BlobDigest) -> (directories: [String], path: String) {
        let directory = "\(folder)/\(digest.rawValue.prefix(2))"
        return ([directory], "\(directory)/\(digest.rawValue)")
    }

    private static func incoming(_ folder: String) -> String { "\(folder)/incoming" }
    static func aside(_ folder: String) -> String { "\(folder)/leaving" }

    /// The file system flushes several files with one write of its journal, so some may wait for it together.
    private static let simultaneous = 16

    /// Large enough that most photographs take few writes, small enough that hundreds at once stay in memory.
    static let portion = 256 * 1024

    /// So many pieces at most wait to be written: each holds on to the memory it came in, however small it is.
    private static let pieces = 64
}
