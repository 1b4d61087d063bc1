import Foundation
import HTTPTypes
import Testing

@testable import Web

struct AnswerTests {
    let house = House()

    @Test(arguments: ["/hello/x", "/nowhere", "/health", "/metrics", "/boom", "/my/dossiers"])
    func `every answer tells browsers what not to do`(path: String) async throws {
        let headers = try await house.get(path).headers
        let policy = try #require(headers[.contentSecurityPolicy])
        #expect(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(headers[.xContentTypeOptions] == "nosniff")
        #expect(headers[.referrerPolicy] == "same-origin")
        #expect(headers[.permissionsPolicy] != nil && headers[.xRequestID] != nil)
    }

    @Test func `TLS is insisted on only where there is TLS`() async throws {
        var site = Site()
        site.secureCookies = true
        #expect(try await House(site: site).get("/hello/x").headers[.strictTransportSecurity] != nil)
        #expect(try await house.get("/hello/x").headers[.strictTransportSecurity] == nil)
    }

    @Test(arguments: [("/hello/x", "text/html"), ("/api/v1/things", "application/json")])
    func `what somebody has already is not sent again`(path: String, accept: String) async throws {
        var headers: HTTPFields = [.authorization: "Bearer lan", .accept: accept]
        let first = try await house.get(path, headers)
        let tag = try #require(first.headers[.eTag])
        for candidate in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
            headers[.ifNoneMatch] = candidate
            let second = try await house.get(path, headers)
            #expect(second.status == 304 && second.body.isEmpty && second.headers[.eTag] == tag)
        }
        headers[.ifNoneMatch] = "\"other\""
        #expect(try await house.get(path, headers).status == 200)
    }

    @Test func `a download is saved under its name and never shown`() async throws {
        let answer = try await house.get("/file")
        #expect(
            answer.headers[.contentDisposition]
                == "attachment; filename=\"To khai _so 1_.pdf\"; filename*=UTF-8''T%E1%BB%9D%20khai%20%22s%E1%BB%91%201%22.pdf"
        )
        #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
        #expect(answer.headers[.eTag] == "\"abc\"" && answer.headers[.contentLength] == "4")
        #expect(try await house.get("/file", [.ifNoneMatch: "\"abc\""]).status == 304)
    }

    @Test(arguments: ["a\r\nSet-Cookie: x=y.pdf", "a\u{0}b.pdf", "../a.pdf", "漢字.pdf", "Đơn \u{202E}fdp.exe", "😀"])
    func `no file name breaks a header`(name: String) {
        let value = disposition("attachment", name)
        #expect(value.utf8.allSatisfy { $0 >= 32 && $0 < 127 })
        #expect(!value.contains("/a"))
    }

    @Test func `numbers are kept by route, never by path`() async throws {
        for name in ["lan", "minh"] { _ = try await house.get("/hello/\(name)") }
        _ = try await house.get("/secret-path-of-nobody")
        let text = try await house.get("/metrics", [.authorization: "Bearer \(House.metricsToken)"]).body
        #expect(
            text.contains(
                "http_request_duration_seconds_count{method=\"GET\",route=\"/hello/{name}\",status=\"200\"} 2"
            )
        )
        #expect(!text.contains("minh") && !text.contains("secret-path"))
        #expect(text.contains("le=\"+Inf\""))
    }

    @Test func `health tells when the work cannot be done`() async throws {
        #expect(try await house.get("/health").body == "ok\n")
        let ill = House(isHealthy: { throw Boom(secret: "db") })
        #expect(try await ill.get("/health").status == 503)
    }
}
