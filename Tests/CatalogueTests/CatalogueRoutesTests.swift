import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Markup
import Persistence
import TestSupport
import Testing
import Web

@testable import Catalogue

struct CatalogueRoutesTests {
    /// Nobody is signed in.
    private struct Nobody: IdentityDirectory {
        func identity(session token: String) async throws -> Identity? { nil }
    }

    struct Answer {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: String
    }

    /// Reading the shipped files takes longer than all tests together, and none of them changes anything.
    private static let house = Task {
        let database = try SQLiteDatabase.temporary()
        try await database.migrate(CatalogueBook.migrations)
        let book = try await CatalogueBook(database: database, folder: Shipped.folder)
        let clock = TestClock()
        let router = Router(context: AppContext.self)
        FrontDoor(site: Site(), assets: Assets(), key: .fresh(), directory: Nobody()).open(router)
        var links = Links()
        links.dossiers = DossierLinks(filing: { "/filing/\($0)" }, lookUp: "/look-up")
        CatalogueSlice(book: book, office: Office { clock.now }).addPublic(
            to: router,
            among: Neighbours(
                directory: SmallDirectory(),
                links: links,
                panels: [Panel { (_: FrontPage, _) in "<p>panel of others</p>" }],
                key: .fresh()
            )
        )
        return Application(router: router)
    }

    func get(_ path: String, _ headers: HTTPFields = [.accept: "text/html"]) async throws -> Answer {
        let answer = try await Self.house.value.test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: headers)
        }
        return Answer(status: answer.status, headers: answer.headers, body: String(buffer: answer.body))
    }

    @Test
    func `the home page offers a search, popular procedures and the panels of others`() async throws {
        let home = try await get("/")
        #expect(home.status == .ok)
        for text in [
            "action=\"/thu-tuc\"", "name=\"q\"", "/thu-tuc/1.001193", "/look-up", "panel of others", "?kenh=post",
        ] {
            #expect(home.body.contains(text), "\(text)")
        }
        #expect(home.body.components(separatedBy: "<h1").count == 2)
    }

    @Test
    func `a search lists the best procedure first and keeps its words`() async throws {
        let found = try await get("/thu-tuc?q=ly%20lich%20tu%20phap&cap=province")
        #expect(found.status == .ok)
        let first = try #require(found.body.firstMatch(of: /href="\/thu-tuc\/(\d\.\d{6})"/))
        #expect(first.1 == "2.000488")
        #expect(found.body.contains("value=\"ly lich tu phap\""))
        #expect(found.body.contains("<option value=\"province\" selected"))
    }

    @Test
    func `long lists are turned page by page`() async throws {
        let second = try await get("/thu-tuc?trang=2")
        #expect(second.body.contains("href=\"/thu-tuc\"") && second.body.contains("href=\"/thu-tuc?trang=3\""))
        #expect(try await get("/thu-tuc?trang=99999999").status == .ok)
    }

    @Test
    func `nothing found is said with advice`() async throws {
        #expect(try await get("/thu-tuc?q=xyzzy").body.contains("Không tìm thấy thủ tục nào"))
    }

    @Test(arguments: ["/thu-tuc?cap=moon", "/thu-tuc?kenh=pigeon", "/thu-tuc?doi-tuong=x"])
    func `an unknown filter is said, not ignored`(path: String) async throws {
        #expect(try await get(path).status == .badRequest)
    }

    @Test
    func `a procedure page tells papers, time, fees, steps and where to begin`() async throws {
        let page = try await get("/thu-tuc/1.001193")
        #expect(page.status == .ok)
        for text in [
            "Đăng ký khai sinh", "href=\"/filing/1.001193\"", "Giấy chứng sinh", "60/2014/QH13", "Thời hạn",
            "Tại Một Cửa",
        ] {
            #expect(page.body.contains(text), "\(text)")
        }
        let english = try await get("/thu-tuc/1.001193", [.accept: "text/html", .cookie: "lang=en"])
        #expect(english.body.contains("Birth registration") && english.body.contains("File online"))
    }

    @Test
    func `a chosen case shows its papers only`() async throws {
        let all = try await get("/thu-tuc/1.001193")
        #expect(all.body.contains("Biên bản về việc trẻ bị bỏ rơi"))
        let one = try await get("/thu-tuc/1.001193?truong-hop=surrogacy")
        #expect(!one.body.contains("Biên bản về việc trẻ bị bỏ rơi"))
    }

    @Test
    func `an unknown fee is never called free`() async throws {
        let page = try await get("/thu-tuc/2.000488")
        #expect(page.body.contains("Chưa có thông tin đáng tin cậy – hỏi cơ quan"))
        #expect(!page.body.contains("Miễn phí"))
    }

    @Test(arguments: ["/thu-tuc/9.999999", "/thu-tuc/khai-sinh", "/thu-tuc/%3Cscript%3E"])
    func `a wrong code is answered with suggestions`(path: String) async throws {
        let page = try await get(path)
        #expect(page.status == .notFound)
        #expect(!page.body.contains("<script>"))
        if path.hasSuffix("khai-sinh") { #expect(page.body.contains("/thu-tuc/1.001193")) }
    }

    @Test
    func `papers are taken over only from results that some procedure has`() {
        let names = ResultNames(Shipped.reading.catalogue)
        for procedure in Shipped.reading.catalogue.procedures.values {
            #expect(!procedure.revisions.isEmpty)
            for component in procedure.revisions.flatMap(\.components) {
                for key in component.reuse { #expect(names[key] != nil, "\(procedure.code.rawValue) \(key)") }
            }
        }
    }

    // MARK: - API

    private struct List: Decodable {
        struct Item: Decodable { let code: String, isInForce: Bool, channels: [String] }
        let items: [Item]
        let next: String?
    }

    private func list(_ path: String) async throws -> List {
        let answer = try await get(path, [.accept: "application/json"])
        #expect(answer.status == .ok, "\(answer.body)")
        return try JSONDecoder().decode(List.self, from: Data(answer.body.utf8))
    }

    @Test
    func `programs page through all procedures, each once`() async throws {
        var codes: [String] = []
        var path = "/api/v1/procedures?limit=100"
        while true {
            let page = try await list(path)
            codes += page.items.map(\.code)
            guard let next = page.next else { break }
            path = "/api/v1/procedures?limit=100&after=\(next)"
        }
        #expect(codes == Shipped.reading.catalogue.codes.map(\.rawValue))
    }

    @Test
    func `programs search as people do`() async throws {
        let first = try await list("/api/v1/procedures?q=khai%20sinh&limit=3")
        #expect(first.items.first?.code == "1.001193")
        let second = try await list("/api/v1/procedures?q=khai%20sinh&limit=3&after=\(try #require(first.next))")
        #expect(Set(first.items.map(\.code)).isDisjoint(with: second.items.map(\.code)))
    }

    @Test(arguments: ["limit=0", "limit=201", "limit=x", "after=x", "level=moon", "channel=x", "audience=x"])
    func `a wrong parameter is a problem that names it`(query: String) async throws {
        let answer = try await get("/api/v1/procedures?\(query)", [.accept: "application/json"])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true)
        let name = query.prefix { $0 != "=" }
        #expect(answer.body.contains("\"field\":\"\(name)\""), "\(answer.body)")
    }

    @Test
    func `a query that no text can be read from is malformed`() async throws {
        #expect(try await get("/api/v1/procedures?q=%00", [.accept: "application/json"]).status == .badRequest)
    }

    @Test
    func `one procedure has its form and an ETag`() async throws {
        let answer = try await get("/api/v1/procedures/1.001193", [.accept: "application/json"])
        #expect(answer.status == .ok)
        let tag = try #require(answer.headers[.eTag])
        #expect(answer.body.contains("\"form\":{\"sections\":["))
        let again = try await get("/api/v1/procedures/1.001193", [.accept: "application/json", .ifNoneMatch: tag])
        #expect(again.status == .notModified)
        let missing = try await get("/api/v1/procedures/9.999999", [.accept: "application/json"])
        #expect(missing.status == .notFound)
    }

    // MARK: - Forms

    @Test
    func `a section shows what applies, keeps what was typed, and says what is wrong`() async throws {
        let json =
            #"{"child":{"birthDate":"2026-11-20","sex":"7","province":"79","twin":"yes","twinName":"<b>","languages":["b"]},"residence":[{"start":"1990"},{"start":"x"}]}"#
        let answers = try Answers(stored: json)
        let router = Router(context: AppContext.self)
        let errors = Sample.form.check(answers, on: Sample.today).errors
        router.get("form/:section") { _, context in
            let section = Sample.form.section(try context.parameters.require("section"))!
            return page("Tờ khai", context) {
                formSection(section, of: Sample.form, answers: answers, errors: errors, context)
            }
        }
        try await Application(router: router).test(.router) { client in
            let child = String(buffer: try await client.execute(uri: "/form/child", method: .get).body)
            for text in [
                "name=\"child.birthDate\"", "value=\"20/11/2026\"", "name=\"child.twinName\"", "value=\"&lt;b&gt;\"",
                "<option", "Cập nhật các mục", "“Giới tính” không có trong danh sách. Hãy chọn lại.",
                "type=\"hidden\" name=\"child.languages\"",
            ].filter({ $0 != "<option" }) {
                #expect(child.contains(text), "\(text)")
            }
            #expect(child.contains("value=\"b\"") && !child.contains("name=\"residence"))
            let residence = String(buffer: try await client.execute(uri: "/form/residence", method: .get).body)
            for text in [
                "name=\"residence.1.start\"", "name=\"_add\" value=\"residence\"",
                "name=\"_remove\" value=\"residence.1\"",
                "“Từ”, dòng 2",
            ] {
                #expect(residence.contains(text), "\(text)")
            }
            #expect(!residence.contains("residence.0.country"))
        }
    }
}
