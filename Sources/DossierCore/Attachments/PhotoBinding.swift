import Hummingbird
import Kernel
import NIOCore
package import Persistence
package import Scans
import Web

/// Photos of one paper become one PDF, which whoever opens the dossier reads like a paper.
extension Uploads {
    /// The PDF of `photos`, a page each, made anew whenever it is asked for.
    package func album(of photos: [AttachedFile], titled title: String, for asker: Asker) async throws -> [UInt8] {
        let paths = photos.compactMap { BlobDigest(rawValue: $0.digest).map(blobs.path) }
        return try await reader.file(.album(title: title, created: office.now), from: paths, for: asker)
    }

    /// The same PDF, stored.
    package func bind(
        _ photos: [AttachedFile],
        for component: String,
        titled title: String,
        by asker: Asker
    ) async throws -> AttachedFile {
        let pdf = try await album(of: photos, titled: title, for: asker)
        let blob = try await blobs.store(pdf)
        return AttachedFile(
            id: .fresh(at: office.now),
            component: component,
            name: "\(title.prefix(80)).pdf",
            kind: FileKind.pdf.mediaType,
            pages: photos.count,
            bytes: blob.size,
            digest: blob.digest.rawValue
        )
    }
}

extension BlobStore {
    /// Stores a content that is in memory.
    package func store(_ bytes: [UInt8]) async throws -> Blob {
        let chunks = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            stream.yield(ByteBuffer(bytes: bytes))
            stream.finish()
        }
        return try await store(chunks, limit: bytes.count)
    }
}

extension AttachedFile {
    /// A picture, which may be put together with others.
    package var isPhoto: Bool { kind == FileKind.jpeg.mediaType || kind == FileKind.png.mediaType }
}
