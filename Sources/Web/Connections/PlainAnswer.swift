import HTTPTypes
import Hummingbird
import NIOCore

/// An answer given before anything knows who asks or which page was meant: a sentence in both languages.
struct PlainAnswer {
    let head: HTTPResponse
    let body: ByteBuffer

    static func busy(_ request: HTTPRequest) -> PlainAnswer {
        PlainAnswer(
            .busy,
            asJSON: request.path?.hasPrefix("/api/") == true || request.headerFields.prefersJSON
        )
    }

    static let tooSlow = PlainAnswer(TooSlow().problem, asJSON: false)

    private init(_ problem: Problem, asJSON: Bool) {
        // The sentences are our own and hold nothing that either form would have to escape.
        let text =
            asJSON
            ? """
            {"detail":"\(problem.vi)","status":\(problem.status.code),\
            "title":"\(problem.status.reasonPhrase)","type":"/problems/\(problem.slug)"}
            """
            : """
            <!DOCTYPE html><html lang="vi"><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width"><title>\(problem.status.code)</title>\
            <h1>\(problem.vi)</h1><p lang="en">\(problem.en)</p></html>
            """
        body = ByteBuffer(string: text)
        var headers = problem.headers
        headers[.contentType] = asJSON ? "application/problem+json; charset=utf-8" : "text/html; charset=utf-8"
        headers[.contentLength] = String(body.readableBytes)
        headers[.contentSecurityPolicy] = "default-src 'none'"
        headers[.xContentTypeOptions] = "nosniff"
        headers[.cacheControl] = "no-store"
        headers[.connection] = "close"
        head = HTTPResponse(status: problem.status, headerFields: headers)
    }
}

/// What was being sent came too slowly to go on waiting.
struct TooSlow: ProblemConvertible {
    var problem: Problem {
        Problem(
            "too-slow",
            "Dữ liệu gửi lên bị dừng quá lâu nên máy chủ không chờ nữa. Hãy kiểm tra kết nối mạng rồi gửi lại.",
            "What was being sent stood still for too long. Please check the connection and send it again.",
            .requestTimeout
        )
    }
}

extension Problem {
    /// More is asked at once than this server does at once.
    static let busy: Problem = {
        var problem = Problem(
            "busy",
            "Hệ thống đang có quá nhiều yêu cầu cùng lúc. Hãy đợi vài giây rồi thử lại.",
            "The system has too many requests at once. Please wait a few seconds and try again.",
            .serviceUnavailable
        )
        problem.headers[.retryAfter] = "5"
        problem.headers[.connection] = "close"
        return problem
    }()
}
