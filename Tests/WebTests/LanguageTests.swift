import HTTPTypes
import Testing

@testable import Web

struct LanguageTests {
    let house = House()

    @Test func `pages are Vietnamese until somebody chooses`() async throws {
        let page = try await house.get("/hello/x", [.acceptLanguage: "en-US,en"])
        #expect(page.body.contains("<html lang=\"vi\">") && page.headers[.contentLanguage] == "vi")
        #expect(page.body.contains("href=\"/hello/x?lang=en\""))
    }

    @Test func `the switch is remembered and leads back`() async throws {
        let answer = try await house.get("/hello/x?q=a%20b&lang=en&page=2")
        #expect(answer.status == 303)
        #expect(answer.headers[.location] == "/hello/x?q=a%20b&page=2")
        #expect(answer.headers[.setCookie]?.hasPrefix("lang=en; ") == true)
        let page = try await house.get("/hello/x", [.cookie: "lang=en"])
        #expect(page.body.contains("<html lang=\"en\">") && page.body.contains("Skip to main content"))
    }

    @Test(arguments: [("//evil.example/?lang=en", "/"), ("/hello/x?lang=fr", nil), ("/hello/x?lang=", nil)])
    func `the switch leads nowhere but here`(uri: String, location: String?) async throws {
        let answer = try await house.get(uri)
        #expect(answer.headers[.location] == location)
    }

    @Test func `programs ask with a header`() async throws {
        let headers: HTTPFields = [.authorization: "Bearer no", .acceptLanguage: "en"]
        #expect(try await house.get("/api/v1/things", headers).body.contains("Please sign in"))
    }

    @Test func `only what is said is built`() {
        func never() -> String {
            Issue.record("this text is not asked for")
            return ""
        }
        #expect(Language.vi("Xin chào", never()) == "Xin chào")
        #expect(Language.en(Words("Xin chào", "Hello")) == "Hello")
    }
}
