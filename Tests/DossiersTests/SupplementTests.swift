import HTTPTypes
import Kernel
import TestSupport
import Testing
import Web

@testable import DossierCore

/// Requests for a supplement: the rules, then the pages and the programs.
struct SupplementTests {
    private static let note = DossierTests.note
    private static let ground = RepeatGround(reason: note, basis: note)
    private static let asked = Dossier.Event.supplement(
        .requested(
            items: [DossierTests.missing, SupplementItem(component: nil, request: note)],
            reason: note,
            answerBy: LocalDate(rawValue: "2021-09-06"),
            ground: nil
        )
    )
    private static let answers =
        DossierTests.brought + [SupplementAnswer(component: nil, papers: [], word: note)]
    private static let answered = Dossier.Event.supplement(
        .answered(
            answers: answers,
            message: nil,
            due: nil
        )
    )

    private static func request(
        by officer: ActingOfficer,
        _ items: [SupplementItem] = [DossierTests.missing],
        ground: RepeatGround? = nil
    ) -> Dossier.Command {
        .requestSupplement(by: officer, items: items, reason: note, answerBy: nil, ground: ground)
    }

    // MARK: - Rules

    @Test func `a request names at least one thing`() {
        #expect(throws: Dossier.Refusal.nothingToSupply) {
            try Dossier(replaying: [DossierTests.filed]).decide(Self.request(by: DossierTests.receiver, []))
        }
    }

    @Test func `a request at intake does not use up the examiner's, and each phase has one`() throws {
        let intake = [DossierTests.filed, Self.asked, Self.answered]
        #expect(throws: Dossier.Refusal.supplementAlreadyAsked) {
            try Dossier(replaying: intake).decide(Self.request(by: DossierTests.receiver))
        }
        let examined = intake + [DossierTests.accepted, .assignment(.handedOver(to: nil))]
        #expect(try Dossier(replaying: examined).decide(Self.request(by: DossierTests.examiner)).count == 1)
        #expect(throws: Dossier.Refusal.supplementAlreadyAsked) {
            try Dossier(replaying: examined + [Self.asked, Self.answered])
                .decide(Self.request(by: DossierTests.examiner))
        }
    }

    @Test func `a second request is an exception with its ground, a first has none`() throws {
        let first = try Dossier(replaying: [DossierTests.filed])
            .decide(Self.request(by: DossierTests.receiver, ground: Self.ground))
        #expect(
            first == [
                .supplement(
                    .requested(
                        items: [DossierTests.missing],
                        reason: Self.note,
                        answerBy: nil,
                        ground: nil
                    )
                )
            ]
        )
        var dossier = Dossier(replaying: [DossierTests.filed, Self.asked, Self.answered])
        #expect(!dossier.wasAskedAgain)
        for event in try dossier.decide(Self.request(by: DossierTests.receiver, ground: Self.ground)) {
            dossier.evolve(event)
        }
        #expect(dossier.wasAskedAgain && dossier.stage == .awaitingSupplement)
    }

    @Test func `every item is answered by a paper or a word, at the counter as online`() throws {
        let dossier = Dossier(replaying: [DossierTests.filed, Self.asked])
        func send(_ answers: [SupplementAnswer]) throws -> [Dossier.Event] {
            _ = try dossier.decide(
                .receiveSupplement(by: DossierTests.receiver, answers: answers, message: nil, due: nil)
            )
            return try dossier.decide(
                .supplement(by: DossierTests.lan, answers: answers, message: nil, due: nil)
            )
        }
        #expect(throws: Dossier.Refusal.unanswered(items: ["id-copy", "_answers"])) { try send([]) }
        #expect(throws: Dossier.Refusal.unanswered(items: ["_answers"])) { try send(DossierTests.brought) }
        #expect(throws: Dossier.Refusal.unanswered(items: ["id-copy"])) {
            try send([
                SupplementAnswer(component: "id-copy", papers: []),
                SupplementAnswer(component: nil, papers: [], word: Self.note),
            ])
        }
        #expect(try send(Self.answers) == [Self.answered])
        let words = [nil, "id-copy"].map { SupplementAnswer(component: $0, papers: [], word: Self.note) }
        #expect(try send(words).count == 1)
    }

    @Test func `texts and files of a request and its answer are known by their events`() {
        #expect(Self.asked.happening.texts.count == 2 && Self.answered.happening.texts.count == 1)
        let again = Dossier.Event.supplement(
            .requested(
                items: [],
                reason: Self.note,
                answerBy: nil,
                ground: Self.ground
            )
        )
        #expect(again.happening.texts.count == 3)
        let paper = FiledPaper(component: "a", file: DossierTests.result.file)
        let sent = Dossier.Event.supplement(
            .answered(
                answers: [SupplementAnswer(component: "a", papers: [paper])],
                message: nil,
                due: nil
            )
        )
        #expect(sent.happening.files == [DossierTests.result.file])
    }

    // MARK: - The officer's table

    @Test(arguments: TestDatabase.kinds)
    func `everything is asked in one table, and what was typed stays when something is wrong`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let act = "/work/dossiers/\(id)/act/supplement"
            let reception = try await house.officer(.reception)
            let page = try await reception.get(act)
            #expect(page.body.contains("Đề xuất 30 ngày là mặc định của phần mềm"))
            for name in ["originals-household", "certified-household", "copies-household", "text-_answers"] {
                #expect(page.body.contains("name=\"\(name)\""), "\(name)")
            }
            let nothing = try await reception.post(act, ["text": "Thiếu"])
            #expect(nothing.status == 422 && nothing.marked == ["component"])
            let wrong = try await reception.post(
                act,
                [
                    "component": "household", "certified-household": "-1", "text-identity-copy": "Ảnh <mờ>",
                    "text": "Chưa đủ", "answerBy": "31/02/2030", "component": "_answers",
                ]
            )
            #expect(wrong.status == 422)
            #expect(wrong.marked == ["certified-household", "answerBy", "text--answers"])
            #expect(wrong.body.contains("Ảnh &lt;mờ&gt;") && wrong.body.contains("31/02/2030"))
            #expect(
                try await reception.post(act, ["component": "household", "text": "x", "answerBy": "1/1/2001"]).marked
                    == ["answerBy"]
            )

            let asked = try await reception.post(
                act,
                [
                    "component": "household", "originals-household": "1", "certified-household": "2",
                    "copies-household": "", "text-identity-copy": "Ảnh mờ, chụp lại",
                    "text-_answers": "Ngày sinh khai sai", "text": "Hồ sơ chưa đủ",
                ]
            )
            #expect(asked.status == 303)
            let details = try #require(try await house.book.details(ID(rawValue: id)))
            let items = details.dossier.requestedItems
            #expect(items.map(\.key) == ["identity-copy", "household", "_answers"])
            #expect(items[1].originals == 1 && items[1].certifiedCopies == 2 && items[1].copies == 0)
            #expect(details.dossier.answerBy == SupplementTests.usualDay(house))
            #expect(try await reception.get("/work/dossiers/\(id)/papers/supplement-request").isPDF)
            for place in ["/ho-so/\(id)", "/ho-so/\(id)/bo-sung"] {
                let shown = try await lan.get(place).body
                for words in ["Ảnh mờ, chụp lại", "Ngày sinh khai sai", "1 bản chính, 2 bản chứng thực", "Hạn bổ sung"]
                {
                    #expect(shown.contains(words), "\(place) does not say “\(words)”")
                }
            }
            #expect(try await house.isClean())
        }
    }

    private static func usualDay(_ house: House) -> LocalDate {
        var day = house.clock.now.localDate.adding(days: 30)
        while day.weekday > 5 { day = day.adding(days: 1) }
        return day
    }

    @Test(arguments: TestDatabase.kinds)
    func `asking again needs a tick, a reason and the law, and is shown as an exception`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let act = "/work/dossiers/\(id)/act/supplement"
            try await house.act("supplement", on: id, by: .reception, #"{"text":"Thiếu","components":["household"]}"#)
            #expect(try await lan.post("/ho-so/\(id)/bo-sung", ["word-household": "Không có"]).status == 303)
            let reception = try await house.officer(.reception)
            let refused = try await reception.post(act, ["component": "household", "text": "Lại thiếu"])
            #expect(refused.status == 409 && refused.marked == ["again"] && refused.body.contains("ngoại lệ"))
            let bare = try await reception.post(act, ["component": "household", "text": "x", "again": "yes"])
            #expect(bare.status == 422 && bare.marked == ["ground", "basis"])
            let done = try await reception.api(
                .post,
                "/api/v1/work/dossiers/\(id)/acts/supplement",
                """
                {"text":"Thiếu","items":[{"item":"household","text":"Trang 3"}],"answerBy":"2030-01-01","again":true,\
                "ground":"Luật mới","basis":"Điều 9"}
                """
            )
            #expect(done.status == 422, "a day years away is refused")
            let again = try await reception.api(
                .post,
                "/api/v1/work/dossiers/\(id)/acts/supplement",
                #"{"text":"Thiếu","items":[{"item":"household","text":"Trang 3"}],"again":true,"ground":"Luật mới","basis":"Điều 9"}"#
            )
            #expect(again.status == 200)
            let shape = try #require(try again.object["supplement"] as? [String: Any])
            #expect((shape["ground"] as? [String: String])?["basis"] == "Điều 9")
            #expect(try await reception.get("/work/dossiers/\(id)").body.contains("lần nữa (ngoại lệ)"))
            #expect(try await !lan.get("/ho-so/\(id)").body.contains("(ngoại lệ)"))
            #expect(try await house.row(id).standing.wasAskedAgain)
            let register = try await reception.api(.get, "/api/v1/work/register?by=filed")
            #expect(register.body.contains("\"askedAgain\":true"))
            #expect(try await house.isClean())
        }
    }

    // MARK: - The citizen's answer

    @Test(arguments: TestDatabase.kinds)
    func `a citizen answers each item, and neither files nor words are lost on the way`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            let own = "/ho-so/\(id)/bo-sung"
            try await house.act(
                "supplement",
                on: id,
                by: .reception,
                #"{"text":"Thiếu","items":[{"item":"household"},{"item":"identity-copy","text":"Mờ"},{"item":"_answers","text":"Tên sai"}]}"#
            )
            let early = try await lan.upload(
                "\(own)/tep",
                [
                    .field("word-_answers", "Tên đúng là Lan"), .file("paper-household", "so.pdf", Paper.pdf),
                    .field("_send", "1"),
                ]
            )
            #expect(early.status == 422 && early.marked == ["word-identity-copy"])
            #expect(early.body.contains("so.pdf") && early.body.contains("Tên đúng là Lan"))
            let more = try await lan.upload(
                "\(own)/tep",
                [.field("word-_answers", "Tên đúng là Lan"), .file("paper-identity-copy", "x.png", Paper.png)]
            )
            #expect(more.status == 200 && more.body.contains("Tên đúng là Lan") && more.body.contains("x.png"))
            let staged = try #require(
                try await house.book.details(ID(rawValue: id))?.staged.first { $0.name == "x.png" }
            )
            let removed = try await lan.upload(
                "\(own)/tep",
                [.field("_remove", staged.id.rawValue), .field("word-identity-copy", "Thẻ đang cấp lại")]
            )
            #expect(
                removed.status == 200 && !removed.body.contains("x.png") && removed.body.contains("Thẻ đang cấp lại")
            )
            let sent = try await lan.upload(
                "\(own)/tep",
                [
                    .field("word-_answers", "Tên đúng là Lan"), .field("word-identity-copy", "Thẻ đang cấp lại"),
                    .field("_send", "1"),
                ]
            )
            #expect(sent.status == 303 && sent.location == "/ho-so/\(id)")
            let shown = try await house.officer(.reception).get("/work/dossiers/\(id)").body
            for words in ["so.pdf", "Tên đúng là Lan", "Thẻ đang cấp lại", "Có lời giải thích"] {
                #expect(shown.contains(words), "\(words)")
            }
            let shape = try await lan.api(.get, "/api/v1/dossiers/\(id)").object["supplement"] as? [String: Any]
            let states = (shape?["items"] as? [[String: Any]])?.compactMap { $0["state"] as? String }
            #expect(states == ["explained", "received", "explained"])
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `photos of a supplement become one PDF, and what is held already is used again`(kind: TestDatabase)
        async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            _ = try await house.filed(by: lan)
            try await house.follow()
            let id = try await house.filed(by: lan)
            let own = "/ho-so/\(id)/bo-sung"
            try await house.act(
                "supplement",
                on: id,
                by: .reception,
                #"{"text":"Mờ","items":[{"item":"identity-copy","text":"Mờ"},{"item":"household"}]}"#
            )
            let photographed = try await lan.upload(
                "\(own)/tep",
                [
                    .file("paper-household", "truoc.jpg", Paper.photo),
                    .file("paper-household", "sau.jpg", Paper.photo),
                ]
            )
            #expect(photographed.status == 303)
            #expect(try await lan.get(own).body.contains("Gộp 2 ảnh thành một PDF"))
            for _ in 1...2 {
                #expect(try await lan.upload("\(own)/tep", [.field("_bind", "household")]).status == 303)
            }
            let page = try await lan.get(own)
            #expect(!page.body.contains("truoc.jpg") && !page.body.contains("_bind"))
            let details = try #require(try await house.book.details(ID(rawValue: id)))
            #expect(details.staged.map(\.pages) == [2])

            // The same content is in this dossier already, so it is not offered for it; the other paper never was there.
            #expect(!page.body.contains("name=\"reuse\""))
            let other = try await house.filed(by: lan, identity: Paper.png)
            try await house.act(
                "supplement",
                on: other,
                by: .reception,
                #"{"text":"Mờ","components":["identity-copy"]}"#
            )
            let offered = try await lan.get("/ho-so/\(other)/bo-sung")
            let tick = try #require(offered.body.firstMatch(of: /name="reuse" type="checkbox" value="([^"]+)"/)).1
            let sent = try await lan.upload(
                "/ho-so/\(other)/bo-sung/tep",
                [.field("reuse", String(tick)), .field("_send", "1")]
            )
            #expect(sent.location == "/ho-so/\(other)")
            let papers = try #require(try await house.book.details(ID(rawValue: other))).dossier.papers
            #expect(papers.last?.origin != nil)
            #expect(try await house.isClean())
        }
    }

    @Test(arguments: TestDatabase.kinds)
    func `the counter ticks what was brought and notes why the rest was not`(kind: TestDatabase) async throws {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let id = try await house.filed(by: lan)
            try await house.act(
                "supplement",
                on: id,
                by: .reception,
                """
                {"text":"Thiếu","items":[{"item":"identity-copy"},{"item":"household","originals":1,"certifiedCopies":2,\
                "copies":0}]}
                """
            )
            let reception = try await house.officer(.reception)
            let act = "/work/dossiers/\(id)/act/receive-supplement"
            let half = try await reception.post(act, ["component": "household"])
            #expect(half.status == 422 && half.marked == ["word-identity-copy"])
            let whole = try await reception.post(act, ["component": "household", "word-identity-copy": "Đang làm lại"])
            #expect(whole.status == 303)
            let asked = try #require(try await house.book.details(ID(rawValue: id))?.supplement)
            #expect(asked.items.map(\.papers.count) == [0, 1] && asked.items[0].word == "Đang làm lại")
            #expect(asked.items[1].papers == [FiledPaper(component: "household", originals: 1, copies: 2)])
            #expect(try await house.isClean())
        }
    }

    // MARK: - The day of the answer

    @Test(arguments: TestDatabase.kinds)
    func `what nobody has answered by its day is listed, and ended only by an officer`(kind: TestDatabase) async throws
    {
        try await House.open(on: kind) { house in
            let lan = try await house.lan()
            let (silent, late) = (try await house.filed(by: lan), try await house.filed(by: lan))
            let day = house.clock.now.localDate.adding(days: 3)
            for id in [silent, late] {
                try await house.act(
                    "supplement",
                    on: id,
                    by: .reception,
                    #"{"text":"Thiếu","components":["household"],"answerBy":"\#(day.rawValue)"}"#
                )
            }
            let list = "/work/inbox/supplement-late"
            house.clock.advance(by: .days(3))
            #expect(try await !house.officer(.reception).get(list).links.contains("/work/dossiers/\(silent)"))
            house.clock.advance(by: .days(1))
            let reception = try await house.officer(.reception)
            let links = try await reception.get(list).links
            #expect(links.contains("/work/dossiers/\(silent)") && links.contains("/work/dossiers/\(late)"))
            #expect(try await house.stage(silent) == .awaitingSupplement, "nothing happens by itself")
            let again = try await house.lan()
            #expect(try await again.get("/ho-so/\(late)/bo-sung").body.contains("Đã quá hạn"))
            #expect(try await again.post("/ho-so/\(late)/bo-sung", ["word-household": "Xin lỗi"]).status == 303)
            try await house.act("refuse", on: silent, by: .reception, #"{"text":"Không bổ sung trong thời hạn"}"#)
            #expect(try await !reception.get(list).links.contains("/work/dossiers/\(silent)"))
            #expect(try await !reception.get(list).links.contains("/work/dossiers/\(late)"))
            #expect(try await house.isClean())
        }
    }
}
