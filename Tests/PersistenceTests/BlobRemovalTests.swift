import Foundation
import NIOCore
import Testing

@testable import Persistence

@Suite struct BlobRemovalTests {
    private func withStore(_ body: (BlobStore, String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "removal-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(try BlobStore(folder: folder), folder)
    }

    private func stored(_ text: String, in store: BlobStore) async throws -> BlobDigest {
        let chunks = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            stream.yield(ByteBuffer(string: text))
            stream.finish()
        }
        return try await store.store(chunks, limit: .max).digest
    }

    private func age(_ path: String, by seconds: Double = 3600) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -seconds)],
            ofItemAtPath: path
        )
    }

    private func isThere(_ digest: BlobDigest, _ store: BlobStore) -> Bool {
        FileManager.default.fileExists(atPath: store.path(of: digest))
    }

    private func aside(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/leaving")
    }

    @Test func `what was stored and is named nowhere goes once it is old enough`() async throws {
        try await withStore { store, folder in
            let (named, loose) = (try await stored("named", in: store), try await stored("loose", in: store))
            #expect(try await store.tidy(isWanted: { _ in [named] }) == 0)
            #expect(isThere(loose, store))
            for digest in [named, loose] { try age(store.path(of: digest)) }
            #expect(try await store.tidy(isWanted: { _ in [named] }) == 1)
            #expect(isThere(named, store) && !isThere(loose, store))
            #expect(try aside(folder) == [])
        }
    }

    @Test func `what is named is asked about once, and again when a name of it was removed`() async throws {
        try await withStore { store, _ in
            let digest = try await stored("a", in: store)
            try age(store.path(of: digest))
            #expect(try await store.tidy(isWanted: { Set($0) }) == 0)
            #expect(try await store.tidy(isWanted: { _ in [] }) == 0)
            #expect(isThere(digest, store))
            store.release([digest])
            #expect(try await store.tidy(isWanted: { _ in [] }) == 1)
        }
    }

    @Test func `what somebody else stores again while it is being removed stays`() async throws {
        try await withStore { store, folder in
            let another = try BlobStore(folder: folder)
            let digest = try await stored("a", in: store)
            try age(store.path(of: digest))
            // Stored again between the question and the removal, and named only afterwards.
            let removed = try await store.tidy { _ in
                _ = try await stored("a", in: another)
                return []
            }
            #expect(removed == 0)
            #expect(try await another.isIntact(digest))
            #expect(try aside(folder) == [])
        }
    }

    @Test func `what somebody renews while it is being removed stays`() async throws {
        try await withStore { store, folder in
            let another = try BlobStore(folder: folder)
            let digest = try await stored("a", in: store)
            try age(store.path(of: digest))
            var questions = 0
            let removed = try await store.tidy { _ in
                questions += 1
                // Once before it is set aside, and once when it lies aside.
                try await another.renew([digest])
                return []
            }
            #expect(removed == 0 && questions == 1)

            try age(store.path(of: digest))
            store.release([digest])
            questions = 0
            let removedLater = try await store.tidy { _ in
                questions += 1
                if questions == 2 { try await another.renew([digest]) }
                return []
            }
            #expect(removedLater == 0 && questions == 2)
            #expect(try await another.isIntact(digest))
            #expect(try aside(folder) == [])
        }
    }

    @Test func `what somebody has named meanwhile is put back`() async throws {
        try await withStore { store, folder in
            let digest = try await stored("a", in: store)
            try age(store.path(of: digest))
            var questions = 0
            let removed = try await store.tidy { _ in
                questions += 1
                return questions == 1 ? [] : [digest]
            }
            #expect(removed == 0)
            #expect(isThere(digest, store))
            #expect(try aside(folder) == [])
        }
    }

    @Test func `when the database does not answer in the middle nothing is lost`() async throws {
        struct Gone: Error {}
        try await withStore { store, folder in
            let digest = try await stored("a", in: store)
            try age(store.path(of: digest))
            var questions = 0
            await #expect(throws: Gone.self) {
                try await store.tidy { _ in
                    questions += 1
                    if questions == 2 { throw Gone() }
                    return []
                }
            }
            #expect(isThere(digest, store))
            #expect(try aside(folder) == [])
            try age(store.path(of: digest))
            #expect(try await store.tidy(isWanted: { _ in [] }) == 1)
        }
    }

    @Test func `renewing what was removed says that it has to be sent again`() async throws {
        try await withStore { store, _ in
            let digest = try await stored("a", in: store)
            try age(store.path(of: digest))
            _ = try await store.tidy { _ in [] }
            await #expect(throws: BlobIsGone.self) { try await store.renew([digest]) }
        }
    }

    @Test func `the sweep finds what a process that died has left, and leaves alone what is young`() async throws {
        try await withStore { store, folder in
            let (old, young) = (try await stored("old", in: store), try await stored("young", in: store))
            try age(store.path(of: old), by: 90_000)
            let next = try BlobStore(folder: folder)
            #expect(try await next.sweep(olderThan: 86_400, isWanted: { _ in [] }) == 1)
            #expect(!isThere(old, store) && isThere(young, store))
        }
    }
}
