import Glibc
import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What was stored but is named nowhere any more, or never was, is removed.
///
/// The same content may be wanted by others, stored again at this very moment, perhaps by another process. So the rule
/// is: whoever names a content in the database has stored or renewed it less than `grace` before the commit. A content
/// is removed in three steps. First it is set aside under another name, so that from then on nobody renews it unseen.
/// Then its age is read: somebody who has stored or renewed it before that made it young, and it is put back. Then the
/// database is asked again: somebody who did so longer than `grace` ago has committed, and it is put back. Whoever
/// renews it after the first step finds it aside and takes it back, and whoever stores it anew has a file of their own.
extension BlobStore {
    /// In seconds: how long a content may be stored and not be named. Longer than any transaction takes, and longer
    /// than whoever reads a pile needs to cut it.
    package static let grace = 900.0

    /// Removes those of `loose` that nobody names, once they are older than `age`; tells how many.
    ///
    /// Every process does so for what it stored or released itself; what one leaves behind that dies, `sweep` finds.
    @discardableResult
    package func tidy(
        olderThan age: Double = BlobStore.grace,
        isWanted: ([BlobDigest]) async throws -> Set<BlobDigest>
    ) async throws -> Int {
        try await takeBack(isWanted)
        let all = loose.take()
        var removed = 0
        for start in stride(from: 0, to: all.count, by: BlobStore.several) {
            let some = Array(all[start..<min(all.count, start + BlobStore.several)])
            do {
                let old = try await threads.run { some.filter { self.isOlder($0, than: age) } }
                loose.add(Set(some).subtracting(old))
                removed += try await remove(old, olderThan: age, isWanted)
            } catch {
                loose.add(all[start...])
                throw error
            }
        }
        return removed
    }

    /// Removes contents older than `age` that `isWanted` does not name, a folder of them at a time; tells how many.
    @discardableResult
    package func sweep(
        olderThan age: Double,
        isWanted: ([BlobDigest]) async throws -> Set<BlobDigest>
    ) async throws -> Int {
        try await takeBack(isWanted)
        var removed = 0
        for folder in try await threads.run({ try BlobStore.folders(in: folder) }) {
            let old = try await threads.run {
                try BlobStore.contents(of: folder).filter { self.isOlder($0, than: age) }
            }
            removed += try await remove(old, olderThan: age, isWanted)
        }
        return removed
    }

    /// Says that somewhere a name of these contents was removed, perhaps the last one.
    package func release(_ digests: some Sequence<BlobDigest>) { loose.add(digests) }

    /// To be called right before contents are named that were stored some time ago.
    package func renew(_ digests: some Collection<BlobDigest> & Sendable) async throws {
        guard !digests.isEmpty else { return }
        try await threads.run {
            for digest in digests where !self.renew(self.path(of: digest)) {
                let aside = self.aside(digest)
                guard self.renew(aside), rename(aside, self.path(of: digest)) == 0 || self.renew(self.path(of: digest))
                else { throw BlobIsGone(digest: digest) }
            }
        }
    }

    private func remove(
        _ candidates: [BlobDigest],
        olderThan age: Double,
        _ isWanted: ([BlobDigest]) async throws -> Set<BlobDigest>
    ) async throws -> Int {
        guard !candidates.isEmpty else { return 0 }
        let wanted = try await isWanted(candidates)
        let leaving = try await threads.run {
            candidates.filter { !wanted.contains($0) && self.setAside($0, olderThan: age) }
        }
        return try await decide(leaving, isWanted)
    }

    /// Puts back what is wanted of what lies aside, and removes the rest.
    private func decide(
        _ leaving: [BlobDigest],
        _ isWanted: ([BlobDigest]) async throws -> Set<BlobDigest>
    ) async throws -> Int {
        guard !leaving.isEmpty else { return 0 }
        let wanted: Set<BlobDigest>
        do {
            wanted = try await isWanted(leaving)
        } catch {
            try await threads.run { for digest in leaving { self.putBack(digest) } }
            throw error
        }
        return try await threads.run {
            leaving.count { digest in
                guard wanted.contains(digest) else { return unlink(self.aside(digest)) == 0 }
                self.putBack(digest)
                return false
            }
        }
    }

    /// A process that died in the middle has left something aside.
    private func takeBack(_ isWanted: ([BlobDigest]) async throws -> Set<BlobDigest>) async throws {
        let left = try await threads.run {
            try BlobStore.contents(of: self.folderAside).filter { digest in
                var status = stat()
                // By when it was set aside: one that another process has just set aside is that one's to decide.
                return stat(self.aside(digest), &status) == 0 && time(nil) - status.st_ctim.tv_sec > 60
            }
        }
        _ = try await decide(left, isWanted)
    }

    /// False when it is not there, or was stored or renewed a moment ago.
    private func setAside(_ digest: BlobDigest, olderThan age: Double) -> Bool {
        guard rename(path(of: digest), aside(digest)) == 0 else { return false }
        guard BlobStore.age(aside(digest)).map({ $0 >= age }) ?? false else {
            putBack(digest)
            return false
        }
        return true
    }

    /// Young, because it may take the place of one that was just stored.
    private func putBack(_ digest: BlobDigest) {
        _ = renew(aside(digest))
        rename(aside(digest), path(of: digest))
    }

    private func isOlder(_ digest: BlobDigest, than age: Double) -> Bool {
        BlobStore.age(path(of: digest)).map { $0 >= age } ?? false
    }

    /// Sets the time of its last change to now; false when it is not there.
    private func renew(_ path: String) -> Bool { utimensat(AT_FDCWD, path, nil, 0) == 0 }

    private var folderAside: String { BlobStore.aside(folder) }
    private func aside(_ digest: BlobDigest) -> String { "\(folderAside)/\(digest.rawValue)" }

    /// In seconds; nil when nothing is there.
    private static func age(_ path: String) -> Double? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Date().timeIntervalSince1970 - Double(status.st_mtim.tv_sec) - Double(status.st_mtim.tv_nsec) / 1e9
    }

    private static func folders(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.utf8.count == 2 }.map {
            "\(folder)/\($0)"
        }
    }

    private static func contents(of folder: String) throws -> [BlobDigest] {
        try FileManager.default.contentsOfDirectory(atPath: folder).compactMap(BlobDigest.init(rawValue:))
    }

    /// So many are asked about at once.
    private static let several = 1000
}

/// The content was removed before it was named; it has to be sent again.
package struct BlobIsGone: Error {
    package let digest: BlobDigest

    package init(digest: BlobDigest) { self.digest = digest }
}

/// Contents of which it is not known whether anything names them: just stored, or released.
final class LooseBlobs: Sendable {
    private let digests = Mutex<Set<BlobDigest>>([])

    /// What is forgotten beyond this, the daily sweep finds.
    private static let most = 100_000

    func add(_ more: some Sequence<BlobDigest>) {
        digests.withLock { digests in
            for digest in more where digests.count < Self.most { digests.insert(digest) }
        }
    }

    func take() -> [BlobDigest] {
        digests.withLock { digests in
            defer { digests = [] }
            return Array(digests)
        }
    }
}
