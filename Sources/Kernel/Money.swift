/// An amount in Vietnamese đồng; the currency has no smaller unit in use.
package struct Money: Codable, Hashable, Comparable, Sendable {
    package let dong: Int

    package init(dong: Int) { self.dong = dong }

    package init(from decoder: any Decoder) throws { dong = try decoder.singleValueContainer().decode(Int.self) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(dong)
    }

    /// The digits of an amount as people write it: `1.500.000`, `1 500 000 đ`, `1500000 VND`. Nil for anything else: in
    /// `1.500,5` nobody knows whether the last digit is a part of a đồng or the first of three.
    package static func digits(typed: String) -> String? {
        var text = typed.lowercased()
        for unit in ["vnđ", "vnd", "đồng", "đ", "₫"] where text.hasSuffix(unit) {
            text.removeLast(unit.count)
            break
        }
        while text.last == " " { text.removeLast() }
        let groups = text.split(omittingEmptySubsequences: false) { " .,".contains($0) }
        guard groups.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let first = groups.first,
            !first.isEmpty
        else { return nil }
        guard groups.count == 1 || first.count <= 3 && groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
            return nil
        }
        return groups.joined()
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
