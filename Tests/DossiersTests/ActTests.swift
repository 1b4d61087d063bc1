import Accounts
import HTTPTypes
import Kernel
import TestSupport
import Testing
import Web

@testable import DossierCore
@testable import Dossiers

/// Officers' acts, whichever way they are asked for. Who may do what is in `RightsTests`.
struct ActTests {
    @Test func `every act has a key of its own, and those for several dossiers are among them`() {
        let keys = Acts.all.map { $0.key }
        #expect(Set(keys).count == keys.count)
        #expect(Set(Acts.several.map { $0.key }).isSubset(of: keys))
        #expect(keys.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (97...122).contains($0) || $0 == 45 } })
    }

    @Test func `no two acts that are offered together are pressed by the same key`() {
        for past in RightsTests.pasts.values {
            let dossier = Dossier(replaying: past)
            let officer = ActingOfficer(
                id: ID(rawValue: "x"),
                agency: DossierTests.justice,
                roles: Set(Role.allCases)
            )
            for now in [DossierTests.due + .days(-1), DossierTests.due + .days(1)] {
                let shortcuts = Acts.offered(on: dossier, by: officer, at: now).compactMap { $0.shortcut }
                #expect(Set(shortcuts).count == shortcuts.count, "\(dossier.stage): \(shortcuts)")
            }
        }
    }

    /// An act, what a form and what a program says, and the fields that are wrong with either.
    struct Mistake: CustomTestStringConvertible {
        let act: String
        let form: KeyValuePairs<String, String>
        let json: String
        let fields: Set<String>

        var testDescription: String { "\(act) \(json)" }
    }

    /// One character more than is taken: nothing is cut.
    static let tooLong = String(repeating: "ạ", count: DossierTexts.Draft.longestRemark + 1)

    static let mistakes = [
        Mistake(act: "refuse", form: ["text": " \u{200B} "], json: #"{"text":" \u200B "}"#, fields: ["text"]),
        Mistake(act: "refuse", form: ["text": tooLong], json: #"{"text":"\#(tooLong)"}"#, fields: ["text"]),
        Mistake(act: "supplement", form: [:], json: "{}", fields: ["text", "component"]),
        Mistake(
            act: "supplement",
            form: ["text": "x", "text-household": tooLong],
            json: #"{"text":"x","items":[{"item":"household","text":"\#(tooLong)"}]}"#,
            fields: ["text-household"]
        ),
        Mistake(
            act: "supplement",
            form: ["text": "x", "component": "no-such"],
            json: #"{"text":"x","components":["no-such"]}"#,
            fields: ["component"]
        ),
        Mistake(
            act: "supplement",
            form: ["component": "household", "text-household": " ", "answerBy": "01/01/2001"],
            json: #"{"items":[{"item":"household","text":" "}],"answerBy":"2001-01-01"}"#,
            fields: ["text", "answerBy"]
        ),
        Mistake(
            act: "supplement",
            form: ["text": "x", "component": "_answers", "answerBy": "01/01/2001"],
            json: #"{"text":"x","components":["_answers"],"answerBy":"2001-01-01"}"#,
            fields: ["text-_answers", "answerBy"]
        ),
    ]

    @Test(arguments: mistakes)
    func `a form and a program are told the same about the same mistake`(mistake: Mistake) async throws {
        try await House.open(on: .sqlite) { house in
            let id = try await house.filed(by: try await house.lan())
            let reception = try await house.officer(.reception)
            let form = try await reception.post("/work/dossiers/\(id)/act/\(mistake.act)", mistake.form)
            let json = try await reception.api(.post, "/api/v1/work/dossiers/\(id)/acts/\(mistake.act)", mistake.json)
            #expect(form.status == 422 && json.status == 422)
            #expect(try json.wrong == mistake.fields)
            // Ids of fields are their names with what fragments find hard to read made plain.
            #expect(form.marked == Set(mistake.fields.map { $0.replacing("_", with: "-") }))
            #expect(try await house.stage(id) == .filed)
        }
    }

    @Test func `what is not possible is told before anything is filled in`() async throws {
        try await House.open(on: .sqlite) { house in
            let id = try await house.filed(by: try await house.lan())
            let reception = try await house.officer(.reception)
            #expect(try await reception.get("/work/dossiers/\(id)/act/supplement").status == 200)
            try await house.act("refuse", on: id, by: .reception, #"{"text":"Không thuộc thẩm quyền"}"#)
            #expect(try await reception.get("/work/dossiers/\(id)/act/supplement").status == 409)
            #expect(try await house.officer(.leader).get("/work/dossiers/\(id)/act/refuse").status == 403)
        }
    }

    @Test func `members of JSON that are another act's are not looked at, and the act's own must fit`() async throws {
        try await House.open(on: .sqlite) { house in
            let id = try await house.filed(by: try await house.lan())
            let reception = try await house.officer(.reception)
            let acts = "/api/v1/work/dossiers/\(id)/acts"
            #expect(try await reception.api(.post, "\(acts)/refuse", #"{"text":7}"#).status == 400)
            #expect(try await reception.api(.post, "\(acts)/accept", #"{"version":"one"}"#).status == 400)
            #expect(try await reception.api(.post, "\(acts)/accept", "[]").status == 400)
            let hundred = #"{"text":"x","items":[{"item":"household","copies":100}]}"#
            #expect(try await reception.api(.post, "\(acts)/supplement", hundred).status == 422)
            #expect(try await reception.api(.post, "\(acts)/accept", #"{"text":7,"amount":"x"}"#).status == 200)
        }
    }

    @Test func `an act that is repeated under its key is answered as before, however its JSON is written`()
        async throws
    {
        try await House.open(on: .sqlite) { house in
            let id = try await house.filed(by: try await house.lan())
            try await house.bring(id, to: .processing)
            let staff = try await house.accounts.staff.colleagues(in: ID(rawValue: House.justice))
            let clerk = try #require(staff.first { $0.roles == [.clerk] })
            try await house.act(
                "ask-opinions",
                on: id,
                by: .caseOfficer,
                #"{"officers":["\#(clerk.id.rawValue)"],"text":"Có vướng không?"}"#
            )
            let browser = try await house.officer(.clerk)
            let give = "/api/v1/work/dossiers/\(id)/acts/give-opinion"
            let key: HTTPFields = [.init("Idempotency-Key")!: "opinion-0001"]
            // The question waits no longer when it comes again.
            for json in [#"{"text":"Không","stance":"agrees"}"#, #"{ "stance": "agrees", "text": "Không" }"#] {
                #expect(try await browser.api(.post, give, json, key).status == 200)
            }
            let other = try await browser.api(.post, give, #"{"text":"Có","stance":"agrees"}"#, key)
            #expect(other.status == 422 && other.body.contains("key-used-differently"))
            #expect(try await browser.api(.post, give, #"{"text":"Không"}"#).status == 409)
            #expect(try await house.isClean())
        }
    }
}
