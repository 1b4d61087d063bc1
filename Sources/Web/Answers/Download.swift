package import Hummingbird
import Kernel

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
    var headers: HTTPFields = [
        .contentType: type,
        .contentDisposition: attachment(name),
        .xContentTypeOptions: "nosniff",
        .contentSecurityPolicy: "default-src 'none'; sandbox",
        .cacheControl: tag == nil ? "no-store" : "private, no-cache",
    ]
    if let size { headers[.contentLength] = String(size) }
    let response = Response(status: .ok, headers: headers, body: body)
    return tag.map { response.tagged($0, context.visit) } ?? response
}

/// RFC 6266: a plain name for old programs, and the real one, as RFC 8187 writes letters beyond ASCII.
func attachment(_ name: String) -> String {
    let name = name.tidied.filter { $0 != "\n" && $0 != "\t" && $0 != "/" && $0 != "\\" }
    let plain = String(name.folding.map { $0.isASCII && $0 != "\"" && $0 != "%" ? $0 : "_" })
    return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(PercentEncoding.escaped(name))"
}

extension String {
    /// Without accents, but otherwise as it is: `Tờ khai.pdf` becomes `To khai.pdf`.
    fileprivate var folding: String { String(map { $0.isASCII ? $0 : String($0).folded.first ?? "_" }) }
}
