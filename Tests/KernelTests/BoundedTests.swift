import Foundation
import Kernel
import Testing

@Suite struct `Numbers within bounds` {
    private enum Tens: NumberBounds { static let range = -10...10 }
    private typealias Ten = Bounded<Tens>

    @Test(arguments: [("0", 0), ("10", 10), ("-10", -10), ("-0", 0), ("0007", 7)])
    func `digits within the bounds are read`(text: String, number: Int) {
        #expect(Ten(typed: text)?.number == number)
        #expect(Ten(nearest: text).number == number)
    }

    @Test(arguments: [
        ("11", 10), ("-11", -10), ("9223372036854775807", 10), ("9223372036854775808", 10),
        ("-9223372036854775808", -10),
        ("-9223372036854775809", -10), ("18446744073709551615", 10), (String(repeating: "9", count: 400), 10),
        ("-" + String(repeating: "9", count: 400), -10), ("", -10), ("-", -10), ("--5", -10), ("+5", -10), ("٣", -10),
        ("５", -10), ("0x10", -10), ("1_0", -10), ("1e3", -10), ("1.0", -10), (" 1", -10), ("NaN", -10),
        ("5\u{301}", -10),
    ])
    func `anything else is refused, or becomes the bound next to it`(text: String, nearest: Int) {
        #expect(Ten(typed: text) == nil)
        #expect(Ten(nearest: text).number == nearest)
    }

    @Test(arguments: [Int.min, Int.min + 1, -1, 0, Int.max - 1, Int.max])
    func `every number of 64 bits can be read where it is allowed`(number: Int) {
        #expect(Int(typed: String(number), in: Int.min...Int.max) == number)
    }

    @Test(arguments: [("0", 0.0), ("12.5", 12.5), ("-3.25", -3.25), ("100", 100)])
    func `decimal numbers are read within their bounds`(text: String, number: Double) {
        #expect(Double(typed: text, in: -100...100) == number)
    }

    @Test(arguments: ["100.1", "1e2", "nan", "inf", "0x1p3", ".5", "5.", "1.2.3", "--1", "", "-", "٣.٥", "1_0"])
    func `other decimal numbers are not`(text: String) {
        #expect(Double(typed: text, in: -100...100) == nil)
    }

    @Test func `JSON outside the bounds says which they are`() throws {
        #expect(try JSONDecoder().decode([Quantity].self, from: Data("[0,99]".utf8)).map(\.number) == [0, 99])
        for json in ["[100]", "[-1]", "[9223372036854775807]"] {
            let error = #expect(throws: DecodingError.self) {
                try JSONDecoder().decode([Quantity].self, from: Data(json.utf8))
            }
            guard case .dataCorrupted(let context) = error else {
                Issue.record("\(json) is refused with \(String(describing: error))")
                continue
            }
            #expect((context.underlyingError as? OutOfBounds)?.range == 0...99)
            #expect(context.codingPath.map(\.intValue) == [0])
        }
    }

    /// What may be computed with a day of any year that can be written.
    @Test(arguments: ["0001-01-01", "9999-12-31"])
    func `days at the ends of the calendar can be counted with`(text: String) throws {
        let day = try #require(LocalDate(rawValue: text))
        for days in [-3650, 0, 3650] { #expect(day.adding(days: days).adding(days: -days) == day) }
        for months in [-1200, 0, 1200] { #expect(day.adding(months: months).civil.day == day.civil.day) }
        let midnight = Instant(LocalMinute(date: day.adding(days: 1), minuteOfDay: 0))
        #expect((midnight + .days(3650)).localDate == day.adding(days: 3651))
        #expect((1...7).contains(day.weekday))
    }
}
