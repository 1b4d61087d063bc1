import Kernel

/// Days and times as spreadsheets and ticket machines write them.
enum WrittenMoment {
    /// Which of the first two numbers of `01/10/2026` is the day, as far as a table tells.
    struct Order: Sendable {
        /// Whether the order is known without any doubt: by the language of the heading, or by a day past the twelfth.
        let isKnown: Bool

        /// `texts` are all days of the table; `isVietnamese` tells whether its heading is, which writes the day first.
        init(of texts: some Sequence<String>, isVietnamese: Bool) {
            var (dayFirst, monthFirst) = (false, false)
            for text in texts {
                guard let (first, second) = Order.numbers(of: text) else { continue }
                if first > 12, second <= 12 { dayFirst = true }
                if second > 12, first <= 12 { monthFirst = true }
            }
            // A single day that is none with the day in front shows that another program has turned them around.
            isKnown = !monthFirst && (isVietnamese || dayFirst)
        }

        /// Whether the text might be two different days.
        func isAmbiguous(_ text: String) -> Bool {
            guard !isKnown, let (first, second) = Order.numbers(of: text) else { return false }
            return first <= 12 && second <= 12 && first != second
        }

        private static func numbers(of text: String) -> (Int, Int)? {
            let parts = text.prefix { !$0.isWhitespace && $0 != "T" }.split { "/-.".contains($0) }
            guard parts.count == 3, parts[0].utf8.count <= 2, let first = Int(typed: parts[0], in: 1...31),
                let second = Int(typed: parts[1], in: 1...31)
            else { return nil }
            return (first, second)
        }
    }

    /// `2026-10-01T08:00:12+07:00`, `01/10/2026 8h30`, `08:30 01/10/2026`; a zone is turned into our own.
    static func minute(_ text: String) -> LocalMinute? {
        var text = text.replacing("T", with: " ")
        var shift = 0
        if let zone = zone(of: text) {
            text = String(text.dropLast(zone.length))
            shift = 7 * 60 - zone.minutes
        }
        let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count >= 2 else { return nil }
        // The day stands first or last; what is left is the time, which may be several words: `8:30 CH`.
        for (day, time) in [(parts[0], parts[1...]), (parts[parts.count - 1], parts[..<(parts.count - 1)])] {
            guard let date = LocalDate(vietnamese: day), let minute = timeOfDay(time.joined(separator: " ")) else {
                continue
            }
            return moved(LocalMinute(date: date, minuteOfDay: minute), by: shift)
        }
        return nil
    }

    private static func moved(_ minute: LocalMinute, by shift: Int) -> LocalMinute {
        let total = minute.minuteOfDay + shift
        let days = total >= 0 ? total / 1440 : -((1439 - total) / 1440)
        return LocalMinute(date: minute.date.adding(days: days), minuteOfDay: total - days * 1440)
    }

    /// `Z`, `+07:00`, `+0700`, `-05` at the end of a time with a colon: how long it is, and its minutes before Greenwich.
    private static func zone(of text: String) -> (length: Int, minutes: Int)? {
        if text.hasSuffix("Z") { return (1, 0) }
        guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }), text[..<sign].contains(":") else {
            return nil
        }
        let digits = text[text.index(after: sign)...].filter { $0 != ":" }
        guard [2, 4].contains(digits.utf8.count), let hours = Int(typed: digits.prefix(2), in: 0...14),
            let minutes = Int(typed: digits.utf8.count == 4 ? digits.suffix(2) : "00", in: 0...59)
        else { return nil }
        return (text[sign...].count, (text[sign] == "+" ? 1 : -1) * (hours * 60 + minutes))
    }

    /// Minutes since midnight of `8:30`, `08:30:12`, `8h30`, `8h`, `8 giờ 30`, `2:30 PM`, `2:30 CH`.
    static func timeOfDay(_ typed: String) -> Int? {
        var text = typed.lowercased().filter { !$0.isWhitespace }
        var half: Int?
        for (ending, hours) in [("am", 0), ("sa", 0), ("pm", 12), ("ch", 12)] where text.hasSuffix(ending) {
            text.removeLast(2)
            half = hours
        }
        for word in ["giờ", "gio", "h", "g"] where text.contains(word) {
            text = text.replacing(word, with: ":", maxReplacements: 1)
            if text.hasSuffix(":") { text += "00" }
            break
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = Int(typed: parts[0], in: 0...23), parts[0].utf8.count <= 2,
            parts.dropFirst().allSatisfy({ part in
                part.prefix { $0 != "." }.utf8.count == 2 && Int(typed: part.prefix { $0 != "." }, in: 0...59) != nil
            }), let minute = Int(typed: parts[1], in: 0...59)
        else { return nil }
        guard let half else { return hour * 60 + minute }
        guard (1...12).contains(hour) else { return nil }
        return (hour % 12 + half) * 60 + minute
    }
}
