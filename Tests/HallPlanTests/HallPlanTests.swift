import Foundation
import Testing
import Web

@testable import HallPlan

@Suite struct `A hall plan` {
    private static let sound = """
        {"name": {"vi": "Phòng", "en": "Hall"}, "room": {"width": 8, "depth": 6},
         "doors": [{"x": 4, "y": 6, "width": 1.6, "name": {"vi": "Cửa chính", "en": "Main door"}}],
         "counters": [{"id": "1", "name": {"vi": "Tư pháp", "en": "Justice"}, "kind": "reception", "x": 2, "y": 0.5},
                      {"id": "2", "name": {"vi": "Trả", "en": "Return"}, "kind": "return", "x": 5, "y": 0.5}],
         "seats": [{"number": "A1", "x": 2, "y": 1.5, "counter": "1"}, {"number": "A2", "x": 3, "y": 4}]}
        """

    private func read(_ json: String) throws -> HallPlan { try HallPlan(json: Array(json.utf8)) }

    private func faults(_ json: String) -> [HallFault] {
        do throws(HallPlanRefusal) {
            _ = try HallPlan(json: Array(json.utf8))
            return []
        } catch {
            return error.faults
        }
    }

    @Test func `is read as it is written`() throws {
        let plan = try read(Self.sound)
        #expect(plan.seats.map(\.number) == ["A1", "A2"])
        #expect(plan.seats[0].counter == "1")
        #expect(plan.counters.map(\.kind) == [.reception, .return])
        #expect(plan.outline.count == 4)
        #expect(plan.keepsDistanceToCounters)
        #expect(plan.doors[0].name?.vi == "Cửa chính")
    }

    @Test func `is kept without a loss`() throws {
        let plan = try read(Self.sound)
        let stored = try JSONEncoder().encode(plan)
        #expect(try JSONDecoder().decode(HallPlan.self, from: stored) == plan)
    }

    @Test(arguments: [
        (#""number": "A2""#, #""number": "A1""#, "seats[1].number"),
        (#""number": "A2""#, #""number": """#, "seats[1].number"),
        (#""number": "A2""#, #""number": "A\u0001""#, "seats[1].number"),
        (#""number": "A2""#, #""number": "A1234567890""#, "seats[1].number"),
        (#""number": "A2""#, #""number": 7"#, "seats[1].number"),
        (#""number": "A2", "#, "", "seats[1].number"),
        (#""x": 3, "y": 4"#, #""x": 30, "y": 4"#, "seats[1]"),
        (#""x": 3, "y": 4"#, #""x": -3, "y": 4"#, "seats[1]"),
        (#""x": 3, "y": 4"#, #""x": 2.1, "y": 1.5"#, "seats[1]"),
        (#""x": 3, "y": 4"#, #""x": "3", "y": 4"#, "seats[1].x"),
        (#""x": 3, "y": 4"#, #""x": null, "y": 4"#, "seats[1].x"),
        (#""x": 3, "y": 4"#, #""x": 3, "y": 4, "z": 1"#, "seats[1].z"),
        (#""counter": "1""#, #""counter": "9""#, "seats[0].counter"),
        (#""kind": "return""#, #""kind": "exit""#, "counters[1].kind"),
        (#""id": "2""#, #""id": "1""#, "counters[1].id"),
        (#""width": 8"#, #""width": -8"#, "room"),
        (#""width": 8"#, #""width": 0"#, "room"),
        (#""width": 8"#, #""width": 900"#, "room"),
        (#""width": 8"#, #""width": 8, "outline": []"#, "room"),
        (#""width": 8, "depth": 6"#, #""outline": [{"x": 0, "y": 0}, {"x": 8, "y": 0}]"#, "room.outline"),
        (
            #""width": 8, "depth": 6"#,
            #""outline": [{"x": 0, "y": 0}, {"x": 8, "y": 6}, {"x": 8, "y": 0}, {"x": 0, "y": 5}]"#,
            "room.outline"
        ),
        (#""width": 1.6"#, #""width": 0"#, "doors[0].width"),
        (#""x": 4, "y": 6"#, #""x": 4, "y": 3"#, "doors[0]"),
        (#""vi": "Phòng""#, #""vi": " ""#, "name.vi"),
        (#""vi": "Phòng""#, #""vi": "\u202Egnà""#, "name.vi"),
        (#""seats": ["#, #""seat": ["#, "seat"),
        (#""seats": ["#, #""seats": 3, "doors": ["#, "doors"),
    ])
    func `names the place of each fault`(sound: String, broken: String, place: String) {
        let found = faults(Self.sound.replacingOccurrences(of: sound, with: broken))
        #expect(found.contains { $0.place == place }, "\(found)")
        for fault in found { #expect(!fault.problem.vi.isEmpty && !fault.problem.en.isEmpty) }
    }

    @Test(arguments: [
        "", "null", "[]", "7", "{", "{}", #"{"name": 1e999}"#, #"{"seats": [}"#, "\u{FEFF}", "\u{0}", "NaN",
        String(repeating: "[", count: 100_000), String(repeating: #"{"name":"#, count: 50_000),
        #"{"name": {"vi": "a", "en": "b"}, "room": {"width": 1e999, "depth": 3}, "seats": []}"#,
        #"{"name": {"vi": "a", "en": "b"}, "room": {"width": 3, "depth": 3}, "seats": []}"#,
        #"{"name": {"vi": "\ud800", "en": "b"}, "room": {"width": 3, "depth": 3}, "seats": []}"#,
    ])
    func `that is none is refused and breaks nothing`(json: String) {
        #expect(!faults(json).isEmpty)
    }

    @Test func `repeats nothing in its faults that would be long or could not be printed`() {
        let number = String(repeating: "9", count: 10_000)
        let double = Self.sound.replacingOccurrences(of: "\"A1\"", with: "\"\(number)\"")
            .replacingOccurrences(of: "\"A2\"", with: "\"\(number)\"")
        let key = Self.sound.replacingOccurrences(of: "\"seats\"", with: "\"\\u001b[31m\(number.prefix(100))\"")
        #expect(faults(double).map(\.place) == ["seats[0].number", "seats[1].number"])
        #expect(faults(key).map(\.place) == ["[31m" + number.prefix(36)])
        for fault in faults(double) + faults(key) { #expect(fault.problem.vi.count < 200) }
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: HallPlanRefusal.self) { try HallPlan(json: [0xFF, 0xFE, 0x00, 0xC0]) }
    }

    @Test func `holds two thousand seats and no more`() throws {
        func hall(_ seats: Int) -> String {
            let list = (0..<seats).map { #"{"number": "\#($0)", "x": \#($0 % 100), "y": \#($0 / 100)}"# }
            return #"{"name": {"vi": "a", "en": "b"}, "room": {"width": 100, "depth": 30}, "seats": ["#
                + list.joined(separator: ",") + "]}"
        }
        #expect(try read(hall(2_000)).seats.count == 2_000)
        #expect(faults(hall(2_001)).map(\.place) == ["seats"])
    }

    @Test func `with many faults tells the first of them`() {
        let list = (0..<100).map { #"{"number": "\#($0)", "x": 99, "y": \#($0)}"# }.joined(separator: ",")
        let found = faults(
            #"{"name": {"vi": "a", "en": "b"}, "room": {"width": 5, "depth": 5}, "seats": [\#(list)]}"#
        )
        #expect(found.count == 21)
        #expect(found.last?.problem.en == "There are 80 more faults.")
    }

    @Test func `may have any walls that do not cross`() {
        let cornered = [(0.0, 0.0), (6, 0), (6, 3), (3, 3), (3, 6), (0, 6)].map { HallPoint(x: $0.0, y: $0.1) }
        let room = HallOutline(cornered)
        #expect(room.crossing == nil)
        #expect(room.area == 27)
        for (x, y, isInside) in [
            (1.0, 5.0, true), (5, 1, true), (5, 5, false), (3, 4, true), (6, 0, true), (3.01, 4, false),
        ] {
            #expect(room.holds(HallPoint(x: x, y: y)) == isInside, "\(x), \(y)")
        }
        #expect(!room.holds(HallPoint(x: .nan, y: 1)))
    }
}
