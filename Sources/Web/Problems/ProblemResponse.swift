import Hummingbird
import Markup
import NIOCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Problem {
    /// The answer: `application/problem+json` for programs, a page for people.
    func response(to request: Request, _ context: some AudienceContext) -> Response {
        var response = wantsJSON(request, context) ? json(context) : page(context)
        response.headers.append(contentsOf: headers)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func wantsJSON(_ request: Request, _ context: some AudienceContext) -> Bool {
        context.visit.isAPI || request.prefersJSON
    }

    private struct Document: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let instance: String
        let errors: [FieldError]?
    }

    private func json(_ context: some AudienceContext) -> Response {
        let document = Document(
            type: "/problems/\(slug)",
            title: status.reasonPhrase,
            status: status.code,
            detail: context.language(vi, en),
            instance: "urn:request:\(context.requestID)",
            errors: errors.isEmpty ? nil : errors
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings, numbers and arrays of strings always encode.
        let body = (try? encoder.encode(document)) ?? Data()
        return Response(
            status: status,
            headers: [
                .contentType: "application/problem+json; charset=utf-8", .contentLanguage: context.language.rawValue,
            ],
            body: .init(byteBuffer: ByteBuffer(bytes: body))
        )
    }

    private func page(_ context: some AudienceContext) -> Response {
        let say = context.language
        let home = Way(Words("Về trang chủ", "Back to the home page"), context.visit.isWorkspace ? "/work" : "/")
        let way = way ?? home
        return Web.page(heading(say), context, status: status) {
            """
            \(notice(status.code >= 500 ? .bad : .waiting) { "<p>\(say(vi, en))</p>" })
            \(errors.isEmpty ? nil : "<ul>\(errors.map { "<li>\(say($0.vi, $0.en))</li>" as HTML })</ul>" as HTML)
            \(actions(linkButton(say(way.words), way.path)))
            <p class="quiet">\(say("Mã yêu cầu", "Request id")): <code>\(context.requestID)</code></p>
            """
        }
    }

    private func heading(_ say: Language) -> String {
        switch status.code {
        case 401: say("Cần đăng nhập", "Sign-in needed")
        case 403: say("Không được phép", "Not allowed")
        case 404: say("Không tìm thấy", "Not found")
        case 409: say("Chưa thực hiện được", "This cannot be done now")
        case 413: say("Dữ liệu quá lớn", "Too large")
        case 429: say("Quá nhiều lần thử", "Too many attempts")
        case 503: say("Tạm thời chưa phục vụ được", "Not available for the moment")
        case 500...: say("Hệ thống gặp lỗi", "Something went wrong")
        default: say("Cần xem lại", "Please check")
        }
    }
}

extension Request {
    /// A program asks for JSON by name and does not ask for a page.
    var prefersJSON: Bool {
        guard let accept = headers[.accept] else { return false }
        return accept.contains("json") && !accept.contains("text/html")
    }
}
