import Foundation
import Kernel
import Testing
import Web

@testable import Catalogue

struct AnswersTests {
    func reading(_ pairs: KeyValuePairs<String, String>, into earlier: String = "{}") throws -> FormReading {
        Sample.form.reading(pairs.map { (name: $0.key, value: $0.value) }, into: try Answers(stored: earlier))
    }

    /// Answers are kept for decades: whoever breaks this breaks every dossier.
    @Test
    func `are stored as they always were`() throws {
        let json = #"{"child":{"languages":["a","b"],"sex":"1"},"residence":[{"start":"1990"},{"start":"5/1991"}]}"#
        #expect(try Answers(stored: json).json == json)
    }

    @Test
    func `a page keeps exactly what was typed, right or wrong`() throws {
        let answers = try reading(["child.birthDate": "31/02/2026", "child.sex": "7", "child.weight": "nặng"]).answers
        #expect(answers.json == #"{"child":{"birthDate":"31/02/2026","sex":"7","weight":"nặng"}}"#)
    }

    @Test
    func `what a page does not show stays, what it shows is replaced`() throws {
        let earlier = #"{"applicant":{"fullName":"An"},"child":{"sex":"1","twinName":"Bình"}}"#
        let answers = try reading(["child.sex": "0", "child.weight": ""], into: earlier).answers
        #expect(answers.json == #"{"applicant":{"fullName":"An"},"child":{"sex":"0","twinName":"Bình"}}"#)
        #expect(try reading(["child.sex": ""], into: #"{"child":{"sex":"1"}}"#).answers.json == "{}")
    }

    @Test
    func `unknown names are left out`() throws {
        let answers = try reading([
            "csrf": "x", "child.nonsense": "x", "x.y": "z", "child.0.sex": "1", "residence.start": "1", "a.b.c.d": "x",
            "residence.99999999999.start": "1",
        ]).answers
        #expect(answers.isEmpty)
    }

    @Test
    func `letters are stored in one form`() throws {
        let answers = try reading(["applicant.fullName": " Nguye\u{302}\u{303}n An "]).answers
        #expect(Array(answers["applicant", "fullName"]!.unicodeScalars) == Array("Nguyễn An".unicodeScalars))
    }

    @Test
    func `ticked boxes are a list, and none ticked is an answer too`() throws {
        let ticked = try reading(["child.languages": "", "child.languages": "b", "child.languages": "a"]).answers
        #expect(ticked.json == #"{"child":{"languages":["b","a"]}}"#)
        #expect(try reading(["child.languages": ""], into: ticked.json).answers.isEmpty)
    }

    @Test
    func `rows are added and removed by buttons, keeping what is typed`() throws {
        let two = #"{"residence":[{"start":"1990"},{"start":"1991"}]}"#
        let added = try reading(
            ["residence.0.start": "1990", "residence.1.start": "1992", "_add": "residence"],
            into: two
        )
        #expect(added.rowsChanged)
        #expect(added.answers.json == #"{"residence":[{"start":"1990"},{"start":"1992"},{}]}"#)
        let full = try reading(["_add": "residence"], into: added.answers.json)
        #expect(full.answers.json == added.answers.json)
        let removed = try reading(
            ["residence.0.start": "1990", "residence.1.start": "1992", "_remove": "residence.0"],
            into: two
        )
        #expect(removed.answers.json == #"{"residence":[{"start":"1992"}]}"#)
        #expect(try reading(["_remove": "residence.9"], into: two).answers.json == two)
        #expect(try reading(["_remove": "child.0"], into: two).rowsChanged == false)
    }

    func answers(inJSON json: String) throws -> (answers: Answers, errors: [FieldError]) {
        Sample.form.answers(in: try JSONTree(Array(json.utf8)))
    }

    @Test
    func `programs may send flags and numbers as such`() throws {
        let read = try answers(
            inJSON:
                #"{"child":{"twin":true,"weight":3.5,"gift":1500000,"languages":["a"],"sex":null},"residence":[{"start":"1990"}]}"#
        )
        #expect(read.errors == [])
        #expect(
            read.answers.json
                == #"{"child":{"gift":"1500000","languages":["a"],"twin":"yes","weight":"3,5"},"residence":[{"start":"1990"}]}"#
        )
    }

    @Test(arguments: [
        ("[]", ""), ("7", ""), (#"{"child":7}"#, "child"), (#"{"kid":{}}"#, "kid"),
        (#"{"child":{"name":"x"}}"#, "child.name"),
        (#"{"child":{"sex":1}}"#, "child.sex"), (#"{"child":{"languages":"a"}}"#, "child.languages"),
        (#"{"child":{"languages":[1]}}"#, "child.languages"), (#"{"residence":{}}"#, "residence"),
        (#"{"residence":[7]}"#, "residence.0"), (#"{"residence":[{},{},{},{}]}"#, "residence"),
        (#"{"residence":[{"x":"y"}]}"#, "residence.0.x"), (#"{"child":{"birthDate":{"a":1}}}"#, "child.birthDate"),
    ])
    func `programs hear of every key and kind that does not fit`(json: String, field: String) throws {
        #expect(try answers(inJSON: json).errors.map(\.field) == [field])
    }
}
