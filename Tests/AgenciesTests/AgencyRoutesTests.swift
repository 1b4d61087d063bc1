import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Persistence
import TestSupport
import Testing
import Web

@testable import Agencies

struct AgencyRoutesTests {
    @Test
    func `a visitor sees the tree and finds an agency without accents`() async throws {
        try await site { client in
            let tree = try await client.get("/co-quan")
            #expect(tree.body.contains("Ủy ban nhân dân phường Đội Cấn"))
            #expect(tree.body.contains("/co-quan/ba-dinh"))
            let found = try await client.get("/co-quan?q=so%20tu%20phap")
            #expect(found.body.contains("Tìm thấy 1 cơ quan"))
            #expect(found.body.contains("Sở Tư pháp thành phố Hà Nội"))
            let none = try await client.get("/co-quan?q=%3Cscript%3E")
            #expect(none.status == .ok)
            #expect(none.body.contains("Không tìm thấy cơ quan nào"))
            #expect(!none.body.contains("<script>"))
        }
    }

    @Test
    func `an agency's page tells where it is, when it is open, whom to call and where to file`() async throws {
        try await site { client in
            let page = try await client.get("/co-quan/ba-dinh")
            for text in [
                "Số 1 phố Minh Họa", "024 3810 0001", "Thứ Hai – Thứ Sáu: 08:00–12:00, 13:30–17:00", "Trần Văn Mẫu",
                "Dữ liệu minh họa", "/procedures?level=district", "Bộ phận Một cửa quận Ba Đình",
            ] { #expect(page.body.contains(text), "missing: \(text)") }
            #expect(!page.body.contains("Người Không Công Bố"))
            #expect(try await client.get("/co-quan/ba-dinh", [.cookie: "lang=en"]).body.contains("Monday – Friday"))
        }
    }

    @Test
    func `an agency that is gone leads to those who do its work`() async throws {
        try await site { client in
            let page = try await client.get("/co-quan/cu")
            #expect(page.body.contains("không hoạt động nữa"))
            #expect(page.body.contains("/co-quan/kim-ma"))
        }
    }

    @Test
    func `an unknown agency is not found, as a page and as JSON`() async throws {
        try await site { client in
            #expect(try await client.get("/co-quan/nobody").status == .notFound)
            let answer = try await client.get("/api/v1/agencies/nobody")
            #expect(answer.status == .notFound)
            #expect(answer.headers[.contentType]?.hasPrefix("application/problem+json") == true)
        }
    }

    @Test
    func `programs read the list page by page`() async throws {
        struct List: Decodable {
            struct Item: Decodable { let id: String, level: String, code: String }
            let items: [Item], next: String?
        }
        try await site { client in
            var ids: [String] = []
            var next: String?
            repeat {
                let after = next.map { "&after=\($0)" } ?? ""
                let answer = try await client.get("/api/v1/agencies?limit=3\(after)")
                #expect(answer.body.contains("\"next\":"))
                let list = try JSONDecoder().decode(List.self, from: Data(answer.body.utf8))
                #expect(list.items.count <= 3)
                ids += list.items.map(\.id)
                next = list.next
            } while next != nil
            #expect(ids == ["h26", "tu-phap", "ba-dinh", "mot-cua", "cu", "doi-can", "kim-ma"])

            func found(_ query: String) async throws -> [String] {
                let answer = try await client.get("/api/v1/agencies?\(query)")
                return try JSONDecoder().decode(List.self, from: Data(answer.body.utf8)).items.map(\.id)
            }
            #expect(try await found("level=district") == ["ba-dinh", "mot-cua"])
            #expect(try await found("parent=h26") == ["tu-phap", "ba-dinh"])
            #expect(try await found("code=000.00.31.H26") == ["ba-dinh"])
            #expect(try await found("q=doi+can") == ["doi-can"])
            #expect(try await client.get("/api/v1/agencies?limit=0&level=moon").status == .unprocessableContent)
        }
    }

    @Test
    func `programs that have an agency already are told that nothing changed`() async throws {
        try await site { client in
            let first = try await client.get("/api/v1/agencies/ba-dinh")
            #expect(first.status == .ok)
            #expect(first.body.contains("\"reception\":{\"id\":\"mot-cua\""))
            #expect(first.body.contains("\"monday\":[\"08:00-12:00\",\"13:30-17:00\"]"))
            #expect(!first.body.contains("Người Không Công Bố"))
            let tag = try #require(first.headers[.eTag])
            let again = try await client.get("/api/v1/agencies/ba-dinh", [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.body.isEmpty)
        }
    }

    private func site(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await TestDatabase.sqlite.fresh { database in
            try await database.migrate(Agencies.migrations)
            var agencies = Samples.all
            agencies[2].address = "Số 1 phố Minh Họa"
            agencies[2].phone = PhoneNumber(rawValue: "02438100001")
            agencies[2].isDemonstration = true
            agencies[2].hours = WeeklyHours(
                Dictionary(
                    uniqueKeysWithValues: (1...5).map { day in
                        (day, ["08:00-12:00", "13:30-17:00"].compactMap(WorkingInterval.init(rawValue:)))
                    }
                )
            )
            agencies[2].contacts = [
                AgencyContact(name: "Trần Văn Mẫu", position: Words("Trưởng bộ phận", "Head")),
                AgencyContact(name: "Người Không Công Bố", position: Words("Văn thư", "Clerk"), isPublished: false),
            ]
            agencies.append(
                Samples.agency("cu", "Ủy ban nhân dân phường cũ", .peoplesCommittee, .commune, under: "ba-dinh") {
                    $0.validUntil = LocalDate(rawValue: "2020-12-31")
                    $0.successors = [
                        Succession(agency: Samples.wardB.id, from: LocalDate(rawValue: "2021-01-01")!)
                    ]
                }
            )
            let clock = TestClock()
            let slice = Agencies(database: database, office: Office { clock.now })
            var links = Links()
            links.procedures = ProcedureLinks { "/procedures?level=\($0)" }
            _ = try await slice.book.store(agencies)
            let router = Router(context: AppContext.self)
            let key = ServerKey(secret: Array(repeating: 7, count: 32))
            FrontDoor(
                site: Site(),
                assets: Assets(),
                key: key,
                directory: Nobody()
            ).open(router)
            slice.addPublic(to: router, among: Neighbours(directory: SmallDirectory(), links: links, key: key))
            // Hummingbird keeps the request's id in the logger, so there has to be one that remembers.
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let app = Application(router: router, logger: logger)
            try await app.test(.router, body)
        }
    }

    private struct Nobody: IdentityDirectory {
        func identity(session token: String) async throws -> Identity? { nil }
    }
}

private struct Answer {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: String
}

extension TestClientProtocol {
    fileprivate func get(_ uri: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        if !uri.hasPrefix("/api/") { headers[.accept] = "text/html" }
        let response = try await execute(uri: uri, method: .get, headers: headers)
        return Answer(status: response.status, headers: response.headers, body: String(buffer: response.body))
    }
}
