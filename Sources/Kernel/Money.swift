/// An amount in Vietnamese đồng; the currency has no smaller unit in use.
package struct Money: Codable, Hashable, Comparable, Sendable {
    package let dong: Int

    package init(dong: Int) { self.dong = dong }

    package init(from decoder: any Decoder) throws { dong = try decoder.singleValueContainer().decode(Int.self) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(dong)
    }

    /// `1.234.567 đồng`.
    package var text: String {
        let digits = Array(String(dong.magnitude))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(".") }
            grouped.append(digit)
        }
        return "\(dong < 0 ? "-" : "")\(grouped) đồng"
    }

    package static func < (left: Money, right: Money) -> Bool { left.dong < right.dong }
    package static func + (left: Money, right: Money) -> Money { Money(dong: left.dong + right.dong) }
}
