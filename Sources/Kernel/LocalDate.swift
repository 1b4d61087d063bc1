/// A day in the calendar of Việt Nam, such as `2026-11-23`.
package struct LocalDate: RawRepresentable, Codable, CodingKeyRepresentable, Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package let dayNumber: Int

    package init(dayNumber: Int) { self.dayNumber = dayNumber }

    /// Nil for a day that does not exist, such as 30 February.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= LocalDate.length(ofMonth: month, year: year)
        else { return nil }
        // Days of the proleptic Gregorian calendar, counted in eras of 400 years that begin on 1 March.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.flooredQuotient(400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        dayNumber = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Reads `yyyy-MM-dd`.
    package init?(rawValue: String) {
        let parts = rawValue.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
        let numbers = parts.compactMap { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0) : nil }
        guard numbers.count == 3 else { return nil }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    package var rawValue: String {
        let (year, month, day) = civil
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    package var civil: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// ISO 8601: Monday is 1, Sunday is 7.
    package var weekday: Int {
        let fromThursday = dayNumber - dayNumber.flooredQuotient(7) * 7
        return (fromThursday + 3) % 7 + 1
    }

    package func adding(days: Int) -> LocalDate { LocalDate(dayNumber: dayNumber + days) }

    /// The same day `months` later, or the last day of that month where it is shorter (Civil Code 2015, Art. 148.3).
    package func adding(months: Int) -> LocalDate {
        let (year, month, day) = civil
        let count = year * 12 + month - 1 + months
        let (newYear, newMonth) = (count.flooredQuotient(12), count - count.flooredQuotient(12) * 12 + 1)
        let lastDay = LocalDate.length(ofMonth: newMonth, year: newYear)
        return LocalDate(year: newYear, month: newMonth, day: min(day, lastDay)) ?? self
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    package static func < (left: LocalDate, right: LocalDate) -> Bool { left.dayNumber < right.dayNumber }

    // Without these two, the standard library compares and hashes the text of `rawValue`, made anew each time.
    package static func == (left: LocalDate, right: LocalDate) -> Bool { left.dayNumber == right.dayNumber }
    package func hash(into hasher: inout Hasher) { hasher.combine(dayNumber) }
}

/// A minute on the wall clock of Việt Nam, such as `2026-11-23T09:30`.
package struct LocalMinute: RawRepresentable, Codable, CodingKeyRepresentable, Hashable, Comparable, Sendable {
    package let date: LocalDate
    /// 0…1439.
    package let minuteOfDay: Int

    package init(date: LocalDate, minuteOfDay: Int) {
        self.date = date
        self.minuteOfDay = minuteOfDay
    }

    /// Reads `yyyy-MM-ddTHH:mm`.
    package init?(rawValue: String) {
        let parts = rawValue.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = LocalDate(rawValue: String(parts[0])),
            let minute = LocalMinute.minutes(String(parts[1]))
        else { return nil }
        self.init(date: date, minuteOfDay: minute)
    }

    /// Reads `HH:mm` as minutes since midnight.
    package static func minutes(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
        let digits = [bytes[0], bytes[1], bytes[3], bytes[4]].map { Int($0) - 48 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        return hour < 24 && minute < 60 ? hour * 60 + minute : nil
    }

    /// Minutes since midnight as `HH:mm`.
    package static func timeOfDay(_ minutes: Int) -> String { "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))" }

    package var timeOfDay: String { LocalMinute.timeOfDay(minuteOfDay) }
    package var rawValue: String { "\(date.rawValue)T\(timeOfDay)" }

    package static func < (left: LocalMinute, right: LocalMinute) -> Bool {
        (left.date.dayNumber, left.minuteOfDay) < (right.date.dayNumber, right.minuteOfDay)
    }

    // As for `LocalDate`: numbers, not their text.
    package static func == (left: LocalMinute, right: LocalMinute) -> Bool {
        left.date == right.date && left.minuteOfDay == right.minuteOfDay
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(date)
        hasher.combine(minuteOfDay)
    }
}

/// `number` in decimal, with zeros in front up to `width` digits.
package func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension LocalDate {
    /// As Vietnamese papers write it: `23/11/2026`.
    package var vietnamese: String {
        let (year, month, day) = civil
        return "\(padded(day, 2))/\(padded(month, 2))/\(padded(year, 4))"
    }

    /// Reads what people type: `23/11/2026`, `3-1-2026`, `2026-01-03`.
    package init?(vietnamese text: String) {
        if let date = LocalDate(rawValue: text) {
            self = date
            return
        }
        let parts = text.split(whereSeparator: { "/-. ".contains($0) })
        // `Int` would also read a sign.
        guard parts.count == 3, parts[2].utf8.count == 4,
            parts.allSatisfy({ part in part.utf8.allSatisfy { (48...57).contains($0) } }),
            let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension LocalMinute {
    /// As Vietnamese papers write it: `09:30 23/11/2026`.
    package var vietnamese: String { "\(timeOfDay) \(date.vietnamese)" }
}
