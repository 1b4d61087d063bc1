/// A person's full name as it is written on papers: 2 to 100 characters, NFC, at least one letter.
package struct PersonName: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        let name = rawValue.tidied.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (2...100).contains(name.count), name.contains(where: \.isLetter),
            name.allSatisfy({ $0.isLetter || $0 == " " || $0 == "'" || $0 == "-" || $0 == "." || $0 == "’" }),
            // A letter may carry any number of marks and still count as one: no name needs more than three.
            name.unicodeScalars.count <= name.count * 4
        else { return nil }
        self.rawValue = name
    }
}

/// A Vietnamese telephone number in national form: ten digits of a mobile or eleven of a fixed line, first digit 0.
package struct PhoneNumber: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        var digits = rawValue.tidied.filter { !$0.isWhitespace && !".-()".contains($0) }
        let country = ["+84", "0084", "84"].first { digits.hasPrefix($0) }
        if let country { digits = String(digits.dropFirst(country.utf8.count)) }
        // After the country code the 0 is left out, or stands in brackets: +84 (0) 912 345 678.
        if country != nil, !digits.hasPrefix("0") { digits = "0" + digits }
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), digits.hasPrefix("0"),
            (10...11).contains(digits.utf8.count)
        else { return nil }
        // 03, 05, 07, 08 and 09 are mobiles, ten digits long; 02 are fixed lines, eleven digits long.
        let second = digits.dropFirst().first
        switch second {
        case "3", "5", "7", "8", "9": guard digits.utf8.count == 10 else { return nil }
        case "2": guard digits.utf8.count == 11 else { return nil }
        default: return nil
        }
        self.rawValue = digits
    }
}

/// An e-mail address, lower case, at most 254 characters.
package struct EmailAddress: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    package init?(rawValue: String) {
        let text = rawValue.tidied.lowercased()
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
        let digits = rawValue.tidied.filter { !$0.isWhitespace }
        guard digits.utf8.allSatisfy({ (48...57).contains($0) }), [9, 12].contains(digits.utf8.count) else {
            return nil
        }
        if digits.utf8.count == 12 {
            guard let province = Int(digits.prefix(3)), (1...96).contains(province) else { return nil }
        }
        self.rawValue = digits
    }
}
