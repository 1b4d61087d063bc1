package import Web

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Something wrong in a hall plan: where, and what to do about it.
package struct HallFault: Hashable, Sendable, Encodable {
    /// `seats[3].x`; empty when it is the whole that cannot be read.
    package let place: String
    package let problem: Words

    package init(place: String, problem: Words) {
        self.place = place
        self.problem = problem
    }
}

/// A hall plan that cannot be used, with all that is known to be wrong in it.
package struct HallPlanRefusal: Error, Hashable {
    package let faults: [HallFault]

    package init(faults: [HallFault]) { self.faults = faults }
}

extension HallPlan {
    /// Reads the JSON described in Docs/HallPlan.md; whatever it does not describe is refused.
    package init(json bytes: [UInt8]) throws(HallPlanRefusal) {
        do {
            // In one pass and within limits, before the decoder goes up and down in it.
            _ = try JSONTree(bytes)
            self = try JSONDecoder().decode(HallPlan.self, from: Data(bytes))
        } catch let refusal as HallPlanRefusal {
            throw refusal
        } catch let problem as Problem where problem != .brokenJSON {
            guard let error = problem.errors.first else {
                throw HallPlanRefusal(faults: [HallFault([], problem.vi, problem.en)])
            }
            throw HallPlanRefusal(faults: [HallFault([AnyKey(stringValue: error.field)], error.vi, error.en)])
        } catch {
            throw HallPlanRefusal(faults: [Self.fault(error as? DecodingError)])
        }
    }

    private static func fault(_ error: DecodingError?) -> HallFault {
        switch error {
        case .keyNotFound(let key, let context):
            HallFault(context.codingPath + [key], "Mục này còn thiếu.", "This is missing.")
        case .valueNotFound(let type, let context), .typeMismatch(let type, let context):
            HallFault(context.codingPath, "Ở đây cần \(kind(type).vi).", "This must be \(kind(type).en).")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            HallFault(context.codingPath, "Không hiểu được giá trị này.", "This value cannot be understood.")
        case .dataCorrupted, nil:
            HallFault([], "Tệp không phải là JSON.", "The file is not JSON.")
        @unknown default:
            HallFault([], "Tệp không phải là JSON.", "The file is not JSON.")
        }
    }

    private static func kind(_ type: any Any.Type) -> Words {
        switch type {
        case is Double.Type: Words("một số (mét), ví dụ 2.5", "a number (of metres), such as 2.5")
        case is String.Type: Words(#"chữ trong ngoặc kép, ví dụ "A12""#, #"a text in quotes, such as "A12""#)
        case is Bool.Type: Words("true hoặc false", "true or false")
        case is [Any].Type: Words("một danh sách [ … ]", "a list [ … ]")
        default: Words("một nhóm { … } hoặc danh sách [ … ]", "a group { … } or a list [ … ]")
        }
    }
}

extension HallFault {
    init(_ path: [any CodingKey], _ vi: String, _ en: String) {
        var place = ""
        for key in path {
            if let index = key.intValue {
                place += "[\(index)]"
            } else {
                // A key that is not ours may be anything, and is printed.
                let name = key.stringValue.unicodeScalars.filter(\.isPrintable).prefix(40)
                place += (place.isEmpty ? "" : ".") + String(String.UnicodeScalarView(name))
            }
        }
        self.init(place: place, problem: Words(vi, en))
    }
}

// MARK: - Stored form

extension HallPlan: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case name, room, doors, counters, seats, keepsDistanceToCounters
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.values(of: Key.self)
        self.init(
            name: try values.decode(ReadWords.self, forKey: .name).words,
            outline: try values.decode(Room.self, forKey: .room).outline,
            doors: try values.decodeIfPresent([Door].self, forKey: .doors) ?? [],
            counters: try values.decodeIfPresent([Counter].self, forKey: .counters) ?? [],
            seats: try values.decode([Seat].self, forKey: .seats),
            keepsDistanceToCounters: try values.decodeIfPresent(Bool.self, forKey: .keepsDistanceToCounters) ?? true
        )
        let faults = HallPlanCheck(self).faults
        guard faults.isEmpty else { throw HallPlanRefusal(faults: faults) }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(name, forKey: .name)
        try values.encode(Room(outline: outline), forKey: .room)
        try values.encode(doors, forKey: .doors)
        try values.encode(counters, forKey: .counters)
        try values.encode(seats, forKey: .seats)
        try values.encode(keepsDistanceToCounters, forKey: .keepsDistanceToCounters)
    }
}

/// Width and depth of a rectangle, or the corners.
private struct Room: Codable {
    enum Key: String, CodingKey, CaseIterable { case width, depth, outline }

    let outline: [HallPoint]

    init(outline: [HallPoint]) { self.outline = outline }

    init(from decoder: any Decoder) throws {
        let values = try decoder.values(of: Key.self)
        if values.contains(.outline) {
            guard !values.contains(.width), !values.contains(.depth) else {
                throw HallPlanRefusal(faults: [
                    HallFault(
                        values.codingPath,
                        "Chỉ ghi width và depth, hoặc outline.",
                        "Give either width and depth, or outline."
                    )
                ])
            }
            outline = try values.decode([HallPoint].self, forKey: .outline)
        } else {
            let (width, depth) = (
                try values.decode(Double.self, forKey: .width), try values.decode(Double.self, forKey: .depth)
            )
            outline = [(0, 0), (width, 0), (width, depth), (0, depth)].map { HallPoint(x: $0.0, y: $0.1) }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(outline, forKey: .outline)
    }
}

extension HallPlan.Seat: Codable {
    private enum Key: String, CodingKey, CaseIterable { case number, x, y, counter }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.values(of: Key.self)
        number = try values.decode(String.self, forKey: .number)
        at = HallPoint(x: try values.decode(Double.self, forKey: .x), y: try values.decode(Double.self, forKey: .y))
        counter = try values.decodeIfPresent(String.self, forKey: .counter)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(number, forKey: .number)
        try values.encode(at.x, forKey: .x)
        try values.encode(at.y, forKey: .y)
        try values.encodeIfPresent(counter, forKey: .counter)
    }
}

extension HallPlan.Counter: Codable {
    private enum Key: String, CodingKey, CaseIterable { case id, name, kind, x, y }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.values(of: Key.self)
        id = try values.decode(String.self, forKey: .id)
        name = try values.decode(ReadWords.self, forKey: .name).words
        at = HallPoint(x: try values.decode(Double.self, forKey: .x), y: try values.decode(Double.self, forKey: .y))
        let typed = try values.decode(String.self, forKey: .kind)
        guard let known = Kind(rawValue: typed) else {
            throw HallPlanRefusal(faults: [
                HallFault(
                    values.codingPath + [Key.kind],
                    #"Loại quầy là "reception" (tiếp nhận) hoặc "return" (trả kết quả)."#,
                    #"A counter's kind is "reception" or "return"."#
                )
            ])
        }
        kind = known
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(id, forKey: .id)
        try values.encode(name, forKey: .name)
        try values.encode(kind, forKey: .kind)
        try values.encode(at.x, forKey: .x)
        try values.encode(at.y, forKey: .y)
    }
}

extension HallPlan.Door: Codable {
    private enum Key: String, CodingKey, CaseIterable { case name, x, y, width }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.values(of: Key.self)
        at = HallPoint(x: try values.decode(Double.self, forKey: .x), y: try values.decode(Double.self, forKey: .y))
        width = try values.decode(Double.self, forKey: .width)
        name = try values.decodeIfPresent(ReadWords.self, forKey: .name)?.words
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(at.x, forKey: .x)
        try values.encode(at.y, forKey: .y)
        try values.encode(width, forKey: .width)
        try values.encodeIfPresent(name, forKey: .name)
    }
}

extension HallPoint: Codable {
    private enum Key: String, CodingKey, CaseIterable { case x, y }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.values(of: Key.self)
        self.init(x: try values.decode(Double.self, forKey: .x), y: try values.decode(Double.self, forKey: .y))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(x, forKey: .x)
        try values.encode(y, forKey: .y)
    }
}

/// Words without anything beside them.
private struct ReadWords: Decodable {
    enum Key: String, CodingKey, CaseIterable { case vi, en }

    let words: Words

    init(from decoder: any Decoder) throws {
        let values = try decoder.values(of: Key.self)
        words = Words(try values.decode(String.self, forKey: .vi), try values.decode(String.self, forKey: .en))
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int?
    init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
    init(intValue: Int) { (stringValue, self.intValue) = (String(intValue), intValue) }
}

extension Decoder {
    /// The values under the keys that are known; a key that is not is probably misspelt and would be missed in silence.
    fileprivate func values<Key: CodingKey & CaseIterable>(of keys: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let known = Set(Key.allCases.map(\.stringValue))
        let unknown = try container(keyedBy: AnyKey.self).allKeys.filter { !known.contains($0.stringValue) }
        if let key = unknown.min(by: { $0.stringValue < $1.stringValue }) {
            let names = Key.allCases.map(\.stringValue).joined(separator: ", ")
            throw HallPlanRefusal(faults: [
                HallFault(
                    codingPath + [key],
                    "Không có mục nào tên như vậy; ở đây chỉ có: \(names).",
                    "There is nothing of this name; known here are: \(names)."
                )
            ])
        }
        return try container(keyedBy: Key.self)
    }
}
