import Crypto
package import Hummingbird

/// A short name for content: the same content always has the same one.
package func entityTag(of content: some Sequence<UInt8>) -> String {
    var hash = SHA256()
    content.withContiguousStorageIfAvailable { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        ?? hash.update(data: Array(content))
    return String(hex(hash.finalize()).prefix(24))
}

extension Response {
    /// Names the content of this answer; a browser that has it already is told so with 304 instead.
    package func tagged(_ tag: String, _ visit: Visit) -> Response {
        guard status == .ok else { return self }
        var response = self
        response.headers[.eTag] = "\"\(tag)\""
        guard visit.method == .get || visit.method == .head, visit.has(tag) else { return response }
        var headers = response.headers
        headers[.contentType] = nil
        headers[.contentLength] = nil
        var unchanged = Response(status: .notModified, headers: headers)
        unchanged.headers[.contentLength] = nil
        return unchanged
    }
}

extension Visit {
    /// Whether `If-None-Match` names this content.
    fileprivate func has(_ tag: String) -> Bool {
        guard let ifNoneMatch else { return false }
        return ifNoneMatch.split(separator: ",").contains { candidate in
            let candidate = candidate.filter { $0 != " " }
            return candidate == "*" || candidate == "\"\(tag)\"" || candidate == "W/\"\(tag)\""
        }
    }
}
