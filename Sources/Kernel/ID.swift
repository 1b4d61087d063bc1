/// The name of one `Entity`; an `ID<Citizen>` is never mistaken for an `ID<Officer>`.
package struct ID<Entity>: RawRepresentable, Codable, CodingKeyRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// A name nobody else has: 48 bits of time and 80 random bits as 26 letters and digits, so that names sort
    /// by age and neighbours in time are neighbours in an index.
    package static func fresh(at now: Instant) -> ID {
        var generator = SystemRandomNumberGenerator()
        return ID(
            rawValue: base32(UInt64(max(0, now.milliseconds)), digits: 10)
                + base32(generator.next() & 0xFF_FFFF_FFFF, digits: 8)
                + base32(generator.next() & 0xFF_FFFF_FFFF, digits: 8)
        )
    }
}

/// `value` in Crockford's base 32 (no i, l, o, u), lower case, most significant digit first.
package func base32(_ value: UInt64, digits: Int) -> String {
    let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    return String((0..<digits).reversed().map { alphabet[Int(value >> UInt64($0 * 5) & 31)] })
}

package enum Citizen {}
package enum Officer {}
/// Somebody who helps citizens with what they have to do here.
package enum Helper {}
package enum Agency {}
