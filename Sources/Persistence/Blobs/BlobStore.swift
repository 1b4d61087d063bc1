import Crypto
package import NIOCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Files by their content: the same content is stored once and never changed.
package struct BlobStore: Sendable {
    private let folder: String
    private let threads: BlockingThreads
    private let directories: DurableDirectories

    /// Begins the store in this folder, or continues it. What a crash left half-written there is removed a day later:
    /// a younger file may be one that another process on the same folder is just taking in.
    package init(folder: String) throws {
        self.folder = folder
        threads = BlockingThreads(count: BlobStore.simultaneous)
        directories = DurableDirectories(root: folder)
        let incoming = BlobStore.incoming(folder)
        try FileManager.default.createDirectory(atPath: incoming, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: incoming) {
            let path = "\(incoming)/\(name)"
            // Another process may have finished with it since the folder was read.
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                let changed = attributes[.modificationDate] as? Date, changed.timeIntervalSinceNow < -86_400
            else { continue }
            try FileManager.default.removeItem(atPath: path)
        }
    }

    /// Stores what `chunks` brings; when this returns, it survives a loss of power.
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
        let file = IncomingFile(path: "\(BlobStore.incoming(folder))/\(UUID().uuidString)")
        do {
            var gathered = ByteBuffer()
            var size = 0
            for try await chunk in chunks {
                size += chunk.readableBytes
                guard size <= limit else { throw BlobTooLarge(limit: limit) }
                gathered.writeImmutableBuffer(chunk)
                if gathered.readableBytes >= BlobStore.portion {
                    let portion = gathered
                    gathered = ByteBuffer()
                    try await threads.run { try file.write(portion) }
                }
            }
            let (rest, total) = (gathered, size)
            // In one go: every change of threads costs more than the look into a small file.
            return try await threads.run {
                try file.write(rest)
                let finding = try examine(file.path)
                let digest = try file.seal()
                let place = place(of: digest)
                try directories.prepare(place.directories)
                try file.move(to: place.path)
                try directories.flush(place.directories)
                return (Blob(digest: digest, size: total), finding)
            }
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

    /// Removes contents older than `age` that `isWanted` does not name, a folder of them at a time; tells how many.
    ///
    /// Whoever stores a content names it somewhere soon after; the age keeps those in between. While somebody copies
    /// the store nothing is removed.
    package func sweep(
        olderThan age: Double,
        isWanted: ([BlobDigest]) async throws -> Set<BlobDigest>
    ) async throws -> Int {
        guard let turn = try await threads.run({ [folder] in try SweepLock.sweeping(folder) }) else { return 0 }
        defer { turn.release() }
        var removed = 0
        for folder in try await threads.run({ try BlobStore.folders(in: folder) }) {
            let old = try await threads.run { try BlobStore.contents(of: folder) { $0.timeIntervalSinceNow < -age } }
            guard !old.isEmpty else { continue }
            let wanted = try await isWanted(old)
            for digest in old where !wanted.contains(digest) {
                let path = path(of: digest)
                try await threads.run { try FileManager.default.removeItem(atPath: path) }
                removed += 1
            }
        }
        return removed
    }

    /// Runs `body` while no sweep of any process removes anything: what a copied database names is still there when
    /// the files are copied.
    package func unswept<T>(_ body: () async throws -> T) async throws -> T {
        let turn = try await threads.run { [folder] in try SweepLock.copying(folder) }
        defer { turn.release() }
        return try await body()
    }

    /// Of `digests`, those that are not stored.
    package func missing(of digests: [BlobDigest]) async throws -> [BlobDigest] {
        try await threads.run { digests.filter { !FileManager.default.fileExists(atPath: path(of: $0)) } }
    }

    /// Contents that came after this instant, a folder of them at a time.
    package func newer(thanMilliseconds instant: Int, _ body: ([BlobDigest]) async throws -> Void) async throws {
        for folder in try await threads.run({ try BlobStore.folders(in: folder) }) {
            let new = try await threads.run {
                try BlobStore.contents(of: folder) { $0.timeIntervalSince1970 * 1000 > Double(instant) }
            }
            if !new.isEmpty { try await body(new) }
        }
    }

    private static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.utf8.count == 2 }.map {
            "\(folder)/\($0)"
        }
    }

    private static func contents(of folder: String, changed isMeant: (Date) -> Bool) throws -> [BlobDigest] {
        try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
            guard let digest = BlobDigest(rawValue: name),
                let changed = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.modificationDate]
                    as? Date, isMeant(changed)
            else { return nil }
            return digest
        }
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

    /// The file system flushes several files with one write of its journal, so some may wait for it together.
    private static let simultaneous = 16

    /// Large enough that most photographs take few writes, small enough that hundreds at once stay in memory.
    static let portion = 256 * 1024
}
