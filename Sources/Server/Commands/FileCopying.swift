import Foundation
import Persistence

/// Copies stored files from one store into another, which keeps what it has already.
struct FileCopying {
    let source: BlobStore
    let target: BlobStore
    /// Told how many of how many are done, now and then.
    let progress: @Sendable (Int, Int) -> Void

    struct Outcome {
        var copied = 0
        var copiedBytes = 0
        var stored: [Blob] = []
        /// Missing in the source, or damaged there.
        var lost: [BlobDigest] = []
    }

    /// Copies, never links: two names of one file would share its damage.
    func copy(_ digests: [BlobDigest]) async throws -> Outcome {
        var outcome = Outcome()
        var done = 0
        // Some wait for the disk together.
        while done < digests.count {
            let portion = digests[done..<min(done + 32, digests.count)]
            let found = try await withThrowingTaskGroup(of: (BlobDigest, Blob?, Bool).self) { group in
                for digest in portion { group.addTask { try await copyOne(digest) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for (digest, blob, isNew) in found {
                guard let blob else {
                    outcome.lost.append(digest)
                    continue
                }
                outcome.stored.append(blob)
                if isNew {
                    (outcome.copied, outcome.copiedBytes) = (outcome.copied + 1, outcome.copiedBytes + blob.size)
                }
            }
            done += portion.count
            if done % 1024 == 0 || done == digests.count { progress(done, digests.count) }
        }
        return outcome
    }

    private func copyOne(_ digest: BlobDigest) async throws -> (BlobDigest, Blob?, Bool) {
        do {
            let size = try await source.size(of: digest)
            if try await target.missing(of: [digest]).isEmpty, try await target.size(of: digest) == size {
                return (digest, Blob(digest: digest, size: size), false)
            }
            // It is named by what it holds, so a damaged file gets another name than the one it is looked for by.
            let blob = try await target.store(source.read(digest), limit: .max)
            return (digest, blob.digest == digest ? blob : nil, true)
        } catch is NoSuchBlob {
            return (digest, nil, false)
        }
    }
}
