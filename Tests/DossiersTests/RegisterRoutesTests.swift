import Foundation
import HTTPTypes
import Kernel
import Persistence
import Spreadsheets
import TestSupport
import Testing
import Web

@testable import DossierCore

struct RegisterRoutesTests {
    private static let everything = "from=01/11/2026&to=31/12/2026"

    /// A house with a dossier that was returned, one that was received, and one that was only filed.
    private func open(
        _ kind: TestDatabase = .sqlite,
        _ body: @escaping @Sendable (House, _ returned: String, _ received: String) async throws -> Void
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let returned = try await house.filed(by: lan, returnBy: "counter")
            try await house.bring(returned, to: .returned)
            house.clock.advance(by: .minutes(5))
            let received = try await house.filed(by: lan, returnBy: "post")
            try await house.bring(received, to: .accepted)
            _ = try await house.filed(by: lan)
            try await body(house, returned, received)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the register lists what was received, with who, when and how`(kind: TestDatabase) async throws {
        try await open(kind) { house, returned, received in
            let page = try await house.officer(.reception).get("/work/register?\(Self.everything)")
            #expect(page.status == 200)
            #expect(page.links.contains("/work/dossiers/\(returned)"))
            #expect(page.links.contains("/work/dossiers/\(received)"))
            #expect(page.body.contains("Nguyễn Thị Lan") && page.body.contains("Số 1 Kim Mã"))
            #expect(page.body.contains("Ngày nhận từ 01/11/2026 đến 31/12/2026"))
            #expect(page.body.components(separatedBy: "<tr>").count == 4, "two lines below the heading")
            let filed = try await house.officer(.leader).get("/work/register?by=filed&\(Self.everything)")
            #expect(filed.body.components(separatedBy: "<tr>").count == 5)
        }
    }

    @Test
    func `only those who keep, lead or supervise read it`() async throws {
        try await open { house, _, _ in
            for role in Role.allCases {
                let isAllowed = [.reception, .returns, .leader, .clerk, .auditor].contains(role)
                for path in [
                    "/work/register", "/work/register.csv", "/work/register.xlsx", "/work/register.pdf",
                    "/api/v1/work/register", "/api/v1/work/register.pdf",
                ] {
                    #expect(
                        try await house.officer(role).get(path).status == (isAllowed ? 200 : 403),
                        "\(role) \(path)"
                    )
                }
            }
            let stranger = try await house.stranger().get("/work/register?\(Self.everything)")
            #expect(stranger.status == 200 && !stranger.body.contains("Nguyễn Thị Lan"))
            #expect(try await house.lan().get("/work/register").status == 403)
        }
    }

    @Test
    func `who supervises reads the registers below, and nobody else does`() async throws {
        try await open { house, returned, _ in
            let path = "/work/register?\(Self.everything)&agency="
            let supervisor = try await house.supervisor()
            let all = try await supervisor.get(path + "all")
            #expect(all.body.contains("Nguyễn Thị Lan") && all.body.contains("Sở Tư pháp Hà Nội"))
            #expect(!all.links.contains("/work/dossiers/\(returned)"), "they may read the register, not the dossier")
            #expect(try await supervisor.get(path + House.justice).body.contains("Nguyễn Thị Lan"))
            #expect(try await !supervisor.get(path + House.ward).body.contains("Nguyễn Thị Lan"))
            #expect(try await !supervisor.get("/work/register").body.contains("Nguyễn Thị Lan"))
            #expect(try await supervisor.get(path + House.danang).status == 422)
            let leader = try await house.officer(.leader).get(path + House.ward)
            #expect(leader.status == 422 && leader.body.contains("không được xem sổ"))
            #expect(try await house.officer(.reception).get(path + "all").status == 422)
        }
    }

    @Test
    func `what cannot be read is said beside its field and kept`() async throws {
        try await open { house, _, _ in
            let officer = try await house.officer(.leader)
            let page = try await officer.get(
                "/work/register?from=31/02/2026&to=hôm+qua&by=born&procedure=abc&field=x&channel=fax&state=lost"
                    .replacing("ô", with: "%C3%B4")
            )
            #expect(page.status == 422)
            #expect(page.body.contains("31/02/2026") && page.body.contains("hôm qua") && page.body.contains("abc"))
            let answer = try await officer.get(
                "/api/v1/work/register?from=31/02/2026&to=x&by=born&procedure=abc&channel=fax&state=lost"
                    + "&punctuality=soon&agency=x&totals=x&after=x"
            )
            #expect(answer.status == 422)
            #expect(
                try answer.wrong
                    == [
                        "from", "to", "by", "procedure", "channel", "state", "punctuality", "agency", "totals", "after",
                    ]
            )
            #expect(try await officer.get("/api/v1/work/register?limit=0").wrong == ["limit"])
            #expect(try await officer.get("/api/v1/work/register?field=x").wrong == ["field"])
            #expect(try await officer.get("/work/register.csv?from=2026-12-01&to=2026-11-01").status == 422)
            #expect(try await officer.get("/work/register?after=nonsense").status == 422)
            #expect(try await officer.get("/work/register?number=-5").status == 200)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a program reads the same lines on from page to page, with totals when it asks`(kind: TestDatabase)
        async throws
    {
        try await open(kind) { house, returned, received in
            let officer = try await house.officer(.auditor)
            let first = try await officer.get(
                "/api/v1/work/register?from=2026-11-01&to=2026-12-31&limit=1&totals=1"
            )
            #expect(first.status == 200)
            let items = try #require(try first.object["items"] as? [[String: Any]])
            #expect(items.map { $0["id"] as? String } == [returned])
            #expect(items[0]["returnBy"] as? String == "counter" && items[0]["nationalState"] as? Int == 10)
            #expect(items[0]["address"] as? String == "Số 1 Kim Mã" && items[0]["late"] as? Bool == false)
            let totals = try #require(try first.object["totals"] as? [String: Int])
            #expect(totals["all"] == 2 && totals["solved"] == 1 && totals["open"] == 1 && totals["online"] == 2)
            let next = try #require(try first.object["next"] as? String)
            let second = try await officer.get(
                "/api/v1/work/register?from=2026-11-01&to=2026-12-31&limit=1&after=\(next.escaped)"
            )
            let rest = try #require(try second.object["items"] as? [[String: Any]])
            #expect(rest.map { $0["id"] as? String } == [received])
            #expect(try second.object["next"] == nil && second.object["totals"] == nil)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the register is handed on as CSV and as a workbook`(kind: TestDatabase) async throws {
        try await open(kind) { house, _, _ in
            let officer = try await house.officer(.clerk)
            let csv = try await officer.get("/work/register.csv?by=filed&\(Self.everything)")
            #expect(csv.headers[.contentType] == "text/csv; charset=utf-8; header=present")
            #expect(
                csv.headers[.contentDisposition]?.contains("so-theo-doi-2026-11-01-2026-12-31.csv") == true
            )
            #expect(csv.bytes.starts(with: CSVTable.byteOrderMark))
            let lines = csv.body.components(separatedBy: "\r\n")
            #expect(lines.count == 5 && lines[4].isEmpty)
            #expect(
                lines[0].hasSuffix(
                    "TT;Mã hồ sơ;Tên TTHC;Số bộ;Tên cá nhân, tổ chức;Địa chỉ;Số điện thoại;Cơ quan giải quyết;Nhận hồ sơ;Hẹn trả kết quả;Trả kết quả;Phương thức nhận kết quả;Ký nhận;Ghi chú;Nộp hồ sơ;Có kết quả;Kênh nộp;Trạng thái;Mã TTHC;Số văn bản kết quả"
                )
            )
            #expect(
                lines[1].hasPrefix(
                    "1;000.00.19.H26-261123-0001;Cấp Phiếu lý lịch tư pháp;1;Nguyễn Thị Lan;Số 1 Kim Mã;\"=\"\"0912000001\"\"\";Sở Tư pháp Hà Nội;23/11/2026 09:30;07/12/2026 17:30;23/11/2026 09:30;Tại Bộ phận Một cửa;;;"
                )
            )

            let printed = try await officer.get("/work/register.pdf?by=filed&\(Self.everything)")
            let text = try await read(printed)
            for wanted in ["SỔ THEO DÕI HỒ SƠ", "Mẫu số 07", "Nguyễn Thị Lan", "0912000001", "Tổng số: 3 hồ sơ."] {
                #expect(text.contains(wanted), "missing: \(wanted)")
            }
            #expect(try await officer.get("/work/register?\(Self.everything)").body.contains("/work/register.pdf?"))

            let book = try await officer.get("/work/register.xlsx?\(Self.everything)")
            #expect(book.status == 200 && book.bytes.starts(with: Array("PK".utf8)))
            #expect(book.headers[.contentDisposition]?.contains(".xlsx") == true)
            #expect(book.headers[.cacheControl] == "no-store")
        }
    }

    @Test
    func `a long register is turned page by page and numbered through`() async throws {
        try await House.open(on: .sqlite) { house in
            let reception = ActingOfficer(
                id: ID(rawValue: "x"),
                agency: ID(rawValue: House.justice),
                roles: [.reception]
            )
            for _ in 1...60 {
                _ = try await house.book.file(
                    Room.submission(),
                    Circumstances(at: house.clock.now, actor: .officer(id: reception.id)),
                    once: nil,
                    acceptedBy: reception
                )
            }
            let officer = try await house.officer(.reception)
            let first = try await officer.get("/work/register?\(Self.everything)&channel=online")
            #expect(first.body.contains("\n50. ") || first.body.contains(">50. "))
            let next = try #require(first.links.first { $0.contains("after=") })
            #expect(next.contains("channel=online"))
            let second = try await officer.get(next.replacing("&amp;", with: "&"))
            #expect(second.body.contains(">51. ") && second.body.contains(">60. ") && !second.body.contains(">61. "))
            #expect(!second.body.contains("rel=\"next\""))
            let totals = try await officer.get("/work/register?\(Self.everything)&totals=1")
            #expect(totals.body.contains("<dt>Tổng số</dt><dd>60</dd>"))
        }
    }
}
