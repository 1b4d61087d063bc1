import Foundation
import HTTPTypes
import Testing

@testable import Web

struct ProblemTests {
    let house = House()

    struct Document: Decodable {
        struct Field: Decodable { let field: String, vi: String, en: String }
        let type: String, title: String, status: Int, detail: String, instance: String, errors: [Field]?
    }

    @Test func `programs get problem documents`() async throws {
        let answer = try await house.get("/refused", [.accept: "application/json"])
        #expect(answer.status == 422)
        #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
        #expect(answer.headers[.contentLanguage] == "vi")
        let document = try JSONDecoder().decode(Document.self, from: Data(answer.body.utf8))
        #expect(document.type == "/problems/invalid-fields" && document.status == 422)
        #expect(document.instance == "urn:request:\(try #require(answer.headers[.xRequestID]))")
        #expect(document.errors?.map(\.field) == ["phone"])
    }

    @Test func `an answer names the first few faults and says how many there are besides`() async throws {
        let answer = try await house.get("/refused/100000", [.accept: "application/json"])
        let errors = try #require(try JSONDecoder().decode(Document.self, from: Data(answer.body.utf8)).errors)
        #expect(errors.map(\.field) == (0..<20).map { "f\($0)" } + [""])
        #expect(errors.last?.en == "There are 99980 more faults.")
        #expect(try await house.get("/refused/100000").body.contains("Còn 99980 lỗi nữa."))
        let all = try await house.get("/refused/20", [.accept: "application/json"])
        #expect(try JSONDecoder().decode(Document.self, from: Data(all.body.utf8)).errors?.count == 20)
    }

    @Test func `people get a page`() async throws {
        let answer = try await house.get("/refused")
        #expect(answer.status == 422)
        #expect(answer.headers[.contentType] == "text/html; charset=utf-8")
        #expect(answer.body.contains("<html lang=\"vi\">") && answer.body.contains("Số điện thoại có 10 chữ số."))
        #expect(answer.headers[.cacheControl] == "no-store")
    }

    @Test(arguments: ["text/html", "application/json"])
    func `a fault says nothing of what is inside`(accept: String) async throws {
        let answer = try await house.get("/boom", [.accept: accept])
        #expect(answer.status == 500)
        #expect(!answer.body.contains("Lan") && !answer.body.contains("Boom") && !answer.body.contains("001234567890"))
        #expect(answer.body.contains(try #require(answer.headers[.xRequestID])))
    }

    @Test func `a library's own words stay inside`() async throws {
        let answer = try await house.get("/teapot")
        #expect(answer.status == 418)
        #expect(!answer.body.contains("secret detail") && answer.body.contains("<h1>"))
    }

    @Test(arguments: ["/nowhere", "/work/nowhere", "/my", "/assets/none.css", "/api/v1/nothing"])
    func `what is not there is not found`(path: String) async throws {
        #expect(try await house.get(path, as: "lan").status == 404)
    }

    @Test func `the page about a problem knows who is signed in`() async throws {
        #expect(try await house.get("/nowhere", as: "lan").body.contains("Nguyễn Thị Lan"))
    }

    @Test(
        arguments: [
            ("application/json", #"{"name":"một","count":1}"#, 200),
            ("application/json; charset=utf-8", #"{"name":"a\\u0000","count":1}"#, 200),
            ("application/json", "", 400), ("application/json", "{", 400), ("application/json", "[]", 400),
            ("application/json", "null", 400), ("application/json", #"{"name":"a"}"#, 400),
            ("application/json", #"{"name":null,"count":1}"#, 400),
            ("application/json", #"{"name":1,"count":1}"#, 400),
            ("application/json", #"{"name":"a","count":"1"}"#, 400),
            ("application/json", #"{"name":"a","count":1e99}"#, 400),
            ("application/json", #"{"name":"a","count":1.5}"#, 400),
            ("application/json", #"{"name":"a\u0000","count":1}"#, 400),
            ("application/json", "{\"name\":\"a\0\",\"count\":1}", 400),
            ("application/json", #"{"name":"\ud800","count":1}"#, 400),
            ("application/json", String(repeating: "[", count: 5000), 400),
            ("application/json", "{\"name\":\"" + String(repeating: "a", count: 1 << 20) + "\",\"count\":1}", 413),
            ("text/plain", #"{"name":"a","count":1}"#, 415), ("", "{}", 415),
            ("application/x-www-form-urlencoded", "name=a&count=1", 415),
        ] as [(String, String, Int)]
    )
    func `JSON that does not fit is its sender's problem`(type: String, body: String, status: Int) async throws {
        let headers: HTTPFields = [.authorization: "Bearer lan", .contentType: type]
        let answer = try await house.send(.post, "/api/v1/things", headers, Array(body.utf8))
        #expect(answer.status == status)
        if status != 200 { #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true) }
    }

    @Test func `an API takes files without a form's token`() async throws {
        var headers = Multipart.headers
        headers[.authorization] = "Bearer lan"
        let body = Multipart.body([Multipart.file("f", "a.pdf", "application/pdf", "x")])
        #expect(try await house.send(.post, "/api/v1/files", headers, Array(body.utf8)).body == "f")
        let broken = try await house.send(.post, "/api/v1/files", headers, Array("--xyz\r\n".utf8))
        #expect(broken.status == 400)
    }
}
