import Foundation
import HTTPTypes
import Kernel
import Testing

@testable import Web

@Suite struct `JSON of strangers` {
    private func tree(_ json: String) throws -> JSONTree { try JSONTree(Array(json.utf8)) }

    private func refusal(_ json: String) -> Problem? {
        do {
            _ = try tree(json)
            return nil
        } catch {
            return error as? Problem
        }
    }

    @Test func `every kind of value is read`() throws {
        let read = try tree(
            #" {"a" : [1, -2.5, 1e3, 3.0, true, false, null, "é\u00e9\ud83d\ude00\n\/\""], "" : {} , "b":[] } "#
        )
        let list: [JSONTree] = [
            .integer(1), .number(-2.5), .integer(1000), .integer(3), .flag(true), .flag(false), .null,
            .text("éé😀\n/\""),
        ]
        #expect(read == .object(["a": .list(list), "": .object([:]), "b": .list([])]))
        #expect(try tree("-9223372036854775808") == .integer(.min))
        #expect(try tree("9223372036854775808") == .number(9_223_372_036_854_775_808))
        #expect(try tree(#""""#) == .text(""))
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "01", "-", "1.", ".5",
        "1e", "+1",
        "1e999", "-1e999", "NaN", "Infinity", "tru", "nul", "truee", "1 2", "[] []", "\"", "\"\\\"", "\"\\x\"",
        "\"\\u12\"",
        "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "\"\t\"", "/* */ 1", "'a'", "\u{feff}1",
        String(repeating: "1", count: 33), "]", ",", "0x10", "1_000", "٣",
    ])
    func `what is no JSON is refused`(json: String) {
        #expect(refusal(json) == .brokenJSON)
    }

    @Test func `texts are tidied, wherever they stand and into whatever they are read`() throws {
        struct Sent: Decodable, Equatable {
            let name: String
            let list: [String]
            let number: Double
        }
        let json =
            #"{"name":" Số 5\ufffe ngõ\u000b3 ","list":["e\u0302\u0301","\ufdd0"],"number":1.5e3,"x":[null,true,{}]}"#
        let sent = try jsonValue(Sent.self, from: Array(json.utf8))
        #expect(sent == Sent(name: "Số 5 ngõ 3", list: ["ế", ""], number: 1500))
        #expect(sent.list[0].unicodeScalars.count == 1)
        let name = try jsonValue([String: JSONTree].self, from: Array(json.utf8))["name"]
        #expect(name == .text("Số 5 ngõ 3"))
    }

    @Test(arguments: ["\"a\\u0000\"", "\"a\u{0}\"", "{\"a\\u0000\":1}"])
    func `no text holds a NUL`(json: String) { #expect(refusal(json) == .unreadable) }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: Problem.brokenJSON) { try JSONTree([0x22, 0xFF, 0xFE, 0x22]) }
    }

    @Test func `a name that is given twice is refused by name`() {
        #expect(refusal(#"{"a":1,"b":{"c":1,"c":2}}"#)?.errors.map(\.field) == ["c"])
    }

    @Test func `documents are nested as deep as any honest one, and no deeper`() {
        for (opening, closing) in [("[", "]"), (#"{"a":"#, "}")] {
            let nested = { (depth: Int) in
                String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
            }
            #expect(refusal(nested(JSONLimits.depth)) == nil)
            #expect(refusal(nested(JSONLimits.depth + 1)) == .deepJSON)
            #expect(refusal(String(repeating: opening, count: 200_000)) == .deepJSON)
        }
    }

    @Test func `too many values and too long texts are refused`() {
        let wide = { (count: Int) in "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]" }
        #expect(refusal(wide(JSONLimits.values - 1)) == nil)
        #expect(refusal(wide(JSONLimits.values)) == .wideJSON)
        let quoted = { (count: Int) in "\"" + String(repeating: "a", count: count) + "\"" }
        #expect(refusal(quoted(JSONLimits.text)) == nil)
        #expect(refusal(quoted(JSONLimits.text + 1)) == .longJSON)
        #expect(refusal("{\(quoted(JSONLimits.name)):1}") == nil)
        #expect(refusal("{\(quoted(JSONLimits.name + 1)):1}") == .longJSON)
    }

    @Test func `a document with a tree inside is read as its type says`() throws {
        struct Visit: Decodable, Equatable {
            struct Paper: Decodable, Equatable { let copies: Quantity? }
            let procedure: String
            let answers: JSONTree
            let papers: [Paper]
            let trees: [JSONTree]
        }
        let json =
            #"{"procedure":"x","answers":{"a":[{"b":null}]},"papers":[{"copies":2},{}],"trees":[1,null,{"c":[]}]}"#
        let visit = try jsonValue(Visit.self, from: Array(json.utf8))
        #expect(visit.answers == .object(["a": .list([.object(["b": .null])])]))
        #expect(visit.papers.map { $0.copies?.number } == [2, nil])
        #expect(visit.trees == [.integer(1), .null, .object(["c": .list([])])])
        let tooMany = json.replacing("\"copies\":2", with: "\"copies\":100")
        let problem = #expect(throws: Problem.self) { try jsonValue(Visit.self, from: Array(tooMany.utf8)) }
        #expect(problem?.status == .unprocessableContent)
        #expect(problem?.errors.map(\.field) == ["papers.0.copies"])
        #expect(problem?.errors.first?.en == "Must be an integer from 0 to 99.")
    }

    /// A debug build on a busy machine is some fifty times slower than what is shipped; what grew with the square or
    /// with the depth of its input took minutes.
    @Test(arguments: [
        "[" + Array(repeating: "{}", count: 19_000).joined(separator: ",") + "]",
        "{" + (0..<19_000).map { "\"k\($0)\":{}" }.joined(separator: ",") + "}",
        String(repeating: "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],", count: 600),
        "\"" + String(repeating: "\\u00e9", count: 16_000) + "\"", String(repeating: " ", count: 1 << 20),
        "[" + Array(repeating: String(repeating: "9", count: 30), count: 19_000).joined(separator: ",") + "]",
    ])
    func `the hardest documents are read or refused in a moment`(json: String) {
        let clock = ContinuousClock()
        let time = clock.measure { _ = refusal(json) }
        #expect(time < .seconds(3), "\(json.prefix(20))… took \(time)")
    }
}
