import Foundation
import Kernel

extension CalendarDays {
    /// The shipped reference list, read line by line: the tests of the calendar stand on the very facts that offices
    /// count with, and Kernel knows no YAML.
    static let vietnam: CalendarDays = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Calendar/vietnam.yaml")
        do {
            return try JSONDecoder().decode(CalendarDays.self, from: json(String(contentsOf: file, encoding: .utf8)))
        } catch {
            fatalError("Calendar/vietnam.yaml cannot be read: \(error)")
        }
    }()

    private static func json(_ yaml: String) throws -> Data {
        var lists: [String: [[String: String]]] = [:]
        var list = ""
        var result: [String: Any] = [:]
        for line in yaml.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("#") {
            if line.hasPrefix("  - {") {
                let pairs = line.matches(of: /(\w+): (?:"([^"]*)"|([^,}\s]+))/)
                let entry = pairs.map { (String($0.1), String($0.2 ?? $0.3 ?? "")) }
                lists[list, default: []].append(Dictionary(uniqueKeysWithValues: entry))
            } else if line.hasSuffix(":") {
                list = String(line.dropLast())
            } else if let colon = line.firstIndex(of: ":") {
                result[String(line[..<colon])] = line[colon...].dropFirst(2).trimmingCharacters(in: .whitespaces)
            }
        }
        result.merge(lists) { _, list in list }
        return try JSONSerialization.data(withJSONObject: result)
    }
}

extension WorkingCalendar {
    static let vietnam = WorkingCalendar(days: .vietnam)
    /// The hours of many communes.
    static let commune = WorkingCalendar(hours: .week("07:30-11:30", "13:30-17:00"), days: .vietnam)
    static let saturday = WorkingCalendar(
        hours: .week("08:00-12:00", "13:30-17:30", saturday: ["08:00-12:00"]),
        days: .vietnam
    )
}

extension WeeklyHours {
    static func week(_ intervals: String..., saturday: [String] = []) -> WeeklyHours {
        let day = intervals.map { WorkingInterval(rawValue: $0)! }
        var hours = Dictionary(uniqueKeysWithValues: (1...5).map { ($0, day) })
        hours[6] = saturday.map { WorkingInterval(rawValue: $0)! }
        return WeeklyHours(hours)!
    }
}

// Literals in tests; a wrong one stops the run.
extension LocalDate: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self.init(rawValue: text)! }
}

extension Instant: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self.init(LocalMinute(rawValue: text)!) }
}

extension TimeLimit {
    /// Reads `3 working-days` or `same-day`.
    init?(_ text: some StringProtocol) {
        let words = text.split(separator: " ")
        switch words.count {
        case 1 where text == "same-day": self.init(amount: 1, unit: .sameDay)
        case 2:
            guard let amount = Int(words[0]), let unit = Unit(rawValue: String(words[1])) else { return nil }
            self.init(amount: amount, unit: unit)
        default: return nil
        }
    }
}

extension Pause {
    /// Reads `2026-03-02T10:00..2026-03-09T10:00`.
    init?(_ text: String) {
        let ends = text.components(separatedBy: "..")
        guard ends.count == 2, let from = LocalMinute(rawValue: ends[0]), let until = LocalMinute(rawValue: ends[1])
        else { return nil }
        self.init(from: Instant(from), until: Instant(until))
    }
}

/// SplitMix64: the same numbers in every run, so that a failure can be repeated.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
