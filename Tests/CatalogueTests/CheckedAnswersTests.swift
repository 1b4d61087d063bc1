import Foundation
import Kernel
import Testing
import Web

@testable import Catalogue

struct CheckedAnswersTests {
    static let complete = """
        {"applicant":{"fullName":"Nguyễn Thị An","phone":"0912345678","address":"1 Tràng Tiền, Hà Nội"},\
        "child":{"birthDate":"2026-11-20","sex":"1"}}
        """

    func checked(_ json: String) throws -> CheckedAnswers {
        Sample.form.check(try Answers(stored: json), on: Sample.today)
    }

    @Test
    func `complete answers have no errors`() throws {
        let checked = try checked(Self.complete)
        #expect(checked.errors == [])
        #expect(checked.answers == (try Answers(stored: Self.complete)))
    }

    @Test(arguments: [
        ("applicant.phone", "091234567", "có 9 chữ số"), ("applicant.phone", "0912a45678", "có “a”"),
        ("applicant.idNumber", "0010900001", "có 10 chữ số"), ("applicant.number", "001090", "có 6 chữ số"),
        ("applicant.fullName", "An 007", "có “0”"), ("child.birthDate", "3/1/26", "bốn chữ số"),
        ("child.birthDate", "1/2026", "còn thiếu ngày"),
    ])
    func `a refusal says what is wrong with this value`(path: String, typed: String, said: String) throws {
        let parts = path.split(separator: ".")
        let json = #"{"\#(parts[0])":{"\#(parts[1])":"\#(typed)"}}"#
        let error = try checked(json).errors.first { $0.field == path }
        #expect(error?.vi.contains(said) == true, "\(String(describing: error))")
    }

    @Test(arguments: [#"Công ty "Hoa Mai", chi nhánh; số 1"#, "Công ty TNHH 36", "Nguyễn Thị An"])
    func `the short form takes persons and organisations`(name: String) throws {
        let sent = ["applicant": ["fullName": name, "taxCode": "0101234567-001"]]
        let answers = try Answers(stored: String(decoding: JSONEncoder().encode(sent), as: UTF8.self))
        let checked = FormDefinition.short.check(answers, on: Sample.today)
        #expect(!checked.errors.contains { $0.field.hasPrefix("applicant.fullName") })
        #expect(checked.answers["applicant", "fullName"] == name)
    }

    struct Typed: Sendable, CustomTestStringConvertible {
        let field: String
        let text: String
        /// Nil when it is refused.
        let stored: String?
        var testDescription: String { "\(field) \(text)" }
        init(_ field: String, _ text: String, _ stored: String?) {
            (self.field, self.text, self.stored) = (field, text, stored)
        }
    }

    @Test(arguments: [
        Typed("applicant.fullName", "  Nguyễn   Thị  An ", "Nguyễn Thị An"),
        Typed("applicant.fullName", "Nguye\u{302}\u{303}n Thi\u{323} An", "Nguyễn Thị An"),
        Typed("applicant.fullName", "An 007", nil),
        Typed("applicant.phone", "+84 912 345 678", "0912345678"),
        Typed("applicant.phone", "12345", nil),
        Typed("applicant.phone", "0912\u{200C}345–678", "0912345678"),
        Typed("applicant.phone", "+82 10 1234 5678", "+821012345678"),
        Typed("applicant.fullName", "Ô", "Ô"),
        Typed("applicant.fullName", "H’Hen Niê", "H’Hen Niê"),
        Typed("applicant.idNumber", "Ｂ 123\u{2011}4567", "B1234567"),
        Typed("applicant.idNumber", "0010900001", nil),
        Typed("applicant.email", "AN@Example.vn", "an@example.vn"),
        Typed("applicant.email", "an@", nil),
        Typed("applicant.idNumber", "b 1234567", "B1234567"),
        Typed("applicant.idNumber", "số 5", nil),
        Typed("applicant.number", "001 090 000 001", "001090000001"),
        Typed("applicant.number", "123", nil),
        Typed("child.birthDate", "3/1/2026", "2026-01-03"),
        Typed("child.birthDate", "2026-01-03", "2026-01-03"),
        Typed("child.birthDate", "31/02/2026", nil),
        Typed("child.birthDate", "3–1–2026", "2026-01-03"),
        Typed("child.birthDate", "3/1/26", nil),
        Typed("child.birthDate", "1/2026", nil),
        Typed("child.birthDate", "24/11/2026", nil),
        Typed("child.birthDate", "1/1/0020", nil),
        Typed("child.sex", "1", "1"),
        Typed("child.sex", "2", nil),
        Typed("child.province", "79", "79"),
        Typed("child.province", "80", nil),
        Typed("child.weight", "3,25", "3,25"),
        Typed("child.weight", "3.5", "3,5"),
        Typed("child.weight", "0", nil),
        Typed("child.weight", "9,1", nil),
        Typed("child.weight", "abc", nil),
        Typed("child.weight", "1e3", nil),
        Typed("child.gift", "1.500.000 đồng", "1500000"),
        Typed("child.gift", "5000001", nil),
        Typed("child.gift", "-5", nil),
        Typed("child.reason", "ngắn", "ngắn"),
        Typed("child.reason", "dài hơn hai mươi ký tự", nil),
        Typed("child.twin", "no", "no"),
        Typed("child.twin", "perhaps", nil),
    ])
    func `each type has one stored form, and refuses the rest`(typed: Typed) throws {
        let path = try #require(FieldPath(rawValue: typed.field))
        var answers = try Answers(stored: Self.complete)
        answers[path.section, path.field] = typed.text
        let checked = Sample.form.check(answers, on: Sample.today)
        if let stored = typed.stored {
            #expect(checked.answers[path.section, path.field] == stored)
            #expect(
                checked.answers.rowsDiffer(from: Sample.form.check(checked.answers, on: Sample.today).answers) == false
            )
            #expect(!checked.errors.contains { $0.field == typed.field })
        } else {
            #expect(checked.errors.map(\.field) == [typed.field])
            #expect(checked.answers[path.section, path.field] == typed.text)
        }
    }

    @Test
    func `what is missing is named by its label, with the remedy`() throws {
        let errors = try checked("{}").errors
        #expect(
            errors.map(\.field) == [
                "applicant.fullName", "applicant.phone", "applicant.address", "child.birthDate", "child.sex",
            ]
        )
        #expect(errors[0].vi == "“Họ và tên” còn trống. Hãy điền mục này.")
        #expect(errors[4].en == "“Sex” is not answered. Please choose.")
    }

    @Test
    func `a condition makes a field appear and be needed`() throws {
        let twin = Self.complete.replacing("\"sex\":\"1\"", with: "\"sex\":\"1\",\"twin\":\"yes\"")
        #expect(try checked(twin).errors.map(\.field) == ["child.twinName"])
        let girl = Self.complete.replacing("\"sex\":\"1\"", with: "\"sex\":\"0\"")
        #expect(try checked(girl).errors.map(\.field) == ["child.reason"])
    }

    @Test
    func `what is hidden is neither judged nor kept`() throws {
        let hidden =
            Self.complete.replacing("\"sex\":\"1\"", with: "\"sex\":\"1\",\"twin\":\"no\",\"twinName\":\"007\"")
            .dropLast() + ",\"residence\":[{\"start\":\"nonsense\"}]}"
        let checked = try checked(String(hidden))
        #expect(checked.errors == [])
        #expect(checked.answers["child", "twinName"] == nil)
        #expect(!checked.answers.json.contains("residence"))
    }

    func residing(_ rows: String) throws -> CheckedAnswers {
        let json = Self.complete.replacing("\"sex\":\"1\"", with: "\"sex\":\"1\",\"province\":\"79\"").dropLast()
        return try checked(String(json) + ",\"residence\":\(rows)}")
    }

    @Test
    func `rows are counted, judged one by one, and blank ones left out`() throws {
        #expect(try residing("[]").errors.map(\.field) == ["residence"])
        #expect(
            try residing("[{\"start\":\"\"},{\"start\":\"5/2001\"}]").answers.json.contains(
                "\"residence\":[{\"start\":\"2001-05\"}]"
            )
        )
        let errors = try residing("[{\"start\":\"2001\"},{\"start\":\"1999\",\"end\":\"1998\",\"abroad\":\"yes\"}]")
            .errors
        #expect(errors.map(\.field) == ["residence.1.end", "residence.1.country"])
        #expect(errors[0].vi == "“Đến”, dòng 2 ở trước ngày 1999. Hãy kiểm tra lại hai ngày.")
        let many = Array(repeating: "{\"start\":\"2001\"}", count: 4).joined(separator: ",")
        #expect(try residing("[\(many)]").errors.map(\.field) == ["residence"])
    }

    @Test
    func `partial dates are as precise as they were typed`() throws {
        let checked = try residing(
            "[{\"start\":\"1990\"},{\"start\":\"5/1991\"},{\"start\":\"12.05.1992\",\"end\":\"1992\"}]"
        )
        #expect(checked.errors == [])
        #expect(
            checked.answers.json.contains(
                #"[{"start":"1990"},{"start":"1991-05"},{"end":"1992","start":"1992-05-12"}]"#
            )
        )
    }

    @Test
    func `known facts are filled in only where nothing was typed`() {
        var answers = Answers()
        answers["applicant", "phone"] = "0987654321"
        let known = KnownApplicant(name: "Trần Văn Bình", phone: "0912345678", email: nil)
        let filled = Sample.form.prefilled(answers, for: known, on: Sample.today)
        #expect(filled.json == #"{"applicant":{"day":"2026-11-23","fullName":"Trần Văn Bình","phone":"0987654321"}}"#)
    }

    @Test
    func `the summary says in words what was answered`() throws {
        let json = Self.complete.replacing(
            "\"sex\":\"1\"",
            with: "\"sex\":\"1\",\"languages\":[\"a\",\"b\"],\"gift\":\"1500000\",\"twin\":\"no\""
        )
        let summary = Sample.form.summary(of: try Answers(stored: json))
        let values = Dictionary(
            summary.sections.flatMap(\.rows).joined().map { ($0.path.rawValue, $0.value?.vi) },
            uniquingKeysWith: { first, _ in first }
        )
        #expect(values["child.sex"] == "Nam")
        #expect(values["child.birthDate"] == "20/11/2026")
        #expect(values["child.languages"] == "Việt; Tày")
        #expect(values["child.gift"] == "1.500.000 đồng")
        #expect(values["child.twin"] == "Không")
        #expect(values["child.weight"] == .some(nil))
        #expect(summary.sections.map(\.name.en) == ["Applicant", "The child"])
    }

    @Test
    func `only the pages somebody has come to are judged`() throws {
        let errors = Sample.form.check(Answers(), on: Sample.today, sections: ["child"]).errors
        #expect(errors.map(\.field) == ["child.birthDate", "child.sex"])
    }
}

extension Answers {
    func rowsDiffer(from other: Answers) -> Bool { json != other.json }
}
