package import Kernel

/// The number by which everyone names a dossier: agency, day, running number (Circular 01/2018/TT-VPCP, Art. 19),
/// such as `000.00.19.H26-210806-0007`. Unique and never used again.
package struct DossierCode: RawRepresentable, Codable, Hashable, Sendable {
    package let rawValue: String

    /// Letters, digits, dots and hyphens, 8 to 60 of them; nil for anything else.
    package init?(rawValue: String) {
        let text = rawValue.plainCode.uppercased().filter { $0 != " " }
        guard (8...60).contains(text.utf8.count),
            text.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) || $0 == 45 || $0 == 46 })
        else { return nil }
        self.rawValue = text
    }

    /// A code that was checked when it was stored.
    package init(stored: String) { rawValue = stored }

    /// `pattern` knows `<agency>`, `<yyMMdd>`, `<yyyyMMdd>` and `<number:WIDTH>`.
    package init(pattern: String, agency: String, day: LocalDate, number: Int) {
        let (year, month, dayOfMonth) = day.civil
        let short = padded(year % 100, 2) + padded(month, 2) + padded(dayOfMonth, 2)
        // In capitals, as codes are read back: an agency without a code lends its ID, which is in small letters.
        rawValue =
            pattern
            .replacing("<agency>", with: agency.uppercased())
            .replacing("<yyyyMMdd>", with: padded(year, 4) + padded(month, 2) + padded(dayOfMonth, 2))
            .replacing("<yyMMdd>", with: short)
            .replacingNumber { padded(number, $0) }
    }

    package static let defaultPattern = "<agency>-<yyMMdd>-<number:4>"
}

extension String {
    /// The text with the first `<number:WIDTH>` replaced; WIDTH is one digit.
    fileprivate func replacingNumber(_ number: (_ width: Int) -> String) -> String {
        guard let opening = firstRange(of: "<number:"), let closing = self[opening.upperBound...].firstIndex(of: ">"),
            let width = Int(typed: self[opening.upperBound..<closing], in: 1...9)
        else { return self }
        return self[..<opening.lowerBound] + number(width) + self[index(after: closing)...]
    }
}
