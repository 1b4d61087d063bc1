import Agencies
import DossierCore
import HTTPTypes
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import Dossiers
@testable import PrintedPapers

/// A paper or page asserts only what is recorded, and what is counted is counted once.
struct RecordedClaimsTests {
    private static let wanted = #""copies":{"count":2,"day":"2026-11-23"}"#
    static let answers = House.complete.dropLast() + "," + wanted + "}"

    private func filed(_ house: House, by lan: Browser) async throws -> String {
        let whole = """
            {"procedure":"\(Procedures.copies)","situation":"self","agency":"\(House.justice)",\
            "returnBy":"counter","answers":\(Self.answers)}
            """
        let answer = try await lan.send(
            .post,
            "/api/v1/dossiers",
            [.field("dossier", whole), .file("paper-identity-copy", "cccd.pdf", Paper.pdf)]
        )
        return try #require(try answer.object["id"] as? String, "\(answer.body)")
    }

    @Test(arguments: TestDatabase.kinds)
    func `the review, the page, the proof and the receipt tell one sum, and nobody claims a payment`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let sum = "2 bản sao × 8.000 đồng = 16.000 đồng"
            let draft = try await lan.post(
                "/nop/\(Procedures.copies)",
                ["agency": House.justice, "situation": "self", "returnBy": "counter"]
            ).location
            #expect(try await lan.get("\(draft)/xem-lai").body.contains("8.000 đồng / bản sao"), "not counted yet")
            _ = try await lan.post("\(draft)/khai/copies", ["copies.count": "2", "copies.day": "23/11/2026"])
            #expect(try await lan.get("\(draft)/xem-lai").body.contains(sum))

            let id = try await filed(house, by: lan)
            #expect(try await lan.get("/ho-so/\(id)").body.contains(sum))
            try await house.act("accept", on: id, by: .reception)
            for paper in ["proof", "receipt"] {
                let text = try await read(lan.get("/ho-so/\(id)/giay/\(paper)"))
                #expect(text.contains(sum), "\(paper): \(text)")
                for claim in ["chưa nộp", "đã nộp 16", "miễn"] {
                    #expect(!text.contains(claim), "\(paper) claims \(claim)")
                }
            }
            try await house.act("hand-over", on: id, by: .reception)
            try await house.act("stop", on: id, by: .leader, #"{"text":"Trùng hồ sơ"}"#)
            let notice = try await read(lan.get("/ho-so/\(id)/giay/stop-notice"))
            #expect(notice.contains("không ghi nhận khoản nào đã nộp") && !notice.contains("phải hoàn trả"))
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what was paid at the counter or on demand is on the papers, and on the notice of a stop`(
        kind: TestDatabase
    ) async throws {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            let answer = try await reception.api(
                .post,
                "/api/v1/work/intake",
                """
                {"procedure":"\(Procedures.copies)","situation":"self","returnBy":"counter","answers":\(Self.answers),\
                "feePaid":{"amount":16000,"receipt":"0001234"}}
                """
            )
            let id = try #require(try answer.object["id"] as? String, "\(answer.body)")
            let paid = "đã ghi nhận nộp 16.000 đồng"
            let receipt = try await read(reception.get("/work/dossiers/\(id)/papers/receipt"))
            #expect(receipt.contains(paid) && receipt.contains("biên lai số 0001234"))

            try await house.act("hand-over", on: id, by: .reception)
            try await house.act("take", on: id, by: .caseOfficer)
            try await house.act("require-payment", on: id, by: .caseOfficer, #"{"amount":50000,"text":"Lệ phí"}"#)
            let asked = try await house.details(id)
            #expect(Payments(asked.history).owed.map(\.amount.dong) == [50_000])
            let officer = try await house.officer(.caseOfficer)
            let act = "/work/dossiers/\(id)/act/confirm-payment"
            let odd = try await officer.post(act, ["amount": "40.000", "way": "cash", "receipt": "77", "text": "x"])
            #expect(odd.status == 422 && odd.marked == ["differs"] && odd.body.contains("50.000 đồng"))
            let right = #"{"amount":50000,"way":"transfer","receipt":"77"}"#
            try await house.act("confirm-payment", on: id, by: .caseOfficer, right)
            #expect(try await officer.get("/work/dossiers/\(id)").body.contains("biên lai số 77, chuyển khoản"))
            try await house.act("stop", on: id, by: .leader, #"{"text":"Rút yêu cầu"}"#)
            let notice = try await read(reception.get("/work/dossiers/\(id)/papers/stop-notice"))
            for text in [paid, "đã ghi nhận nộp 50.000 đồng", "chưa ghi nhận khoản hoàn trả nào"] {
                #expect(notice.contains(text), "missing: \(text)")
            }
            #expect(try await house.isClean())
        }
    }

    @Test
    func `an amount that is none is refused beside its field`() async throws {
        try await House.open(on: .sqlite) { house in
            let reception = try await house.officer(.reception)
            let path = "/work/intake/\(Procedures.copies)"
            for (amount, receipt) in [("mười nghìn", ""), ("0", ""), ("-5", ""), ("", "0001")] {
                let answer = try await reception.post(
                    path,
                    ["situation": "self", "returnBy": "counter", "feeAmount": amount, "feeReceipt": receipt]
                )
                // A receipt without an amount may be what is too much.
                let field = receipt.isEmpty ? "feeAmount" : "feeReceipt"
                #expect(answer.status == 422 && answer.marked.contains(field), "\(amount) \(receipt)")
            }
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 0)
        }
    }

    @Test(arguments: ["1,5", "1.5", "0", "-1", "hai"])
    func `copies are whole`(typed: String) async throws {
        try await House.open(on: .sqlite) { house in
            let lan = try await house.lan()
            let draft = try await lan.post(
                "/nop/\(Procedures.copies)",
                ["agency": House.justice, "situation": "self", "returnBy": "counter"]
            ).location
            let saved = try await lan.post(
                "\(draft)/khai/copies",
                ["copies.count": typed, "copies.day": "23/11/2026"]
            )
            let answer = try await lan.get(saved.location)
            #expect(answer.marked == ["copies-count"])
            #expect(!answer.body.contains("12,5"))
        }
    }

    // MARK: - Papers on the counter

    @Test(arguments: TestDatabase.kinds)
    func `the receipt lists what was ticked or counted, and nothing that nobody handed in`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let reception = try await house.officer(.reception)
            let path = "/work/intake/\(Procedures.record)"
            func visit(_ more: [(String, String)]) -> [(String, String)] {
                [
                    ("applicant.fullName", "Trần Thị Cúc"), ("applicant.phone", "0987654321"),
                    ("applicant.address", "Số 2 Đội Cấn"), ("request.kind", "1"), ("returnBy", "counter"),
                ] + more
            }
            let page = try await reception.get(path)
            #expect(!page.body.contains("Văn bản ủy quyền"), "another case's paper before a case is chosen")
            #expect(!page.body.contains("name=\"originals-declaration\" value=\"1\""))

            let other = try await reception.submit(
                path,
                visit([("caseShown", ""), ("situation", "proxy"), ("got", "declaration")])
            )
            #expect(other.status == 200 && other.body.contains("chưa được tiếp nhận"))
            #expect(other.body.contains("Văn bản ủy quyền") && other.body.contains("value=\"Trần Thị Cúc\""))
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 0)

            let wrong = try await reception.submit(path, visit([("situation", "self"), ("originals-mandate", "1")]))
            #expect(wrong.status == 422 && wrong.marked.contains("originals-mandate"))

            let taken = try await reception.submit(
                path,
                visit([("caseShown", "self"), ("situation", "self"), ("got", "declaration"), ("copies-household", "3")])
            )
            #expect(taken.status == 303)
            let id = taken.location.replacing("/work/dossiers/", with: "").replacing("?taken=1", with: "")
            #expect(
                try await house.details(id).dossier.papers == [
                    FiledPaper(component: "declaration", originals: 1), FiledPaper(component: "household", copies: 3),
                ]
            )
            let receipt = try await read(reception.get("/work/dossiers/\(id)/papers/receipt"))
            #expect(receipt.contains("Sổ hộ khẩu") && receipt.contains("Tờ khai"))
            for paper in ["Văn bản ủy quyền", "Bản chụp căn cước"] { #expect(!receipt.contains(paper), "\(paper)") }
        }
    }

    @Test
    func `what fills itself online fills itself at the counter`() async throws {
        try await House.open(on: .sqlite) { house in
            let page = try await house.officer(.reception).get("/work/intake/\(Procedures.copies)")
            #expect(page.body.contains("value=\"\(house.clock.now.localDate.vietnamese)\""))
        }
    }

    // MARK: - Steps

    @Test
    func `a step is done when nothing in it is missing, wherever it lies`() async throws {
        try await House.open(on: .sqlite) { house in
            let lan = try await house.lan()
            let draft = try await lan.post("/nop/\(Procedures.record)", CitizenJourneyTests.start).location
            let papers = try await lan.get("\(draft)/giay-to").body
            #expect(!papers.contains("đã xong"), "nothing was filled in")
            #expect(papers.contains("trên ít nhất 4"), "the second kind of certificate would ask for residences")
            _ = try await lan.post("\(draft)/khai/request", ["request.kind": "1"])
            let later = try await lan.get("\(draft)/khai/applicant").body
            #expect(later.ranges(of: "đã xong").count == 1, "only the request is complete, although it comes later")
            _ = try await lan.post(
                "\(draft)/khai/applicant",
                [
                    "applicant.fullName": "Nguyễn Thị Lan", "applicant.phone": "0912000001",
                    "applicant.address": "Số 1",
                ]
            )
            #expect(try await lan.get("\(draft)/giay-to").body.contains("Bước 3 trên 4"))
            _ = try await lan.upload("\(draft)/giay-to", [.file("paper-identity-copy", "cccd.pdf", Paper.pdf)])
            let there = try await lan.get("\(draft)/giay-to").body
            let field = there.components(between: "for=\"f-paper-identity-copy\"", and: "</label>")
            #expect(!field.contains("không bắt buộc"), "a required paper stays required: \(field)")
        }
    }

    // MARK: - The way of return

    @Test(arguments: TestDatabase.kinds)
    func `the post needs an address, which every page and paper then tells`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let start = try await lan.get("/nop/\(Procedures.record)")
            #expect(start.body.contains("bưu điện thu cước riêng"))
            #expect(!start.body.contains("value=\"post\" checked") && !start.body.contains("value=\"online\"  checked"))
            let refused = try await lan.post(
                "/nop/\(Procedures.record)",
                ["agency": House.justice, "situation": "self", "returnBy": "post"]
            )
            #expect(refused.status == 422 && refused.marked == ["deliveryAddress"])
            let draft = try await lan.post(
                "/nop/\(Procedures.record)",
                [
                    "agency": House.justice, "situation": "self", "returnBy": "post",
                    "deliveryAddress": "Nhà bà Sáu, ngõ 7",
                ]
            ).location
            #expect(try await lan.get("\(draft)/xem-lai").body.contains("Nhà bà Sáu, ngõ 7"))
            #expect(try await lan.get("\(draft)/lua-chon").body.contains("Nhà bà Sáu, ngõ 7"))

            let api = "/api/v1/drafts/\(draft.replacing("/nhap/", with: ""))"
            #expect(try await lan.api(.put, "\(api)/answers", House.complete).status == 200)
            let read1 = try await lan.api(.get, api).object
            #expect(
                read1["deliveryAddress"] as? String == "Nhà bà Sáu, ngõ 7",
                "kept when a program writes the answers"
            )
            #expect((read1["answers"] as? [String: Any])?["delivery"] == nil, "what is read can be written back")

            _ = try await lan.upload("\(draft)/giay-to", [.file("paper-identity-copy", "cccd.pdf", Paper.pdf)])
            let id = try await lan.post("\(draft)/nop").location
                .replacing("/ho-so/", with: "").replacing("?filed=1", with: "")
            #expect(try await lan.get("/ho-so/\(id)").body.contains("Nhà bà Sáu, ngõ 7"))
            #expect(try await read(lan.get("/ho-so/\(id)/giay/proof")).contains("Nhà bà Sáu, ngõ 7"))
        }
    }

    @Test
    func `what cannot be filed online is not sent to a post that the procedure does not have`() async throws {
        try await House.open(on: .sqlite) { house in
            let closed = try await house.lan().get("/nop/\(Procedures.counterOnly)")
            #expect(closed.status == 409 && closed.body.contains("Bộ phận Một cửa"))
            #expect(!closed.body.contains("gửi qua bưu điện"))
        }
    }

    // MARK: - Again, and closed

    @Test
    func `a second filing of the same procedure is mentioned with a link, and not held back`() async throws {
        try await House.open(on: .sqlite) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            house.clock.advance(by: .minutes(5))
            let again = try await lan.get("/nop/\(Procedures.record)")
            #expect(again.links.contains("/ho-so/\(id)") && again.body.contains("vừa nộp"))
            #expect(again.actions.contains { $0.hasPrefix("/nop/\(Procedures.record)") })
            #expect(try await !lan.get("/nop/\(Procedures.copies)").links.contains("/ho-so/\(id)"))
            house.clock.advance(by: .days(2))
            #expect(try await !house.lan().get("/nop/\(Procedures.record)").links.contains("/ho-so/\(id)"))
        }
    }

    @Test
    func `a program begins no draft while filing online is closed by order`() async throws {
        try await House.open(on: .sqlite) { house in
            let lan = try await house.lan()
            try await house.orders.impose(
                FilingUnderOrdersTests.closing(Closure(.online), from: house.clock.now),
                on: ID(rawValue: House.justice),
                by: FilingUnderOrdersTests.city,
                Circumstances(at: house.clock.now, actor: .system(name: "test"))
            )
            let begin = """
                {"procedure":"\(Procedures.record)","situation":"self","agency":"\(House.justice)","returnBy":"online"}
                """
            let refused = try await lan.api(.post, "/api/v1/drafts", begin)
            #expect(refused.status == 409 && refused.isProblem)
            #expect(try refused.object["type"] as? String == "/problems/channel-closed")
            #expect(try await house.count("SELECT COUNT(*) FROM draft") == 0)
        }
    }
}

extension House {
    func details(_ id: String) async throws -> DossierBook.Details {
        guard let details = try await book.details(ID(rawValue: id)) else { throw Unexpected(status: 404, body: id) }
        return details
    }
}

extension String {
    /// What stands between two texts the first time; empty where they do not.
    func components(between start: String, and end: String) -> String {
        guard let from = ranges(of: start).first?.upperBound,
            let to = self[from...].ranges(of: end).first?.lowerBound
        else { return "" }
        return String(self[from..<to])
    }
}
