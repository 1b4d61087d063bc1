import Hummingbird
import Kernel
import NIOCore
import Persistence
import Scans
import Web

/// Photos of one paper become one PDF, which whoever opens the dossier reads like a paper.
extension Uploads {
    /// The PDF of `photos`, a page each, made anew whenever it is asked for.
    func album(of photos: [AttachedFile], titled title: String) async throws -> [UInt8] {
        let paths = photos.compactMap { BlobDigest(rawValue: $0.digest).map(blobs.path) }
        let album = PhotoAlbum(paths: paths, title: title, created: office.now)
        do {
            return try await workbench.run { try album.pdf() }
        } catch let fault as PhotoFault {
            throw fault.refusal
        }
    }

    /// The same PDF, stored.
    func bind(_ photos: [AttachedFile], for component: String, titled title: String) async throws -> AttachedFile {
        let pdf = try await album(of: photos, titled: title)
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
    func store(_ bytes: [UInt8]) async throws -> Blob {
        let chunks = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            stream.yield(ByteBuffer(bytes: bytes))
            stream.finish()
        }
        return try await store(chunks, limit: bytes.count)
    }
}

extension AttachedFile {
    /// A picture, which may be put together with others.
    var isPhoto: Bool { kind == FileKind.jpeg.mediaType || kind == FileKind.png.mediaType }
}

extension PhotoFault {
    /// What to do about a photo that cannot become a page.
    var refusal: Problem {
        switch self {
        case .tooManyPixels:
            Problem(
                "photo-too-large",
                "Có ảnh quá 50 triệu điểm ảnh. Hãy giảm độ phân giải của máy ảnh (12 MP là đủ) rồi chụp lại.",
                "A picture has more than 50 million pixels. Please lower the camera's resolution (12 MP will do).",
                .unprocessableContent
            )
        case .unreadable:
            Problem(
                "photo-unreadable",
                "Có ảnh bị hỏng nên không gộp được. Hãy xóa ảnh đó rồi chụp lại.",
                "A picture is damaged and cannot be put into the PDF. Please remove it and take it again.",
                .unprocessableContent
            )
        }
    }
}
