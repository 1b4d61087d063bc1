import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Dossiers

/// The page on which applicants change how the result reaches them.
struct ChooseReturnTests {
    @Test(arguments: TestDatabase.kinds)
    func `shows what is chosen and what can be, where each leads, and keeps a wrong choice on the page`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let path = "/ho-so/\(id)/cach-nhan"
            #expect(try await lan.get("/ho-so/\(id)").actions.contains(path))
            let page = try await lan.get(path).body
            #expect(chosen(page) == ["online"])
            for place in ["Qua bưu điện đến tận nơi: Số 1 Kim Mã", "Số 1 phố Thử"] {
                #expect(page.contains(place), "the page does not say “\(place)”")
            }
            for wrong in ["pigeon", ""] {
                let refused = try await lan.post(path, ["returnBy": wrong])
                #expect(refused.status == 422 && refused.marked == ["returnBy"] && refused.actions.contains(path))
            }
            for way in ["post", "counter", "online"] {
                #expect(try await lan.post(path, ["returnBy": way]).location == "/ho-so/\(id)")
                #expect(try await house.row(id).returnBy.rawValue == way)
                #expect(chosen(try await lan.get(path).body) == [way])
            }
            #expect(try await house.minh().get(path).status == 404)
            #expect(try await house.minh().post(path, ["returnBy": "counter"]).status == 404)
            #expect(try await house.isClean())
        }
    }

    private func chosen(_ page: String) -> [String] {
        page.matches(of: /<input[^>]*type="radio"[^>]*>/).map(\.0).filter { $0.contains("checked") }
            .compactMap { $0.firstMatch(of: /value="([^"]*)"/).map { String($0.1) } }
    }

    @Test(arguments: TestDatabase.kinds)
    func `does not offer the post where no address is left, nor anything once the result is out`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan, returnBy: "counter")
            try await house.bring(id, to: .returned)
            let told = try await lan.get("/ho-so/\(id)/cach-nhan")
            #expect(told.status == 409 && told.actions.allSatisfy { !$0.hasSuffix("cach-nhan") })
            #expect(try await !lan.get("/ho-so/\(id)").actions.contains("/ho-so/\(id)/cach-nhan"))

            let erased = try await house.filed(by: lan)
            _ = try await house.database.transaction { tx in
                try tx.execute("DELETE FROM dossier_text WHERE dossier = \(erased) AND kind = 'answers'")
            }
            let page = try await lan.get("/ho-so/\(erased)/cach-nhan").body
            #expect(page.contains("value=\"counter\"") && !page.contains("value=\"post\""))
            let posted = try await lan.post("/ho-so/\(erased)/cach-nhan", ["returnBy": "post"])
            #expect(posted.status == 422 && posted.marked == ["returnBy"])
        }
    }
}
