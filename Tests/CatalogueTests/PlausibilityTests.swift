import Kernel
import Testing
import Web

@testable import Catalogue

/// Rules across sections, as the shipped procedures have them.
struct PlausibilityTests {
    static let today = LocalDate(year: 2026, month: 11, day: 23)!

    static func form(_ code: String) throws -> FormDefinition {
        let code = try #require(ProcedureCode(rawValue: code))
        return try #require(Shipped.reading.catalogue[code]?.revisions.last?.form)
    }

    static func answers(_ typed: [String: String], _ form: FormDefinition) -> Answers {
        form.reading(typed.map { (name: $0.key, value: $0.value) }, into: Answers()).answers
    }

    /// The keys of the rules that are broken, of any kind.
    static func broken(_ code: String, _ typed: [String: String]) throws -> Set<String> {
        let form = try form(code)
        let shown = form.shown(answers(typed, form))
        return Set(form.implausible(shown, on: today).map(\.rule.key))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let code: String
        let typed: [String: String]
        let broken: Set<String>
        var testDescription: String { "\(code) \(broken.sorted())" }
        init(_ code: String, _ typed: [String: String], _ broken: Set<String>) {
            (self.code, self.typed, self.broken) = (code, typed, broken)
        }
    }

    @Test(arguments: [
        Case(
            "1.001193",
            ["child.parentage": "mother", "child.birthDate": "20/11/2026", "mother.birthDate": "20/11/2026"],
            ["mother-too-young", "mother-very-young"]
        ),
        Case(
            "1.001193",
            ["child.parentage": "mother", "child.birthDate": "20/11/2026", "mother.birthDate": "5/2012"],
            ["mother-very-young"]
        ),
        // Of the year alone it could be right.
        Case(
            "1.001193",
            ["child.parentage": "mother", "child.birthDate": "20/11/2026", "mother.birthDate": "2010"],
            []
        ),
        Case(
            "1.001193",
            ["child.parentage": "father", "child.birthDate": "20/11/2026", "father.birthDate": "1950"],
            ["father-very-old"]
        ),
        // Nobody is compared with a section that is not shown.
        Case(
            "1.001193",
            ["child.parentage": "father", "child.birthDate": "20/11/2026", "mother.birthDate": "2026"],
            []
        ),
        Case(
            "1.001193",
            ["child.birthDate": "20/11/1926", "registration.birthProofDate": "20/11/2026"],
            ["new-proof-of-old-birth", "late-proof", "grown-child"]
        ),
        Case("1.001193", ["child.birthDate": "20/11/1926"], ["grown-child"]),
        Case(
            "1.001193",
            ["child.birthDate": "1/6/2026", "registration.kind": "on-time"],
            ["not-on-time"]
        ),
        Case(
            "1.001193",
            [
                "applicant.relation": "Bản thân", "applicant.fullName": "Nguyễn Văn An",
                "child.fullName": "Nguyễn Văn Ân",
            ],
            []
        ),
        Case(
            "1.001193",
            ["applicant.relation": "Bản thân", "applicant.fullName": "Trần Thị Bình", "child.fullName": "Lê Na"],
            ["self-name"]
        ),
        // A close friend is not oneself.
        Case(
            "1.001193",
            ["applicant.relation": "Bạn thân", "applicant.fullName": "Trần Thị Bình", "child.fullName": "Lê Na"],
            []
        ),
        Case(
            "1.000656",
            ["deceased.birthDate": "1/1/1950", "death.deathDate": "31/12/1949"],
            ["death-before-birth"]
        ),
        Case("1.000656", ["deceased.birthDate": "1949", "death.deathDate": "31/12/1949"], []),
        Case(
            "1.000656",
            ["applicant.idNumber": "001 090 000 001", "deceased.idNumber": "001090000001"],
            ["own-death"]
        ),
        Case(
            "1.000894",
            ["man.birthDate": "24/11/2006", "woman.birthDate": "24/11/2008"],
            [
                "man-under-age", "woman-under-age",
            ]
        ),
        Case("1.000894", ["man.birthDate": "23/11/2006", "woman.birthDate": "23/11/2008"], []),
        Case("1.001612", ["business.name": "Công ty Hoa Mai"], ["company-name"]),
        Case("1.001612", ["business.name": "CONG TY hoa mai"], ["company-name"]),
        Case("1.001612", ["business.name": "Cty Hoa Mai"], ["like-a-company"]),
        Case("1.001612", ["business.name": "Hộ kinh doanh Hoa Mai"], []),
        Case(
            "2.000488",
            [
                "declaration.declareTypeId": "3846", "applicant.idNumber": "001090000001",
                "person.identifyNo": "001090000002",
            ],
            ["self-identity"]
        ),
        Case(
            "2.000488",
            [
                "declaration.declareTypeId": "3845", "applicant.idNumber": "001090000001",
                "person.identifyNo": "001090000002",
            ],
            []
        ),
        // Rows are judged one by one.
        Case(
            "2.000488",
            [
                "person.birthDateStr": "1990", "residence.0.toDateStr": "2005", "residence.1.fromDateStr": "1970",
                "residence.1.toDateStr": "1980",
            ],
            ["lived-before-birth"]
        ),
        Case(
            "1.004194",
            ["person.minor": "no", "person.birthDate": "1/1/2015", "applicant.fullName": "A", "person.fullName": "B"],
            ["adult-under-age"]
        ),
        Case(
            "1.001022",
            ["kind.kind": "father-child", "parent.sex": "0"],
            ["father-is-woman"]
        ),
    ])
    func `answers that cannot stand together are found`(example: Case) throws {
        #expect(try Self.broken(example.code, example.typed) == example.broken)
    }

    @Test
    func `a mother as old as her child is refused with both days`() throws {
        let form = try Self.form("1.001193")
        let typed = Self.answers(
            ["child.parentage": "mother", "child.birthDate": "10/11/2026", "mother.birthDate": "10/11/2026"],
            form
        )
        let error = try #require(form.check(typed, on: Self.today).errors.first { $0.field == "mother.birthDate" })
        #expect(error.vi.contains("10/11/2026 và 10/11/2026") && error.en.contains("10/11/2026 and 10/11/2026"))
    }

    @Test
    func `what cannot be is refused at the last of its fields and not asked about as well`() throws {
        let form = try Self.form("1.001193")
        let typed = Self.answers(
            ["child.parentage": "mother", "child.birthDate": "20/11/2026", "mother.birthDate": "2025"],
            form
        )
        let errors = form.check(typed, on: Self.today, sections: ["mother"]).errors
        #expect(errors.count { $0.field == "mother.birthDate" } == 1)
        #expect(!errors.contains { $0.field.hasPrefix("confirmed.") })
        // The section in which not all of them are known yet says nothing.
        #expect(
            !form.check(typed, on: Self.today, sections: ["child"]).errors.contains { $0.field == "mother.birthDate" }
        )
    }

    @Test
    func `what is odd is asked, stored once it is confirmed, and asked again of other answers`() throws {
        let form = try Self.form("1.001193")
        let tick = "confirmed.mother-very-young"
        var typed = [
            "child.parentage": "mother", "child.birthDate": "20/11/2026", "mother.birthDate": "05/2012",
        ]
        let asked = form.check(Self.answers(typed, form), on: Self.today, sections: ["mother"])
        #expect(asked.errors.contains { $0.field == tick && $0.vi.contains("xác nhận") })

        let rule = try #require(form.rules.first { $0.key == "mother-very-young" })
        typed[tick] = form.mark(of: rule, in: Self.answers(typed, form))
        let confirmed = form.check(Self.answers(typed, form), on: Self.today)
        #expect(!confirmed.errors.contains { $0.field == tick })
        // In the stored form of the answers it is confirmed still, and who reads them sees it.
        #expect(form.isConfirmed(rule, in: confirmed.answers))
        let lines = form.summary(of: confirmed.answers).sections.last?.rows.first
        #expect(lines?.map(\.label) == [rule.message])

        typed["mother.birthDate"] = "06/2012"
        let other = form.check(Self.answers(typed, form), on: Self.today)
        #expect(other.errors.contains { $0.field == tick })
    }

    @Test
    func `a program confirms what is odd by name, and hears of names that do not exist`() throws {
        let form = try Self.form("1.001193")
        func read(_ confirmed: [String: JSONTree]) -> (answers: Answers, errors: [FieldError]) {
            form.answers(
                in: .object([
                    "child": .object(["birthDate": .text("1926-11-20")]), "confirmed": .object(confirmed),
                ])
            )
        }
        for yes in [JSONTree.flag(true), .text("yes")] {
            let (answers, errors) = read(["grown-child": yes])
            #expect(errors.isEmpty)
            #expect(!form.check(answers, on: Self.today).errors.contains { $0.field == "confirmed.grown-child" })
        }
        let (answers, _) = read(["grown-child": .flag(false)])
        #expect(form.check(answers, on: Self.today).errors.contains { $0.field == "confirmed.grown-child" })
        #expect(read(["grown": .flag(true)]).errors.map(\.field) == ["confirmed.grown"])
    }

    @Test
    func `every shipped rule names a field in both languages`() throws {
        for procedure in Shipped.reading.catalogue.procedures.values {
            guard let form = procedure.revisions.last?.form else { continue }
            for rule in form.rules {
                let conditions = rule.clauses.compactMap {
                    if case .when(let condition) = $0 { condition } else { nil }
                }
                let places = rule.places + conditions.map { ($0.section ?? "", $0.field) }
                let labels = places.compactMap { form.section($0.section)?.field($0.key)?.label }
                #expect(labels.contains { rule.message.vi.contains("“\($0.vi)”") }, "\(procedure.code) \(rule.key)")
                #expect(labels.contains { rule.message.en.contains("“\($0.en)”") }, "\(procedure.code) \(rule.key)")
            }
        }
    }

    @Test
    func `a form without rules is stored as ever`() {
        #expect(!CatalogueJSON.text(FormDefinition.short).contains("rules"))
    }
}
