import Hummingbird
import NIOCore

/// Reads a multipart body from the front to the end, holding no more of it than the chunk at hand and a boundary.
///
/// The parts follow each other in one stream, so one part must be read, or is passed over, before the next one is
/// asked for.
// Unchecked, because a request has one body and one task that reads it; the reader only moves along with that task.
final class MultipartReader: @unchecked Sendable {
    private enum Place { case beforeFirst, inside, betweenParts, ended }

    private var body: RequestBody.AsyncIterator
    /// What a boundary looks like in the stream. The first one may lack the line break, which is therefore given.
    private let delimiter: [UInt8]
    let limits: MultipartLimits
    private var buffer = ByteBuffer(string: "\r\n")
    private var place = Place.beforeFirst
    private var received = 0
    private(set) var count = 0

    init(_ body: RequestBody, boundary: String, limits: MultipartLimits = MultipartLimits()) {
        self.body = body.makeAsyncIterator()
        self.limits = limits
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// The next part, or nil after the last.
    func nextPart() async throws -> MultipartPart? {
        guard (5...74).contains(delimiter.count) else { throw Problem.brokenMultipart }
        while try await nextChunk() != nil {}
        guard try await readBoundaryLine() else { return nil }
        count += 1
        guard count <= limits.parts else { throw Problem.tooManyParts }
        let head = try MultipartHead(try await readHead())
        place = .inside
        return MultipartPart(head: head, reader: self, index: count)
    }

    /// More of the part at hand, or of what precedes the first; nil once a boundary is behind us.
    func nextChunk() async throws -> ByteBuffer? {
        guard place == .beforeFirst || place == .inside else { return nil }
        while true {
            switch search() {
            case .delimiter(at: 0):
                buffer.moveReaderIndex(forwardBy: delimiter.count)
                place = .betweenParts
                return nil
            case .delimiter(let offset): return buffer.readSlice(length: offset)
            case .beginning(let offset) where offset > 0: return buffer.readSlice(length: offset)
            case .nothing where buffer.readableBytes > 0: return buffer.readSlice(length: buffer.readableBytes)
            case .beginning, .nothing: try await fill()
            }
        }
    }

    private enum Finding { case delimiter(at: Int), beginning(at: Int), nothing }

    /// The first delimiter in the buffer, or the beginning of what may turn out to be one.
    private func search() -> Finding {
        buffer.withUnsafeReadableBytes { bytes in
            var start = 0
            while let offset = bytes.firstIndex(of: UInt8(ascii: "\r"), from: start) {
                let length = min(delimiter.count, bytes.count - offset)
                if bytes[offset..<offset + length].elementsEqual(delimiter[..<length]) {
                    return length == delimiter.count ? .delimiter(at: offset) : .beginning(at: offset)
                }
                start = offset + 1
            }
            return .nothing
        }
    }

    /// Reads the rest of a boundary line: whether another part follows it.
    private func readBoundaryLine() async throws -> Bool {
        guard place == .betweenParts else { return false }
        while buffer.readableBytes < 2 { try await fill() }
        if buffer.readableBytesView.starts(with: "--".utf8) {
            place = .ended
            return false
        }
        // RFC 2046 lets relays pad the line with blanks.
        while let byte = buffer.readableBytesView.first, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
            buffer.moveReaderIndex(forwardBy: 1)
            if buffer.readableBytes < 2 { try await fill() }
        }
        guard buffer.readableBytesView.starts(with: "\r\n".utf8) else { throw Problem.brokenMultipart }
        return true
    }

    /// The lines that say what a part is. The search begins at the end of the boundary line, so that a part without
    /// such lines is seen to have none.
    private func readHead() async throws -> [UInt8] {
        // Bytes are looked at once, however small the pieces in which a slow sender delivers them.
        var searched = 0
        while true {
            if let length = endOfHead(from: searched), length <= limits.head {
                let head = buffer.readBytes(length: length) ?? []
                buffer.moveReaderIndex(forwardBy: 4)
                return Array(head.dropFirst(2))
            }
            guard buffer.readableBytes <= limits.head else { throw Problem.brokenMultipart }
            searched = max(0, buffer.readableBytes - 3)
            try await fill()
        }
    }

    private func endOfHead(from start: Int) -> Int? {
        buffer.withUnsafeReadableBytes { bytes in
            var index = start
            while index + 4 <= bytes.count {
                if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 {
                    return index
                }
                index += 1
            }
            return nil
        }
    }

    private func fill() async throws {
        guard let chunk = try await body.next() else { throw Problem.brokenMultipart }
        received += chunk.readableBytes
        guard received <= limits.total else { throw Problem.tooLarge }
        if buffer.readableBytes == 0 {
            buffer = chunk
        } else {
            // Slices given away share the old storage, which is therefore left to them.
            var joined = ByteBuffer()
            joined.reserveCapacity(buffer.readableBytes + chunk.readableBytes)
            joined.writeImmutableBuffer(buffer)
            joined.writeImmutableBuffer(chunk)
            buffer = joined
        }
    }
}

/// How much a multipart body may hold; a single file is limited by whoever stores it.
struct MultipartLimits: Sendable {
    var parts = 50
    var head = 16 << 10
    var field = 1 << 20
    var total = 256 << 20
}

extension Problem {
    static let brokenMultipart = malformed(
        "Dữ liệu gửi lên bị hỏng hoặc bị cắt ngang. Hãy kiểm tra đường truyền và gửi lại.",
        "What was sent is broken or was cut off on the way. Please check your connection and send it again."
    )

    static let tooManyParts = malformed(
        "Gửi quá nhiều tệp hoặc mục cùng lúc. Hãy gửi làm nhiều lần.",
        "Too many files or fields were sent at once. Please send them in several goes."
    )
}
