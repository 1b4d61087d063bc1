import Foundation
import Kernel
import Testing
import Web

@testable import Catalogue

struct ProcedureReaderTests {
    @Test
    func `a well written file gives a procedure and no fault`() throws {
        let (procedure, faults) = Sample.read()
        #expect(faults.isEmpty)
        let read = try #require(procedure)
        #expect(read.code.rawValue == "1.001193")
        #expect(read.name.en == "Birth registration")
        #expect(read.audiences == [.citizen, .foreigner])
        #expect(read.revisions.count == 2)
        let revision = read.revisions[0]
        #expect(revision.online == .level4)
        #expect(revision.channels.map(\.channel) == [.counter, .online, .post])
        #expect(revision.terms(of: .counter)?.term == TimeLimit(amount: 3, unit: .workingDays))
        #expect(revision.terms(of: .counter)?.fee == .free)
        #expect(revision.terms(of: .online)?.fee == .unknown)
        #expect(revision.terms(of: .post)?.term == nil)
        let fee = FeeItem(
            name: Words("Bản sao", "Copy"),
            amount: Money(dong: 8000),
            per: .copy,
            basis: "281/2016/TT-BTC"
        )
        #expect(revision.terms(of: .post)?.fee == .due([fee]))
        #expect(revision.components(in: "on-time").map(\.key) == ["declaration", "birth-proof"])
        #expect(revision.components(in: nil).map(\.key) == ["declaration"])
        #expect(revision.form.lists.keys.sorted() == ["provinces"])
    }

    @Test
    func `a later revision is like the first but for what it says`() throws {
        let second = Sample.procedure.revisions[1]
        #expect(second.online == .full)
        #expect(second.form == Sample.form)
        #expect(second.decision == "1872/QĐ-BTP")
        let day = try #require(LocalDate(rawValue: "2022-08-14"))
        #expect(Sample.procedure.revisions[0].until == day)
        #expect(Sample.procedure.revision(on: day)?.number == 1)
        #expect(Sample.procedure.revision(on: day.adding(days: 1))?.number == 2)
        #expect(Sample.procedure.revision(on: day.adding(days: -1000)) == nil)
    }

    @Test
    func `a revision says how long a supplement is waited for, where a law does`() throws {
        #expect(Sample.procedure.revisions.allSatisfy { $0.supplement == nil })
        let term = "supplement: { within: 7 working-days, basis: Điều 6 }"
        let (procedure, faults) = Sample.read(
            Sample.yaml.replacing("decision:", with: "\(term)\n    decision:", maxReplacements: 1)
        )
        #expect(faults.isEmpty)
        let read = try #require(procedure)
        let seven = TimeLimit(amount: 7, unit: .workingDays)
        #expect(read.revisions[0].supplement == SupplementTerm(within: seven, basis: "Điều 6"))
        #expect(try CatalogueJSON.procedure(CatalogueJSON.text(read)) == read)
    }

    @Test
    func `a revision says how its law counts the term, and keeps it in the archive`() throws {
        #expect(Sample.procedure.revisions.allSatisfy { $0.clock == nil })
        let clock =
            #"clock: { mode: include-if-before-cutoff, cutoff: "14:30", resume: phase, "#
            + "phases: [10 working-days, 5 days], basis: Điều 5 }"
        let yaml = Sample.yaml.replacing("decision:", with: "\(clock)\n    decision:", maxReplacements: 1)
        let (procedure, faults) = Sample.read(yaml)
        #expect(faults.isEmpty)
        let read = try #require(procedure)
        let rule = DueRule(
            mode: .includeIfBeforeCutoff,
            cutoff: 870,
            resume: .phase,
            phases: [TimeLimit(amount: 10, unit: .workingDays), TimeLimit(amount: 5, unit: .days)]
        )
        #expect(read.revisions[0].clock == ProcedureClock(rule: rule, basis: "Điều 5"))
        #expect(try CatalogueJSON.procedure(CatalogueJSON.text(read)) == read)
        #expect(
            RevisionArchive.digest(of: read.revisions[0], read.name)
                != RevisionArchive.digest(of: Sample.procedure.revisions[0], read.name)
        )
    }

    struct Slip: Sendable, CustomTestStringConvertible {
        let from: String
        let to: String
        let problem: String
        var testDescription: String { problem }
        init(_ from: String, _ to: String, _ problem: String) {
            (self.from, self.to, self.problem) = (from, to, problem)
        }
    }

    static let slips = [
        Slip("field: civil-status", "feild: civil-status", "Unknown key: feild."),
        Slip("field: civil-status", "field: civil", "The field “civil” is not in lists/fields.yaml."),
        Slip("\"1.001193\"", "\"1.0011\"", "“1.0011” is not the code of a procedure."),
        Slip("\"1.001193\"", "\"1.001194\"", "The code 1.001194 does not match the file name 1.001193.yaml."),
        Slip("en: Birth registration }", "}", "The key “en” is missing."),
        Slip("[commune]", "[village]", "“village” means nothing here."),
        Slip("[commune]", "commune", "This must be a list."),
        Slip("[commune]", "[]", "The list “levels” is empty."),
        Slip("khai sinh cho bé]", "Giay khai sinh]", "“Giay khai sinh” is there already (search ignores accents)."),
        Slip("from: 2021-01-01", "from: 2021-02-30", "“2021-02-30” is not a real date."),
        Slip("from: 2022-08-15", "from: 2020-08-15", "It begins on 2020-08-15, not after the one before (2021-01-01)."),
        Slip(
            "decision:",
            "until: 2023-01-01\n    decision:",
            "It lasts until 2023-01-01 and overlaps the next one (from 2022-08-15)."
        ),
        Slip("decision:", "until: 2020-01-01\n    decision:", "It ends before it begins."),
        Slip("like: first", "like: second", "“like” stands in later revisions only, with the value first."),
        Slip("online: full", "online: 4", "There is no online level “4” on 2022-08-15."),
        Slip("presence: false", "presence: true", "The person must come in although all is done online."),
        Slip("presence: false", "presence: maybe", "“maybe” is neither true nor false."),
        Slip("submit: true", "submit: false", "There is a post channel but post.submit is false."),
        Slip(
            "online: { term: same-day, fees: unknown }",
            "",
            "The online level allows filing online but there is no online channel."
        ),
        Slip("3 working-days", "3 weeks", "“3 weeks” is not a time limit."),
        Slip("decision:", "clock: { cutoff: \"15:00\" }\n    decision:", "The way of counting has no legal basis."),
        Slip("decision:", "clock: { cutoff: 3pm, basis: a }\n    decision:", "“3pm” is not a time of day."),
        Slip("decision:", "clock: { mode: guess, basis: a }\n    decision:", "“guess” means nothing here."),
        Slip(
            "decision:",
            "clock: { resume: phase, basis: a }\n    decision:",
            "resume: phase, but there are no phases."
        ),
        Slip(
            "decision:",
            "clock: { phases: [2 days], basis: a }\n    decision:",
            "There are phases but resume is not phase."
        ),
        Slip(
            "decision:",
            "clock: { resume: phase, phases: [2 weeks], basis: a }\n    decision:",
            "“2 weeks” is not a time limit."
        ),
        Slip("decision:", "supplement: { within: 7 working-days }\n    decision:", "The key “basis” is missing."),
        Slip("decision:", "supplement: { within: soon, basis: a }\n    decision:", "“soon” is not a time limit."),
        Slip(
            "decision:",
            "supplement: { within: same-day, basis: a }\n    decision:",
            "A supplement cannot be due the same day."
        ),
        Slip("fees: free", "fees: gratis", "“gratis” is not a fee."),
        Slip(", basis: 281/2016/TT-BTC", "", "The fee has no legal basis."),
        Slip("amount: 8000", "amount: 8.000", "“8.000” is not an integer from 1 to 1000000000000."),
        Slip("per: copy", "per: sheet", "“sheet” means nothing here."),
        Slip("key: record", "key: birth-proof", "The component “birth-proof” is there already, in line 29."),
        Slip("key: abandoned", "key: on-time", "The case “on-time” is there already, in line 25."),
        Slip("key: sign", "key: receive", "The step “receive” is there already, in line 34."),
        Slip("key: phone", "key: fullName", "The field “fullName” is there already, in line 44."),
        Slip("key: birth-proof", "key: Birth Proof", "The key “Birth Proof” is not well formed."),
        Slip("cases: [abandoned]", "cases: [found]", "There is no case “found”."),
        Slip("hours: 2", "hours: 2h", "“2h” is not an integer from 0 to 10000."),
        Slip("role: leader", "role: boss", "“boss” means nothing here."),
        Slip("type: phone", "type: fax", "“fax” means nothing here."),
        Slip("list: provinces", "list: planets", "There is no list “planets”."),
        Slip("field: twin,", "field: triplet,", "There is no field “triplet” before this one."),
        Slip("field: twin,", "field: reason,", "There is no field “reason” before this one."),
        Slip(
            "field: child.sex, is: [\"0\"]",
            "field: child.sex, is: [\"2\"]",
            "“2” is not a value of the field “sex”."
        ),
        Slip(
            "field: child.province, is: [\"79\"]",
            "field: child.town, is: [\"79\"]",
            "There is no field “child.town” before this one."
        ),
        Slip("type: choice, list: provinces", "type: choice", "A choice without anything to choose."),
        Slip("type: yes-no }", "type: yes-no, list: provinces }", "Only choice and choices have options or a list."),
        Slip("check: not-future", "check: not-tomorrow", "“not-tomorrow” is not a check."),
        Slip("\"after:start\"", "\"after:begin\"", "check: after:begin does not name a date of this section."),
        Slip("at-least: 1, at-most: 9", "at-least: 10, at-most: 9", "at-least exceeds at-most."),
        Slip("min: 1, max: 3", "min: 4, max: 3", "The smallest number of rows exceeds the largest."),
        Slip(
            "sections:",
            "rules: [{ key: a, kind: refused, vi: a, en: a, same: [child.sex, child.town] }]\n      sections:",
            "The form has no field “child.town”."
        ),
        Slip(
            "sections:",
            "rules: [{ key: a, kind: odd, vi: a, en: a, given: child.sex }]\n      sections:",
            "“odd” means nothing here."
        ),
        Slip(
            "sections:",
            "rules: [{ key: a, kind: asked, vi: a, en: a }]\n      sections:",
            "The rule “a” compares nothing."
        ),
        Slip(
            "sections:",
            "rules: [{ key: a, kind: asked, vi: a, en: a, years: [child.birthDate, today] }]\n      sections:",
            "It does not say how many are too few or too many."
        ),
        Slip(
            "sections:",
            "rules: [{ key: a, kind: asked, vi: a, en: a, days: [child.sex, today], below: 1 }]\n      sections:",
            "The field “child.sex” cannot be compared like this."
        ),
        Slip(
            "sections:",
            "rules: [{ key: a, kind: asked, vi: a, en: a, same: [child.sex] }]\n      sections:",
            "Two fields are compared, no more and no less."
        ),
        Slip("key: applicant", "key: person", "The first section is not a complete applicant."),
        Slip("vi: Nữ, en: Female", "vi: Nu\u{31B}\u{303}, en: Female", "This line has decomposed letters (NFD)."),
        Slip("vi: Nam,", "vi: ,", "The value is empty."),
        Slip("levels: [commune]", "levels: [commune", "Not readable as YAML:"),
        Slip("levels: [commune]", "levels: &l [commune]", "YAML anchors and aliases (&, *) are not used here."),
        Slip("levels: [commune]", "levels: [commune]\nlevels: [province]", "A key is given twice: levels."),
    ]

    @Test(arguments: slips)
    func `every fault is found where it is, and its remedy told`(slip: Slip) throws {
        let range = try #require(Sample.yaml.range(of: slip.from), "the sample has no “\(slip.from)”")
        let yaml = Sample.yaml.replacingCharacters(in: range, with: slip.to)
        let (procedure, faults) = Sample.read(yaml)
        #expect(procedure == nil)
        let fault = try #require(faults.first { $0.problem.en.hasPrefix(slip.problem) }, "\(faults)")
        #expect(!fault.remedy.vi.isEmpty && !fault.remedy.en.isEmpty && !fault.problem.vi.isEmpty)
        let place = yaml.prefix(upTo: range.lowerBound).count { $0 == "\n" } + 1
        // Some faults belong to the whole they are in: the list, the form, the syntax around.
        #expect(abs(fault.line - place) <= 22, "line \(fault.line), expected near \(place)")
    }

    @Test
    func `all faults of a file are told at once`() {
        let yaml = Sample.yaml.replacing("role: leader", with: "role: boss").replacing("type: fax", with: "type: phone")
            .replacing("hours: 2", with: "hours: two").replacing("levels: [commune]", with: "levels: [moon]")
        let (_, faults) = Sample.read(yaml)
        #expect(
            faults.map(\.problem.en) == [
                "“moon” means nothing here.", "“two” is not an integer from 0 to 10000.", "“boss” means nothing here.",
            ]
        )
        #expect(faults.map(\.line) == [5, 34, 35])
    }

    @Test
    func `no text, however broken, stops the program`() {
        var random = Seeded(state: 7)
        let pieces = [
            "[", "]", "{", "}", ": ", "- ", "\n", "\t", "\"", "'", "&a ", "*a", "? ", "|", "> ", "#", "\u{0}",
            "\u{301}", "!!int ", "%", "---\n", "...\n", "<<: ", "é", "\u{FEFF}", "null", "~",
        ]
        let lines = Sample.yaml.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<400 {
            var lines = lines
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<lines.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: lines.remove(at: index)
                case 1: lines[index] = String(lines[index].dropLast(Int.random(in: 0...8, using: &random)))
                case 2: lines.swapAt(index, Int.random(in: 0..<lines.count, using: &random))
                default:
                    let offset = Int.random(in: 0...lines[index].count, using: &random)
                    let place = lines[index].index(lines[index].startIndex, offsetBy: offset)
                    lines[index].insert(contentsOf: pieces.randomElement(using: &random)!, at: place)
                }
            }
            let (procedure, faults) = Sample.read(lines.joined(separator: "\n"))
            #expect(procedure != nil || !faults.isEmpty)
        }
    }

    struct Nonsense: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        init(_ description: String, _ text: String) { (testDescription, self.text) = (description, text) }
    }

    @Test(arguments: [
        Nonsense("nothing", ""), Nonsense("a blank", " "), Nonsense("NUL", "\u{0}"), Nonsense("a word", "a"),
        Nonsense("an empty list", "[]"), Nonsense("an empty mapping", "{}"), Nonsense("bare dashes", "- - - -"),
        Nonsense("an unknown alias", "a: *b"), Nonsense("a list as key", "? [a]\n: b"),
        Nonsense("a mapping as key", "? {a: b}\n: c"), Nonsense("a byte order mark", "\u{FEFF}code: x"),
        Nonsense("two documents", "--- a\n--- b"), Nonsense("a huge text", String(repeating: "x", count: 2_000_000)),
        Nonsense("deep lists", String(repeating: "[", count: 5000)),
        Nonsense("deep dashes", String(repeating: "- ", count: 5000)),
        Nonsense("deep mappings", String(repeating: "{a: ", count: 5000)),
        Nonsense("deep keys", String(repeating: "? ", count: 5000)),
        Nonsense("deep lines", (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
    ])
    func `nonsense is a fault`(nonsense: Nonsense) {
        let (procedure, faults) = Sample.read(nonsense.text)
        #expect(procedure == nil)
        #expect(!faults.isEmpty)
    }
}

/// The same numbers every time, so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
