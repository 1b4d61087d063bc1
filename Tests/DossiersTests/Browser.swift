import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Web

struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var body: String { String(decoding: bytes, as: UTF8.self) }
    var location: String { headers[.location] ?? "" }
    var isProblem: Bool { headers[.contentType]?.hasPrefix("application/problem+json") == true }
    var isPDF: Bool { headers[.contentType] == "application/pdf" && body.hasPrefix("%PDF") }

    var object: [String: Any] {
        get throws { try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:] }
    }
    /// The fields that a problem names.
    var wrong: Set<String> {
        get throws {
            let errors = try object["errors"] as? [[String: Any]] ?? []
            return Set(errors.compactMap { $0["field"] as? String })
        }
    }
    /// The fields beside which the page shows an error.
    var marked: Set<String> {
        Set(body.matches(of: /id="f-([A-Za-z0-9-]+)-error"/).map { String($0.1) })
    }
    /// The addresses that the page leads to.
    var links: [String] { body.matches(of: /href="([^"]+)"/).map { String($0.1) } }
    var actions: [String] { body.matches(of: /action="([^"]+)"/).map { String($0.1) } }
    func hidden(_ name: String) -> String? {
        body.matches(of: /name="([^"]+)" value="([^"]*)"/).first { $0.1 == name }.map { String($0.2) }
    }
}

/// A part of a form with files.
enum Part {
    case field(String, String)
    case file(String, String, [UInt8])

    fileprivate var bytes: [UInt8] {
        switch self {
        case .field(let name, let value):
            Array("--xyz\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        case .file(let name, let filename, let content):
            Array(
                """
                --xyz\r
                Content-Disposition: form-data; name="\(name)"; filename="\(filename)"\r
                Content-Type: application/octet-stream\r
                \r

                """.utf8
            ) + content + Array("\r\n".utf8)
        }
    }
}

/// A browser that keeps cookies and sends forms with the token of their page; as a program it shows its session as
/// a token.
final class Browser: @unchecked Sendable {
    private let client: any TestClientProtocol
    private let address: String
    // A test uses a browser from one task at a time.
    private var cookies: [String: String] = [:]
    private var token: String?

    init(client: any TestClientProtocol, address: String) { (self.client, self.address) = (client, address) }

    func use(session: String) { cookies["session"] = session }

    func get(_ uri: String) async throws -> Answer { try await send(.get, uri, [:], nil) }

    func post(_ uri: String, _ form: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        try await submit(uri, form.map { ($0.key, $0.value) })
    }

    /// A button alone, on the page at `page`.
    func post(_ uri: String, from page: String) async throws -> Answer {
        let headers: HTTPFields = [
            .contentType: "application/x-www-form-urlencoded", .referer: "http://localhost\(page)",
        ]
        return try await send(.post, uri, headers, Array("csrf=\(try await csrf())".utf8))
    }

    /// A form whose fields are put together.
    func submit(_ uri: String, _ fields: [(String, String)]) async throws -> Answer {
        let pairs = [("csrf", try await csrf())] + fields
        let body = pairs.map { "\($0.0.escaped)=\($0.1.escaped)" }.joined(separator: "&")
        return try await send(.post, uri, [.contentType: "application/x-www-form-urlencoded"], Array(body.utf8))
    }

    func upload(_ uri: String, _ parts: [Part]) async throws -> Answer {
        try await multipart(uri, [.field("csrf", try await csrf())] + parts, [:])
    }

    /// What a program sends with files.
    func send(_ method: HTTPRequest.Method, _ uri: String, _ parts: [Part], _ headers: HTTPFields = [:]) async throws
        -> Answer
    {
        try await multipart(uri, parts, headers)
    }

    /// What a program sends as JSON.
    func api(_ method: HTTPRequest.Method, _ uri: String, _ json: String? = nil, _ headers: HTTPFields = [:])
        async throws -> Answer
    {
        var headers = headers
        if json != nil { headers[.contentType] = "application/json" }
        return try await send(method, uri, headers, json.map { Array($0.utf8) })
    }

    private func multipart(_ uri: String, _ parts: [Part], _ headers: HTTPFields) async throws -> Answer {
        var headers = headers
        headers[.contentType] = "multipart/form-data; boundary=xyz"
        return try await send(.post, uri, headers, parts.flatMap(\.bytes) + Array("--xyz--\r\n".utf8))
    }

    private func csrf() async throws -> String {
        if let token { return token }
        let page = try await get("/tra-cuu")
        token = page.hidden("csrf")
        return token ?? ""
    }

    private func send(_ method: HTTPRequest.Method, _ uri: String, _ headers: HTTPFields, _ body: [UInt8]?)
        async throws -> Answer
    {
        var headers = headers
        headers[.init("X-Forwarded-For")!] = address
        if uri.hasPrefix("/api/") {
            headers[.authorization] = cookies["session"].map { "Bearer \($0)" }
        } else {
            headers[.accept] = "text/html"
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        }
        let response = try await client.execute(
            uri: uri,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(bytes: $0) }
        )
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1).map(String.init)
            cookies[pair[0]] = pair.count == 2 ? pair[1] : ""
        }
        return Answer(
            status: response.status.code,
            headers: response.headers,
            bytes: Array(response.body.readableBytesView)
        )
    }
}

extension String {
    /// As a browser writes it into a form.
    var escaped: String {
        addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "\0"..."\u{7F}")))
            ?? ""
    }
}

/// Files as people send them.
enum Paper {
    static let pdf = pdf()
    static let locked = pdf(trailer: "<< /Root 1 0 R /Encrypt 5 0 R >>")
    /// A grey picture of 64 × 48 pixels.
    static let photo: [UInt8] = Array(
        Data(
            base64Encoded: """
                /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19i\
                Z2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj\
                Y2NjY2NjY2P/wAARCAAwAEADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF\
                BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW\
                V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi\
                4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC\
                AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm\
                Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq\
                8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDqKKKKsgKKKKACiiigAooooAKKKKACiiigAooooAKKKKACiiigAooooAKKKKACiiigD//Z
                """
        ) ?? Data()
    )
    static let heic: [UInt8] = [0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0]
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + chunk("IHDR", [0, 0, 4, 0, 0, 0, 3, 0, 8, 6, 0, 0, 0])
        + chunk("IDAT", [1, 2, 3]) + chunk("IEND", [])

    private static func pdf(trailer: String = "<< /Root 1 0 R >>") -> [UInt8] {
        Array(
            """
            %PDF-1.7
            1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
            2 0 obj << /Type/Pages >> endobj
            3 0 obj << /Type /Page /Parent 2 0 R >> endobj
            trailer \(trailer)
            startxref
            9
            %%EOF

            """.utf8
        )
    }

    private static func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        [0, 0, 0, UInt8(content.count)] + Array(kind.utf8) + content + [0, 0, 0, 0]
    }
}
