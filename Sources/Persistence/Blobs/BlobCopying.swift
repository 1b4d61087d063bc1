#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What whoever copies the store asks of it.
extension BlobStore {
    /// Runs `body` while no sweep of any process removes anything: what a copied database names is still there when
    /// the files are copied.
    package func unswept<T>(_ body: () async throws -> T) async throws -> T {
        let turn = try await threads.run { [folder] in try SweepLock.copying(folder) }
        defer { turn.release() }
        return try await body()
    }

    /// Of `digests`, those that are not stored.
    package func missing(of digests: [BlobDigest]) async throws -> [BlobDigest] {
        try await threads.run { digests.filter { !FileManager.default.fileExists(atPath: self.path(of: $0)) } }
    }

    /// Contents that came after this instant, a folder of them at a time.
    package func newer(thanMilliseconds instant: Int, _ body: ([BlobDigest]) async throws -> Void) async throws {
        for folder in try await threads.run({ [folder] in try BlobStore.folders(in: folder) }) {
            let new = try await threads.run {
                try BlobStore.contents(of: folder).filter { digest in
                    let path = "\(folder)/\(digest.rawValue)"
                    let changed = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
                    return changed.map { $0.timeIntervalSince1970 * 1000 > Double(instant) } ?? false
                }
            }
            if !new.isEmpty { try await body(new) }
        }
    }
}
