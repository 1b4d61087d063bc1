/// The bounds within which one kind of number from outside is believed.
package protocol NumberBounds {
    static var range: ClosedRange<Int> { get }
}

/// A whole number that a stranger sent and that lies within the bounds of its kind, so that nothing computed from it
/// can overflow.
///
/// Text and JSON become numbers here and nowhere else: Swift ends the process when a sum leaves 64 bits, and what
/// comes from outside would choose when.
package struct Bounded<Bounds: NumberBounds>: Hashable, Comparable, Sendable {
    package let number: Int

    /// Nil outside the bounds.
    package init?(_ number: Int) {
        guard Bounds.range.contains(number) else { return nil }
        self.number = number
    }

    /// Reads digits; nil for anything else and outside the bounds.
    package init?(typed text: some StringProtocol) {
        guard let number = Int(typed: text, in: Bounds.range) else { return nil }
        self.number = number
    }

    /// What is typed, or the bound next to it; the lower one for what is no number.
    package init(nearest text: some StringProtocol) {
        number =
            switch WrittenNumber(text) {
            case .number(let number): min(max(number, Bounds.range.lowerBound), Bounds.range.upperBound)
            case .beyond(isNegative: false): Bounds.range.upperBound
            case .beyond(isNegative: true), nil: Bounds.range.lowerBound
            }
    }

    package static func < (left: Bounded, right: Bounded) -> Bool { left.number < right.number }
}

/// A number outside its bounds; whoever reads JSON tells the sender which they are.
package struct OutOfBounds: Error, Hashable, Sendable {
    package let range: ClosedRange<Int>
}

extension Bounded: Codable {
    package init(from decoder: any Decoder) throws {
        guard let bounded = Bounded(try decoder.singleValueContainer().decode(Int.self)) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "The number is not within \(Bounds.range).",
                    underlyingError: OutOfBounds(range: Bounds.range)
                )
            )
        }
        self = bounded
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

extension Int {
    /// Reads ASCII digits, with a minus in front of negative numbers; nil for anything else and outside `range`.
    package init?(typed text: some StringProtocol, in range: ClosedRange<Int>) {
        guard case .number(let number) = WrittenNumber(text), range.contains(number) else { return nil }
        self = number
    }
}

extension Double {
    /// Reads ASCII digits with at most one point among them, and a minus in front of negative numbers; nil for anything
    /// else and outside `range`.
    package init?(typed text: some StringProtocol, in range: ClosedRange<Double>) {
        let parts = text.drop { $0 == "-" }.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 40,
            parts.allSatisfy({ part in !part.isEmpty && part.allSatisfy { (48...57).contains($0) } }),
            let number = Double(text), range.contains(number)
        else { return nil }
        self = number
    }
}

/// What digits say. Beyond 64 bits only the side is known.
private enum WrittenNumber {
    case number(Int)
    case beyond(isNegative: Bool)

    init?(_ text: some StringProtocol) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        var sum = 0
        for digit in digits {
            let (tens, isTooLarge) = sum.multipliedReportingOverflow(by: 10)
            let value = isNegative ? -(Int(digit) - 48) : Int(digit) - 48
            let (next, isBeyond) = tens.addingReportingOverflow(value)
            guard !isTooLarge, !isBeyond else {
                self = .beyond(isNegative: isNegative)
                return
            }
            sum = next
        }
        self = .number(sum)
    }
}

// MARK: - Kinds

/// Pages of a list, counted from 1. Nobody turns more of them.
package enum PageNumbers: NumberBounds { package static let range = 1...1000 }
package typealias PageNumber = Bounded<PageNumbers>

/// How many originals or copies of one paper somebody hands in or is asked for.
package enum Quantities: NumberBounds { package static let range = 0...99 }
package typealias Quantity = Bounded<Quantities>

/// How many changes something has gone through; a version that cannot be is one that nothing has.
package enum StreamVersions: NumberBounds { package static let range = 0...1_000_000_000 }
package typealias StreamVersion = Bounded<StreamVersions>

/// Amounts in đồng that may be asked of somebody: less than 1,000 billion.
package enum Amounts: NumberBounds { package static let range = 0...999_999_999_999 }
package typealias Amount = Bounded<Amounts>

/// Numbers of counters and of parts of a pile, which name what is there and are not counted with.
package enum PlaceNumbers: NumberBounds { package static let range = 0...9999 }
package typealias PlaceNumber = Bounded<PlaceNumbers>

/// Milliseconds since 1970 of any instant between then and the end of the year 9999.
package enum InstantNumbers: NumberBounds { package static let range = 0...253_402_300_799_999 }
package typealias InstantNumber = Bounded<InstantNumbers>
