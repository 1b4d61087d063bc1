package import Hummingbird
import Kernel
import NIOCore
import Persistence

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The most that a program has to say: a form with all its answers.
package let largestJSON = 1 << 20

extension Request {
    /// The JSON that was sent, as `Value`; what does not fit is told with the place where it does not.
    package func json<Value: Decodable & Sendable>(
        _ type: Value.Type,
        _ context: some AudienceContext,
        limit: Int = 64 << 10
    ) async throws -> Value {
        let mediaType = ParameterisedValue(headers[.contentType] ?? "")?.value
        guard mediaType == "application/json" else { throw Problem.http(.unsupportedMediaType) }
        return try await readJSON(type, from: Array(try await body.collected(upTo: limit).readableBytesView))
    }
}

// One for the process, as its processors are: however many programs send JSON, two documents at a time are decoded, and
// not on the threads that answer requests.
private let readers = BlockingThreads(count: 2)

/// The JSON in `bytes` as `Value`, read away from the threads that answer requests.
package func readJSON<Value: Decodable & Sendable>(_ type: Value.Type, from bytes: [UInt8]) async throws -> Value {
    // Short ones are read before another thread would have woken up.
    guard bytes.count > 4096 else { return try jsonValue(type, from: bytes) }
    // Whoever has gone away needs no answer.
    try Task.checkCancellation()
    return try await readers.run { try jsonValue(type, from: bytes) }
}

/// The JSON in `bytes` as `Value`, wherever it came from.
package func jsonValue<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    // Read in one pass and within limits first: what the decoder then sees can no longer grow under its hands.
    let (document, bytes) = try JSONTree.read(bytes)
    if let tree = document as? Value { return tree }
    let decoder = JSONDecoder()
    decoder.userInfo[.document] = document
    do {
        return try decoder.decode(type, from: Data(bytes))
    } catch let error as DecodingError {
        throw Problem.misfit(error)
    }
}

extension Problem {
    fileprivate static func misfit(_ error: DecodingError) -> Problem {
        let (path, isMissing): ([any CodingKey], Bool) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath + [key], true)
            case .valueNotFound(_, let context): (context.codingPath, true)
            case .typeMismatch(_, let context), .dataCorrupted(let context): (context.codingPath, false)
            @unknown default: ([], false)
            }
        let place = path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        if case .dataCorrupted(let context) = error, let bounds = context.underlyingError as? OutOfBounds {
            let (least, most) = (bounds.range.lowerBound, bounds.range.upperBound)
            return invalid([
                FieldError(
                    place,
                    "Phải là số nguyên từ \(least) đến \(most).",
                    "Must be an integer from \(least) to \(most)."
                )
            ])
        }
        let errors = [
            isMissing
                ? FieldError(place, "Mục này còn thiếu.", "This is missing.")
                : FieldError(place, "Giá trị không đúng kiểu.", "This is not of the right kind.")
        ]
        return Problem(
            "malformed",
            "Không đọc được JSON gửi lên.",
            "The JSON that was sent cannot be read.",
            .badRequest,
            errors: place.isEmpty ? [] : errors
        )
    }
}
