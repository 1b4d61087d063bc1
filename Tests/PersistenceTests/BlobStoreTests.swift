import Crypto
import Foundation
import NIOCore
import Testing

@testable import Persistence

@Suite struct BlobStoreTests {
    private struct Broken: Error {}

    private func withStore(_ body: (BlobStore, String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "blobs-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(try BlobStore(folder: folder), folder)
    }

    /// `bytes` in pieces of `size`, and at the end perhaps a failure.
    private func pieces(
        _ bytes: [UInt8],
        of size: Int,
        thenFailing: Bool = false
    ) -> AsyncThrowingStream<ByteBuffer, any Error> {
        AsyncThrowingStream { continuation in
            for start in stride(from: 0, to: bytes.count, by: size) {
                continuation.yield(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            }
            continuation.finish(throwing: thenFailing ? Broken() : nil)
        }
    }

    private func incoming(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/incoming")
    }

    private func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }

    @Test(arguments: [0, 1, 100_000, BlobStore.portion, BlobStore.portion + 1, 1_500_000])
    func `what is stored comes back the same, under its digest`(size: Int) async throws {
        try await withStore { store, folder in
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let blob = try await store.store(pieces(bytes, of: 16_384), limit: size)
            #expect(blob.size == size)
            #expect(blob.digest.rawValue == sha256(bytes))
            var back: [UInt8] = []
            for try await portion in store.read(blob.digest) { back += portion.readableBytesView }
            #expect(back == bytes)
            #expect(try await store.size(of: blob.digest) == size)
            let name = blob.digest.rawValue
            #expect(store.path(of: blob.digest) == "\(folder)/\(name.prefix(2))/\(name)")
            #expect(try incoming(folder) == [])
        }
    }

    @Test(arguments: [10, 1_000_000])
    func `more than the limit is refused and nothing is left behind`(limit: Int) async throws {
        try await withStore { store, folder in
            await #expect(throws: BlobTooLarge.self) {
                try await store.store(pieces(Array(repeating: 7, count: limit + 1), of: 65_536), limit: limit)
            }
            let entries = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(entries.sorted() == ["incoming", "leaving"])
            #expect(try incoming(folder) == [])
        }
    }

    @Test func `an upload that breaks off or is cancelled leaves nothing behind`() async throws {
        try await withStore { store, folder in
            let bytes = [UInt8](repeating: 7, count: 900_000)
            await #expect(throws: Broken.self) {
                try await store.store(pieces(bytes, of: 65_536, thenFailing: true), limit: .max)
            }
            let (chunks, sending) = AsyncThrowingStream.makeStream(of: ByteBuffer.self, throwing: (any Error).self)
            let upload = Task { try await store.store(chunks.cancellable, limit: .max) }
            sending.yield(ByteBuffer(bytes: bytes))
            upload.cancel()
            await #expect(throws: CancellationError.self) { try await upload.value }
            let leftovers = try incoming(folder)
            #expect(leftovers == [])
        }
    }

    @Test func `many may store the same content at once`() async throws {
        try await withStore { store, folder in
            let bytes = [UInt8](repeating: 9, count: 300_000)
            let blobs = try await withThrowingTaskGroup { group in
                for _ in 0..<20 { group.addTask { try await store.store(pieces(bytes, of: 50_000), limit: .max) } }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(blobs.count == 1)
            #expect(try incoming(folder) == [])
        }
    }

    @Test func `what was damaged is whole again once it is stored again`() async throws {
        try await withStore { store, folder in
            let bytes = [UInt8](repeating: 7, count: 100_000)
            let blob = try await store.store(pieces(bytes, of: 16_384), limit: .max)
            try Data("cut off".utf8).write(to: URL(filePath: store.path(of: blob.digest)))
            #expect(try await store.isIntact(blob.digest) == false)
            #expect(try await store.store(pieces(bytes, of: 16_384), limit: .max) == blob)
            #expect(try await store.isIntact(blob.digest))
            #expect(try incoming(folder) == [])
        }
    }

    @Test(arguments: [true, false])
    func `with or without a name on its way, a file comes to its place once and leaves nothing beside it`(
        isNameless: Bool
    ) async throws {
        try await withStore { _, folder in
            let (incoming, place) = ("\(folder)/incoming", "\(folder)/place")
            for content in ["first", "second"] {
                let file = IncomingFile(folder: incoming, isNameless: isNameless)
                try file.write(ByteBuffer(string: content))
                #expect(try FileManager.default.contentsOfDirectory(atPath: incoming).count == (isNameless ? 0 : 1))
                try file.settle(at: place)
                #expect(try String(contentsOfFile: place, encoding: .utf8) == content)
            }
            let abandoned = IncomingFile(folder: incoming, isNameless: isNameless)
            try abandoned.write(ByteBuffer(string: "third"))
            abandoned.discard()
            #expect(try FileManager.default.contentsOfDirectory(atPath: incoming) == [])
        }
    }

    @Test func `whoever looks into a file on its way in can read all of it`() async throws {
        try await withStore { store, _ in
            let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let (_, seen) = try await store.store(pieces(bytes, of: 1000), limit: .max) { path in
                try [UInt8](Data(contentsOf: URL(filePath: path)))
            }
            #expect(seen == bytes)
        }
    }

    @Test func `what a crash left half-written is removed a day later, what another process takes in is not`()
        async throws
    {
        try await withStore { _, folder in
            for name in ["old", "new"] { try Data("x".utf8).write(to: URL(filePath: "\(folder)/incoming/\(name)")) }
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -90_000)],
                ofItemAtPath: "\(folder)/incoming/old"
            )
            _ = try BlobStore(folder: folder)
            #expect(try incoming(folder) == ["new"])
        }
    }

    @Test func `what is not stored is said not to be`() async throws {
        try await withStore { store, _ in
            let digest = try #require(BlobDigest(rawValue: String(repeating: "a", count: 64)))
            await #expect(throws: NoSuchBlob.self) { try await store.size(of: digest) }
            await #expect(throws: NoSuchBlob.self) { for try await _ in store.read(digest) {} }
        }
    }

    @Test(arguments: ["", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "a", count: 63)])
    func `nothing but a digest names a blob`(name: String) {
        #expect(BlobDigest(rawValue: name) == nil)
    }

    @Test func `while somebody copies the store, no sweep removes anything`() async throws {
        try await withStore { store, folder in
            let blob = try await store.store(pieces([1, 2, 3], of: 3), limit: 3)
            let other = try BlobStore(folder: folder)
            let removed = try await store.unswept { try await other.sweep(olderThan: -1) { _ in [] } }
            #expect(removed == 0)
            #expect(try await store.missing(of: [blob.digest]).isEmpty)
            #expect(try await other.sweep(olderThan: -1) { _ in [] } == 1)
            #expect(try await store.missing(of: [blob.digest]) == [blob.digest])
        }
    }

    @Test func `only its owner may read what is stored`() async throws {
        try await withStore { store, _ in
            let blob = try await store.store(pieces([1, 2, 3], of: 3), limit: 3)
            let path = store.path(of: blob.digest)
            for (place, mode) in [(path, 0o600), ((path as NSString).deletingLastPathComponent, 0o700)] {
                let found = try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? Int
                #expect(found == mode, "\(place)")
            }
        }
    }
}

extension AsyncThrowingStream where Element: Sendable, Failure == any Error {
    /// A request body fails when its task is cancelled; a plain stream just ends.
    fileprivate var cancellable: AsyncThrowingMapSequence<Self, Element> {
        map { element in
            try await Task.sleep(for: .milliseconds(1))
            return element
        }
    }
}
