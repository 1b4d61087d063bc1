package import Hummingbird
import NIOCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A value as JSON, with an ETag; a program that has it already is told so with 304.
package func json(
    _ value: some Encodable,
    _ context: some AudienceContext,
    status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:]
) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let body = try encoder.encode(value)
    var headers = headers
    headers[.contentType] = "application/json; charset=utf-8"
    headers[.contentLanguage] = context.language.rawValue
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
        .tagged(entityTag(of: body), context.visit)
}
