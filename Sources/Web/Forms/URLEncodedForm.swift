package import Hummingbird
import NIOCore

extension FormData {
    /// A form of an honest page is far below both.
    static let byteLimit = 1 << 20
    static let pairLimit = 5000

    /// Reads `application/x-www-form-urlencoded`.
    package init(urlEncoded text: some Sequence<UInt8>) throws(Problem) {
        let bytes = Array(text)
        self.init()
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < FormData.pairLimit else { throw .tooLarge }
            let cut = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            append(
                try PercentEncoding.text(pair[..<cut], plusIsBlank: true),
                try PercentEncoding.text(pair[cut...].dropFirst(), plusIsBlank: true)
            )
        }
    }

    init(urlEncoded body: RequestBody) async throws {
        try self.init(urlEncoded: try await body.collected(upTo: FormData.byteLimit).readableBytesView)
    }
}

extension RequestBody {
    func collected(upTo limit: Int) async throws -> ByteBuffer {
        do {
            return try await collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge
        }
    }
}

extension Request {
    /// The fields of the query, read as strictly as a form.
    package var query: FormData {
        get throws(Problem) { try FormData(urlEncoded: (uri.query ?? "").utf8) }
    }
}
