import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import Persistence
import TestSupport
import Testing
import Web

@testable import DossierCore

/// The same journey as a program makes it.
struct APITests {
    /// The titles of the steps that a page of a draft calls done.
    private func done(_ page: Answer) -> [String] {
        page.body.matches(of: /<li class="done"[^>]*><a href="[^"]*">([^<]*)</).map { String($0.1) }
    }

    @Test(arguments: TestDatabase.kinds)
    func `what a program has saved without mistakes is done on the page, what it left out is not`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let begun = try await lan.api(
                .post,
                "/api/v1/drafts",
                #"{"procedure":"\#(Procedures.record)","situation":"self","agency":"\#(House.justice)","returnBy":"online"}"#
            )
            let id = try #require(try begun.object["id"] as? String, "\(begun.body)")
            let (answers, page) = ("/api/v1/drafts/\(id)/answers", "/nhap/\(id)/xem-lai")
            #expect(try await done(lan.get(page)) == [], "what was filled in beforehand nobody has saved")
            let applicant = #"{"applicant":{"fullName":"Nguyễn Thị Lan","phone":"0912000001","address":"Số 1 Kim Mã"}}"#
            #expect(try await lan.api(.put, answers, applicant).status == 200)
            #expect(try await done(lan.get(page)) == ["Người nộp hồ sơ"])
            let wrong = House.complete.replacing("0912000001", with: "12")
            #expect(try await lan.api(.put, answers, wrong).status == 200)
            #expect(try await done(lan.get(page)) == ["Nội dung yêu cầu"])
            #expect(try await lan.api(.put, answers, House.complete).status == 200)
            let file: Part = .file("paper-identity-copy", "cccd.pdf", Paper.pdf)
            #expect(try await lan.send(.post, "/api/v1/drafts/\(id)/files", [file]).status == 201)
            #expect(try await done(lan.get(page)) == ["Người nộp hồ sơ", "Nội dung yêu cầu", "Giấy tờ"])
        }
    }

    static let wish = """
        {"procedure":"\(Procedures.record)","situation":"self","agency":"\(House.justice)","returnBy":"online"}
        """

    private func draft(_ program: Browser) async throws -> String {
        let answer = try await program.api(.post, "/api/v1/drafts", Self.wish)
        #expect(answer.status == 201)
        let id = try #require(try answer.object["id"] as? String)
        #expect(answer.location == "/api/v1/drafts/\(id)")
        return answer.location
    }

    @Test(arguments: TestDatabase.kinds)
    func `a program drafts, fills in, uploads, submits and follows`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            let begun = try await lan.api(.get, draft)
            let missing = try begun.object["missing"] as? [[String: Any]] ?? []
            #expect(
                Set(missing.compactMap { $0["field"] as? String })
                    == ["applicant.address", "request.kind", "paper-identity-copy"]
            )
            let early = try await lan.api(.post, "\(draft)/submission")
            #expect(early.status == 422 && early.isProblem)
            #expect(try early.wrong == ["applicant.address", "request.kind", "paper-identity-copy"])

            let saved = try await lan.api(.put, "\(draft)/answers", House.complete, [.ifMatch: "\"1\""])
            #expect(try saved.status == 200 && saved.object["version"] as? Int == 2)
            let uploaded = try await lan.send(
                .post,
                "\(draft)/files",
                [.file("paper-identity-copy", "ảnh.png", Paper.png)]
            )
            #expect(uploaded.status == 201)
            let file = try #require((try uploaded.object["items"] as? [[String: Any]])?.first)
            #expect(file["mediaType"] as? String == "image/png" && file["name"] as? String == "ảnh.png")

            let submitted = try await lan.api(.post, "\(draft)/submission")
            #expect(submitted.status == 201)
            let receipt = try submitted.object
            #expect(receipt["code"] as? String == "000.00.19.H26-261123-0001")
            let again = try await lan.api(.post, "\(draft)/submission")
            #expect(try again.status == 201 && again.object["id"] as? String == receipt["id"] as? String)
            #expect(try again.object["secret"] as? String == receipt["secret"] as? String)
            let shown = try await lan.api(.get, submitted.location)
            #expect(shown.status == 200)
            let dossier = try shown.object["dossier"] as? [String: Any]
            #expect(dossier?["stage"] as? String == "filed" && dossier?["nationalState"] as? Int == 1)
            #expect(
                try (shown.object["answers"] as? [String: Any])?["request"] as? [String: String] == [
                    "kind": "1", "purpose": "Xin việc",
                ]
            )
            #expect(try await lan.api(.get, "\(submitted.location)/proof.pdf").isPDF)
            let list = try await lan.api(.get, "/api/v1/dossiers")
            #expect(try (list.object["items"] as? [Any])?.count == 1)
            #expect(try (await lan.api(.get, "/api/v1/drafts").object["items"] as? [Any])?.isEmpty == true)
            let change = try await lan.api(.put, "\(draft)/answers", "{}")
            #expect(change.status == 409 && change.isProblem)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a draft and its files come once, however often they are sent`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let key = { (key: String) -> HTTPFields in [.init("Idempotency-Key")!: key] }
            let first = try await lan.api(.post, "/api/v1/drafts", Self.wish, key("begin-00000001"))
            let again = try await lan.api(.post, "/api/v1/drafts", Self.wish, key("begin-00000001"))
            #expect(first.status == 201 && again.status == 201 && first.location == again.location)
            let other = Self.wish.replacing("online", with: "counter")
            #expect(try await lan.api(.post, "/api/v1/drafts", other, key("begin-00000001")).status == 422)
            #expect(
                try await lan.api(.post, "/api/v1/drafts", Self.wish, key("begin-00000002")).location != first.location
            )

            let files = "\(first.location)/files"
            let (copy, book) = (
                Part.file("paper-identity-copy", "a.png", Paper.png), Part.file("paper-household", "b.pdf", Paper.pdf)
            )
            func ids(_ answer: Answer) throws -> [String?] {
                #expect(answer.status == 201, "\(answer.body)")
                return (try answer.object["items"] as? [[String: Any]] ?? []).map { $0["id"] as? String }
            }
            // The first sending broke off after its first file.
            let begun = try ids(try await lan.send(.post, files, [copy], key("upload-0000001")))
            let whole = try ids(try await lan.send(.post, files, [copy, book], key("upload-0000001")))
            #expect(whole.count == 2 && whole.first == begun.first)
            #expect(try ids(try await lan.send(.post, files, [copy, book], key("upload-0000001"))) == whole)
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 2)
            #expect(try await lan.send(.post, files, [book], key("upload-0000001")).status == 422)
            #expect(try await lan.send(.post, files, [book], key("short")).status == 422)
            #expect(try await house.count("SELECT COUNT(*) FROM attachment") == 2)
            #expect(try ids(try await lan.send(.post, files, [book])).count == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a result is prepared once, however often it is sent`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            let examiner = try await house.officer(.caseOfficer)
            let parts: [Part] = [.field("outcome", "granted"), .file("paper-certificate", "phieu.pdf", Paper.pdf)]
            for _ in 1...2 {
                let answer = try await examiner.send(
                    .post,
                    "/api/v1/work/dossiers/\(id)/result",
                    parts,
                    [.init("Idempotency-Key")!: "result-00000001"]
                )
                #expect(answer.status == 200)
            }
            let history = try await house.book.details(ID(rawValue: id))?.history ?? []
            #expect(history.filter { $0.event.name == "resultPrepared" }.count == 1)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `answers that the form does not know are refused by name`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            let answer = try await lan.api(
                .put,
                "\(draft)/answers",
                #"{"applicant":{"fulName":"Lan","phone":12},"requests":{},"residence":{"start":"2010"}}"#
            )
            #expect(answer.status == 422 && answer.isProblem)
            #expect(try answer.wrong == ["applicant.fulName", "applicant.phone", "requests", "residence"])
            #expect(try await lan.api(.get, draft).object["version"] as? Int == 1)
            for (body, status) in [("", 400), ("{", 400), ("[]", 422), ("\"\\u0000\"", 400)] {
                let bad = try await lan.api(.put, "\(draft)/answers", body)
                #expect(bad.status == status && bad.isProblem, "“\(body)” answers \(bad.status)")
            }
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `who saves over a newer version is refused`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            #expect(try await lan.api(.put, "\(draft)/answers", House.complete, [.ifMatch: "1"]).status == 200)
            let stale = try await lan.api(.put, "\(draft)/answers", "{}", [.ifMatch: "\"1\""])
            #expect(stale.status == 412 && stale.isProblem)
            let tag = try #require(try await lan.api(.get, draft).headers[.eTag])
            #expect(tag == "\"v2\"")
            // A tag that is no version of ours must not be taken for “whatever is there”.
            let foreign = try await lan.api(.put, "\(draft)/answers", "{}", [.ifMatch: "\"abcdef\""])
            #expect((400..<500).contains(foreign.status) && foreign.isProblem, "answers \(foreign.status)")
            #expect(try await lan.api(.get, draft).object["version"] as? Int == 2)
            #expect(try await lan.api(.put, "\(draft)/answers", "{}", [.ifMatch: tag]).status == 200)
            #expect(try await lan.api(.put, "\(draft)/answers", "{}").status == 200)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a draft begins only where it can end`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            for (wish, status, wrong) in [
                (Self.wish.replacing(House.justice, with: House.ward), 422, ["agency"]),
                (Self.wish.replacing("\"self\"", with: "\"other\""), 422, ["situation"]),
                (Self.wish.replacing("\"online\"}", with: "\"pigeon\"}"), 400, ["returnBy"]),
                (Self.wish.replacing(Procedures.record, with: Procedures.counterOnly), 409, []),
                (Self.wish.replacing(Procedures.record, with: "9.999999"), 404, []),
            ] as [(String, Int, Set<String>)] {
                let answer = try await lan.api(.post, "/api/v1/drafts", wish)
                #expect(answer.status == status && answer.isProblem, "\(answer.body)")
                #expect(try answer.wrong == wrong)
            }
            let draft = try await draft(lan)
            #expect(try await lan.api(.delete, draft).status == 204)
            #expect(try await lan.api(.get, draft).status == 404)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `files are refused one by one with their reasons, and removed`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let draft = try await draft(lan)
            let answer = try await lan.send(
                .post,
                "\(draft)/files",
                [
                    .file("paper-identity-copy", "a.pdf", Paper.pdf), .file("paper-household", "b.heic", Paper.heic),
                    .file("paper-mandate", "c.pdf", Paper.pdf),
                ]
            )
            #expect(try answer.status == 422 && answer.wrong == ["paper-household", "paper-mandate"])
            let files = try await lan.api(.get, draft).object["files"] as? [[String: Any]] ?? []
            #expect(files.compactMap { $0["name"] as? String } == ["a.pdf"])
            let id = try #require(files.first?["id"] as? String)
            #expect(try await lan.api(.delete, "\(draft)/files/\(id)").status == 204)
            #expect(try (await lan.api(.get, draft).object["files"] as? [Any])?.isEmpty == true)
            let json = try await lan.api(.post, "\(draft)/files", "{}")
            #expect(json.status == 415 && json.isProblem)
        }
    }

    private func whole(_ purpose: String, _ change: (String) -> String = { $0 }) -> Part {
        .field(
            "dossier",
            change(
                Self.wish.replacing("}", with: ",\"answers\":\(House.complete.replacing("Xin việc", with: purpose))}")
            )
        )
    }

    @Test(arguments: TestDatabase.kinds)
    func `a whole dossier under one key is filed once`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let key: HTTPFields = [.init("Idempotency-Key")!: "key-00000001"]
            let file = Part.file("paper-identity-copy", "a.pdf", Paper.pdf)
            let first = try await lan.send(.post, "/api/v1/dossiers", [whole("Xin việc"), file], key)
            #expect(first.status == 201)
            let again = try await lan.send(.post, "/api/v1/dossiers", [whole("Xin việc"), file], key)
            #expect(again.status == 201 && again.bytes == first.bytes)
            let other = try await lan.send(.post, "/api/v1/dossiers", [whole("Du học"), file], key)
            #expect(other.status == 422 && other.isProblem && other.body.contains("key-used-differently"))
            let otherFile = try await lan.send(
                .post,
                "/api/v1/dossiers",
                [whole("Xin việc"), .file("paper-identity-copy", "a.png", Paper.png)],
                key
            )
            #expect(otherFile.status == 422)
            let short = try await lan.send(
                .post,
                "/api/v1/dossiers",
                [whole("Xin việc"), file],
                [.init("Idempotency-Key")!: "short"]
            )
            #expect(try short.status == 422 && short.wrong == ["Idempotency-Key"])
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 1)
            let minh = try await house.minh()
            #expect(try await minh.send(.post, "/api/v1/dossiers", [whole("Xin việc"), file], key).status == 201)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `of a whole dossier everything wrong is told at once`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let bad = whole("x") {
                $0.replacing("0912000001", with: "1").replacing("\"kind\":\"1\"", with: "\"kin\":\"1\"")
            }
            let answer = try await lan.send(
                .post,
                "/api/v1/dossiers",
                [bad, .file("paper-identity-copy", "a.heic", Paper.heic), .file("paper-x", "x.pdf", Paper.pdf)]
            )
            #expect(answer.status == 422 && answer.isProblem)
            let wrong = try answer.wrong
            for field in ["applicant.phone", "request.kin", "paper-identity-copy", "paper-x"] {
                #expect(wrong.contains(field), "\(field) is not named")
            }
            let none = try await lan.send(.post, "/api/v1/dossiers", [.file("paper-x", "x.pdf", Paper.pdf)])
            #expect(try none.status == 422 && none.wrong == ["dossier"])
            #expect(try await house.count("SELECT COUNT(*) FROM dossier") == 0)
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `inboxes, search and acts speak JSON and know versions`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            var ids: [String] = []
            for _ in 1...3 { ids.append(try await house.filed(by: lan)) }
            let reception = try await house.officer(.reception)
            let lists = try await reception.api(.get, "/api/v1/work/inboxes").object["items"] as? [[String: Any]]
            #expect(lists?.first { $0["name"] as? String == "new" }?["count"] as? Int == 3)

            var seen: [String] = []
            var path = "/api/v1/work/inboxes/new?limit=2"
            while true {
                let page = try await reception.api(.get, path).object
                seen += (page["items"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
                guard let next = page["next"] as? String else { break }
                path = "/api/v1/work/inboxes/new?limit=2&after=\(next)"
            }
            #expect(seen.count == 3 && Set(seen) == Set(ids))
            for bad in ["new?after=x", "new?limit=0", "new?limit=101", "new?limit=x"] {
                let answer = try await reception.api(.get, "/api/v1/work/inboxes/\(bad)")
                #expect(answer.status == 422 && answer.isProblem, "\(bad)")
            }
            #expect(try await reception.api(.get, "/api/v1/work/inboxes/nonsense").status == 404)
            let found = try await reception.api(.get, "/api/v1/work/search?q=" + "thi lan".escaped)
            #expect(try (found.object["items"] as? [Any])?.count == 3)
            for typed in [Procedures.record, "phiếu lý lịch tư pháp"] {
                let found = try await reception.api(.get, "/api/v1/work/search?q=" + typed.escaped)
                #expect(try (found.object["items"] as? [Any])?.count == 3, "\(typed)")
            }
            let other = try await reception.api(.get, "/api/v1/work/search?q=" + Procedures.counterOnly.escaped)
            #expect(try (other.object["items"] as? [Any])?.isEmpty == true)

            let act = "/api/v1/work/dossiers/\(ids[0])/acts"
            let acts = try await reception.api(.get, "/api/v1/work/dossiers/\(ids[0])").object["acts"] as? [String]
            let possible = ["accept", "supplement", "refuse", "correct-answers", "correct-return", "record-call"]
            #expect(acts.map(Set.init) == Set(possible))
            let accepted = try await reception.api(.post, "\(act)/accept", #"{"version":1}"#)
            #expect(
                try accepted.status == 200 && (accepted.object["dossier"] as? [String: Any])?["version"] as? Int == 2
            )
            let stale = try await reception.api(.post, "\(act)/hand-over", #"{"version":1}"#)
            #expect(stale.status == 409 && stale.isProblem && stale.body.contains("changed-meanwhile"))
            let twice = try await reception.api(.post, "\(act)/accept", #"{"version":2}"#)
            #expect(twice.status == 409 && twice.isProblem)
            let silent = try await reception.api(.post, "/api/v1/work/dossiers/\(ids[1])/acts/refuse", "{}")
            #expect(try silent.status == 422 && silent.wrong == ["text"])
            #expect(try await reception.api(.post, "\(act)/dance", "{}").status == 404)
            let key: HTTPFields = [.init("Idempotency-Key")!: "act-00000001"]
            for _ in 1...2 {
                let answer = try await reception.api(
                    .post,
                    "/api/v1/work/dossiers/\(ids[1])/acts/accept",
                    #"{"version":1}"#,
                    key
                )
                #expect(answer.status == 200)
            }
            let reused = try await reception.api(.post, "/api/v1/work/dossiers/\(ids[2])/acts/accept", "{}", key)
            #expect(reused.status == 422 && reused.isProblem)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a supplement, a change of return and a withdrawal by program`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let own = "/api/v1/dossiers/\(id)"
            let early = try await lan.send(.post, "\(own)/supplement", [.field("message", "x")])
            #expect(early.status == 409 && early.isProblem)
            try await house.act("supplement", on: id, by: .reception, #"{"text":"Thiếu","components":["household"]}"#)
            let asked = try await lan.api(.get, own).object
            #expect(
                asked["request"] as? String == "Thiếu" && asked["requestedComponents"] as? [String] == ["household"]
            )
            let empty = try await lan.send(.post, "\(own)/supplement", [.field("message", " ")])
            #expect(try empty.status == 422 && empty.wrong == ["word-household"])
            let sent = try await lan.send(
                .post,
                "\(own)/supplement",
                [.field("message", "Đây"), .file("paper-household", "a.pdf", Paper.pdf)]
            )
            #expect(try sent.status == 200 && (sent.object["files"] as? [Any])?.count == 2)
            let chosen = try await lan.api(.put, "\(own)/return-method", #"{"returnBy":"post"}"#)
            #expect(try (chosen.object["dossier"] as? [String: Any])?["returnBy"] as? String == "post")
            let withdrawn = try await lan.api(.post, "\(own)/withdrawal", #"{"reason":"Đổi ý"}"#)
            #expect(withdrawn.status == 200)
            #expect(try await house.stage(id) == .withdrawn)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `a counter takes a visitor in by program`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let visit = """
                {"procedure":"\(Procedures.record)","situation":"self","returnBy":"counter",\
                "answers":\(House.complete),"papers":[{"component":"declaration","originals":1}]}
                """
            let reception = try await house.officer(.reception)
            let taken = try await reception.api(.post, "/api/v1/work/intake", visit)
            #expect(taken.status == 201)
            let id = try #require(try taken.object["id"] as? String)
            #expect(try await house.stage(id) == .accepted)
            #expect(try await reception.api(.get, "/api/v1/work/dossiers/\(id)/receipt.pdf").isPDF)
            let examiner = try await house.officer(.caseOfficer)
            #expect(try await examiner.api(.post, "/api/v1/work/intake", visit).status == 403)
            let wrong = try await reception.api(
                .post,
                "/api/v1/work/intake",
                visit.replacing("\"originals\":1", with: "\"originals\":100").replacing("declaration", with: "letter")
            )
            #expect(try wrong.status == 422 && wrong.wrong == ["papers.0.originals"])
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `code and secret open the state for programs, and nothing of persons`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let id = try await house.filed(by: try await house.lan())
            let details = try #require(try await house.book.details(ID(rawValue: id)))
            let visitor = house.browser()
            func ask(_ code: String, _ secret: String) async throws -> Answer {
                try await visitor.api(.post, "/api/v1/look-ups", #"{"code":"\#(code)","secret":"\#(secret)"}"#)
            }
            let found = try await ask(details.row.code.rawValue, try #require(details.secret))
            #expect(try found.status == 200 && found.object["stage"] as? String == "filed")
            #expect(!found.body.contains("Lan"))
            let wrong = try await ask(details.row.code.rawValue, "aaaaaaaa")
            let unknown = try await ask("000.00.19.H26-261123-9999", "aaaaaaaa")
            #expect(wrong.status == 404 && wrong.isProblem && unknown.status == 404)
        }
    }
}
