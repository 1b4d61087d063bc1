package import Hummingbird
import NIOCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Request {
    /// The JSON that was sent, as `Value`; what does not fit is told with the place where it does not.
    package func json<Value: Decodable>(
        _ type: Value.Type,
        _ context: some AudienceContext,
        limit: Int = 1 << 20
    ) async throws -> Value {
        let mediaType = ParameterisedValue(headers[.contentType] ?? "")?.value
        guard mediaType == "application/json" else { throw Problem.http(.unsupportedMediaType) }
        return try jsonValue(type, from: Array(try await body.collected(upTo: limit).readableBytesView))
    }
}

/// The JSON in `bytes` as `Value`, wherever it came from.
package func jsonValue<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    // A NUL can be written in JSON and stored in no database.
    guard !bytes.mentionsNUL else { throw Problem.unreadable }
    do {
        return try JSONDecoder().decode(type, from: Data(bytes))
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

extension [UInt8] {
    /// `\u0000`, unless the backslash is itself escaped.
    fileprivate var mentionsNUL: Bool {
        let escape = Array("u0000".utf8)
        var index = startIndex
        while index < endIndex {
            if self[index] == 0 { return true }
            if self[index] == UInt8(ascii: "\\") {
                if self[(index + 1)...].starts(with: escape) { return true }
                index += 1
            }
            index += 1
        }
        return false
    }
}
