package import Hummingbird
import Kernel
import NIOCore

/// A file to be saved, never shown inside our own origin: what people upload may be made to look like a page.
///
/// One that is made while it is sent has neither a size nor a tag, and is kept by nobody.
package func download(
    _ name: String,
    type: String,
    size: Int? = nil,
    tag: String? = nil,
    _ context: some AudienceContext,
    body: ResponseBody
) -> Response {
    let kind = FileKind.allCases.first { $0.mediaType == type }
    var headers: HTTPFields = [
        .contentType: type,
        .contentDisposition: disposition("attachment", kind?.ending(name) ?? name),
        .xContentTypeOptions: "nosniff",
        .contentSecurityPolicy: "default-src 'none'; sandbox",
        .cacheControl: tag == nil ? "no-store" : "private, no-cache",
    ]
    if let size { headers[.contentLength] = String(size) }
    let response = Response(status: .ok, headers: headers, body: body)
    return tag.map { response.tagged($0, context.visit) } ?? response
}

/// A paper that we have made ourselves, as a PDF that the browser shows and prints.
package func printed(_ paper: [UInt8], named name: String, _ context: some AudienceContext) -> Response {
    let headers: HTTPFields = [
        .contentType: "application/pdf",
        .contentDisposition: disposition("inline", name),
        .contentLength: String(paper.count),
        .xContentTypeOptions: "nosniff",
        .cacheControl: "private, no-cache",
    ]
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: paper)))
        .tagged(entityTag(of: paper), context.visit)
}

/// RFC 6266: a plain name for old programs, and the real one, as RFC 8187 writes letters beyond ASCII.
func disposition(_ kind: String, _ name: String) -> String {
    let name = name.tidied.filter { $0 != "\n" && $0 != "\t" && $0 != "/" && $0 != "\\" }
    let plain = String(name.folding.map { $0.isASCII && $0 != "\"" && $0 != "%" ? $0 : "_" })
    return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(PercentEncoding.escaped(name))"
}

extension String {
    /// Without accents, but otherwise as it is: `Tờ khai.pdf` becomes `To khai.pdf`.
    fileprivate var folding: String { String(map { $0.isASCII ? $0 : String($0).folded.first ?? "_" }) }
}
