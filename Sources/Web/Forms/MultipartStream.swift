package import Hummingbird
package import NIOCore

/// The parts of a form with files, one after the other, as they arrive.
///
///     for try await part in try MultipartStream(request, context) {
///         if let name = part.filename { try await blobs.store(part.body, limit: …) } else { try await part.text() }
///     }
package struct MultipartStream: AsyncSequence, Sendable {
    package typealias Element = MultipartPart

    private let reader: MultipartReader

    package init(_ request: Request, _ context: some AudienceContext) throws(Problem) {
        if let reader = context.visit.multipart {
            self.reader = reader
        } else {
            guard case .multipart(let boundary) = BodyEncoding(request) else { throw .http(.unsupportedMediaType) }
            reader = MultipartReader(request.body, boundary: boundary)
        }
    }

    init(reader: MultipartReader) { self.reader = reader }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let reader: MultipartReader

        package mutating func next() async throws -> MultipartPart? { try await reader.nextPart() }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
}

/// One field or file of a form.
package struct MultipartPart: Sendable {
    package let name: String
    /// Nil for a field; empty for a file field in which no file was chosen.
    package let filename: String?
    /// What the sender says it is; what it is, its content tells.
    package let contentType: String?
    /// Can be read once, before the next part is asked for.
    package let body: MultipartBody
    private let limit: Int

    init(head: MultipartHead, reader: MultipartReader, index: Int) {
        name = head.name
        filename = head.filename
        contentType = head.contentType
        body = MultipartBody(reader: reader, index: index)
        limit = reader.limits.field
    }

    /// The value of a field.
    package func text() async throws -> String { try await text(limit: limit) }

    func text(limit: Int) async throws -> String {
        var bytes: [UInt8] = []
        for try await chunk in body {
            guard bytes.count + chunk.readableBytes <= limit else { throw Problem.tooLarge }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { throw Problem.unreadable }
        return text
    }
}

/// The content of one part, in the chunks in which it arrives.
package struct MultipartBody: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer

    fileprivate let reader: MultipartReader
    fileprivate let index: Int

    /// The next part has been asked for already; a silent end would look like a short file.
    private struct PartIsGone: Error {}

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let reader: MultipartReader
        fileprivate let index: Int

        package mutating func next() async throws -> ByteBuffer? {
            guard reader.count == index else { throw PartIsGone() }
            return try await reader.nextChunk()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader, index: index) }
}
