import Agencies
import Forecasting
import Foundation
import Hummingbird
import HummingbirdTesting
import Kernel
import Logging
import Persistence
import TestSupport
import Testing
import Web

@testable import OneStop

struct ForecastRoutesTests {
    @Test
    func `an office's page tells when to come, on the day that is asked for`() async throws {
        try await site(weeks: 4) { client in
            let page = try await client.page("/co-quan/doi-can/khi-nao-nen-den")
            #expect(page.status == .ok)
            for text in [
                "Khi nào nên đến", "Bộ phận Một cửa phường Đội Cấn", "Thứ Hai 23/11/2026", "Sai số trung bình",
            ] {
                #expect(page.body.contains(text), "missing: \(text)")
            }
            let tuesday = try await client.page("/co-quan/doi-can/khi-nao-nen-den?ngay=2026-11-24")
            #expect(tuesday.body.contains("<h2>Thứ Ba 24/11/2026</h2>"))
            #expect(tuesday.body.contains("/co-quan/doi-can/khi-nao-nen-den?ngay=2026-11-23"))
        }
    }

    @Test
    func `an office without tickets says so, and what is usual`() async throws {
        try await site(weeks: 0) { client in
            let page = try await client.page("/co-quan/doi-can/khi-nao-nen-den")
            #expect(page.status == .ok)
            #expect(page.body.contains("Chưa đủ số liệu để dự báo"))
        }
    }

    @Test(arguments: [
        "nobody/khi-nao-nen-den", "%27%3Cscript%3E/khi-nao-nen-den", "doi-can/khi-nao-nen-den?ngay=2026-02-30",
    ])
    func `what does not exist is said kindly`(path: String) async throws {
        try await site(weeks: 4) { client in
            let page = try await client.page("/co-quan/\(path)")
            #expect((400..<500).contains(page.status.code), "\(page.status)")
            #expect(!page.body.contains("<script>"))
        }
    }

    private func site(weeks: Int, _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void)
        async throws
    {
        try await TestDatabase.sqlite.fresh { database in
            try await database.migrate(Agencies.migrations)
            let clock = TestClock()
            let office = Office { clock.now }
            let agencies = AgencyBook(database: database, office: office)
            let profile = AgencyProfile(
                id: ForecastOffice.id,
                name: Words("Bộ phận Một cửa phường Đội Cấn", "One-stop office of Đội Cấn ward"),
                kind: .oneStop,
                level: .commune
            )
            _ = try await agencies.store([profile])
            let router = Router(context: AppContext.self)
            FrontDoor(site: Site(), assets: Assets(), key: .fresh(), directory: Nobody()).open(router)
            let forecasts = ForecastOffice.forecasts(weeks: weeks)
            ForecastRoutes(forecasts: forecasts, agencies: agencies, office: office).addPublic(to: router)
            // Hummingbird keeps the request's id in the logger, so there has to be one that remembers.
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            try await Application(router: router, logger: logger).test(.router, body)
        }
    }

    private struct Nobody: IdentityDirectory {
        func identity(session token: String) async throws -> Identity? { nil }
    }
}

extension TestClientProtocol {
    fileprivate func page(_ uri: String) async throws -> (status: HTTPResponse.Status, body: String) {
        let response = try await execute(uri: uri, method: .get, headers: [.accept: "text/html"])
        return (response.status, String(buffer: response.body))
    }
}
