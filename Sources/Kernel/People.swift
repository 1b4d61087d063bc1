/// A person's full name as it is written on papers: 1 to 100 characters, NFC, at least one letter.
package struct PersonName: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package static let longest = 100

    package init?(rawValue: String) {
        let name = rawValue.tidied.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...Self.longest).contains(name.count), name.contains(where: \.isLetter),
            name.allSatisfy(Self.mayContain),
            // A letter may carry any number of marks and still count as one: no name needs more than three.
            name.allSatisfy({ $0.unicodeScalars.count <= 4 })
        else { return nil }
        self.rawValue = name
    }

    /// Letters, blanks, hyphens, the dot of an abbreviation and between foreign names, and every apostrophe: word
    /// processors write curved ones, and some languages have letters that look like them.
    package static func mayContain(_ character: Character) -> Bool {
        character.isLetter || " '-.’‘ʼʻ`´·‧・‐‑–".contains(character)
    }
}

/// The name of an organisation as it is written on its papers: 2 to 200 characters, at least two letters.
package struct OrganisationName: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package static let longest = 200

    package init?(rawValue: String) {
        let name = rawValue.tidied.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard name.count <= Self.longest, name.count(where: \.isLetter) >= 2, name.allSatisfy(Self.mayContain),
            name.allSatisfy({ $0.unicodeScalars.count <= 4 })
        else { return nil }
        self.rawValue = name
    }

    package static func mayContain(_ character: Character) -> Bool {
        PersonName.mayContain(character) || character.isNumber || "\"“”„«»,;:()[]/&+*#%@!?_°—".contains(character)
    }
}

/// A telephone number: of Việt Nam in national form, ten digits of a mobile or eleven of a fixed line, first digit 0;
/// of any other country as E.164 writes it, `+` and at most fifteen digits.
package struct PhoneNumber: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    /// What keeps a text from being a telephone number.
    package enum Fault: Error, Hashable, Sendable {
        case strange(Character)
        /// Of a number in Việt Nam: how many digits were typed, and how many there should be.
        case length(Int, of: Int)
        case noSuchBeginning
        /// Neither 0 nor + in front.
        case noCountry
        case foreignLength(Int)
    }

    package init?(rawValue: String) {
        // Whoever asks this way does not want to know what was wrong.
        guard let number = try? PhoneNumber(typed: rawValue) else { return nil }
        self = number
    }

    package init(typed: String) throws(Fault) {
        var digits = typed.plainCode.filter { !$0.isWhitespace && !".-()/".contains($0) }
        let country = ["+84", "0084", "84"].first { digits.hasPrefix($0) }
        if let country {
            digits = String(digits.dropFirst(country.utf8.count))
            // After the country code the 0 is left out, or stands in brackets: +84 (0) 912 345 678.
            if !digits.hasPrefix("0") { digits = "0" + digits }
        }
        // Identity numbers of Hà Nội and its neighbours begin with 00 too, and have twelve digits.
        if country == nil, digits.hasPrefix("00"), digits.utf8.count == 12 { throw .noSuchBeginning }
        let isForeign = country == nil && (digits.hasPrefix("+") || digits.hasPrefix("00"))
        if isForeign { digits = String(digits.dropFirst(digits.hasPrefix("+") ? 1 : 2)) }
        if let strange = digits.first(where: { !$0.isASCII || !$0.isNumber }) { throw .strange(strange) }
        rawValue = isForeign ? try Self.foreign(digits) : try Self.national(digits)
    }

    /// With the number of its country and without the plus sign, as gateways want it: `84912345678`.
    package var withCountry: String {
        rawValue.hasPrefix("+") ? String(rawValue.dropFirst()) : "84\(rawValue.dropFirst())"
    }

    private static func national(_ digits: String) throws(Fault) -> String {
        guard digits.hasPrefix("0") else { throw .noCountry }
        // 03, 05, 07, 08 and 09 are mobiles, ten digits long; 02 are fixed lines, eleven digits long.
        let length: Int
        switch digits.dropFirst().first {
        case "3", "5", "7", "8", "9", nil: length = 10
        case "2": length = 11
        default: throw .noSuchBeginning
        }
        guard digits.utf8.count == length else { throw .length(digits.utf8.count, of: length) }
        return digits
    }

    /// The shortest numbers with their country have seven digits.
    private static func foreign(_ digits: String) throws(Fault) -> String {
        guard digits.first != "0" else { throw .noSuchBeginning }
        guard (7...15).contains(digits.utf8.count) else { throw .foreignLength(digits.utf8.count) }
        return "+" + digits
    }
}

/// An e-mail address, lower case, at most 254 characters.
package struct EmailAddress: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        let text = rawValue.plainCode.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), text.utf8.count <= 254,
            text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"<>()[],;:\\\"".utf8.contains($0) }),
            !parts[0].hasPrefix("."), !parts[0].hasSuffix("."), !parts[0].contains(".."),
            parts[1].contains("."),
            parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            })
        else { return nil }
        self.rawValue = text
    }
}

/// A citizen's number: 12 digits of the citizen identity card (Decree 137/2015, Art. 13) or 9 of the older card.
package struct NationalNumber: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        let digits = rawValue.plainCode.filter { !$0.isWhitespace && !".-".contains($0) }
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), [9, 12].contains(digits.utf8.count) else {
            return nil
        }
        if digits.utf8.count == 12 {
            guard let province = Int(digits.prefix(3)), (1...96).contains(province) else { return nil }
        }
        self.rawValue = digits
    }
}
