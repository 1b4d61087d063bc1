import Kernel

/// A day, a month or a year, as precisely as somebody knows it: `1990-05-12`, `1990-05` or `1990`.
struct PartialDate: RawRepresentable, Hashable, Sendable {
    let first: LocalDate
    let last: LocalDate
    let rawValue: String

    init?(rawValue: String) {
        let parts = rawValue.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }) else { return nil }
        switch parts.map(\.utf8.count) {
        case [4]: self.init(year: Int(typed: parts[0], in: Self.years), month: nil)
        case [4, 2]:
            guard let month = Int(typed: parts[1], in: Self.months) else { return nil }
            self.init(year: Int(typed: parts[0], in: Self.years), month: month)
        case [4, 2, 2]:
            guard let day = LocalDate(rawValue: rawValue) else { return nil }
            self.init(day)
        default: return nil
        }
    }

    init(_ day: LocalDate) { (first, last, rawValue) = (day, day, day.rawValue) }

    private static let years = 1...9999
    private static let months = 1...12

    private init?(year: Int?, month: Int?) {
        guard let year, let first = LocalDate(year: year, month: month ?? 1, day: 1) else { return nil }
        self.first = first
        last = first.adding(months: month == nil ? 12 : 1).adding(days: -1)
        rawValue = month.map { "\(padded(year, 4))-\(padded($0, 2))" } ?? padded(year, 4)
    }

    /// Reads what people type: `12/05/1990`, `5/1990`, `1990`.
    init?(vietnamese text: String) {
        if let stored = PartialDate(rawValue: text) {
            self = stored
            return
        }
        let text = text.withSlashes
        let parts = text.split(whereSeparator: { "/-. ".contains($0) })
        if parts.count == 2, parts[1].utf8.count == 4, let month = Int(typed: parts[0], in: Self.months),
            let year = Int(typed: parts[1], in: Self.years)
        {
            self.init(year: year, month: month)
        } else if let day = LocalDate(vietnamese: text) {
            self.init(day)
        } else {
            return nil
        }
    }

    /// As Vietnamese papers write it: `12/05/1990`, `05/1990`, `1990`.
    var vietnamese: String { rawValue.split(separator: "-").reversed().joined(separator: "/") }
}

extension String {
    /// The numeric keyboard of some phones has no slash: `31121990` means 31/12/1990, `121990` means 12/1990.
    var withSlashes: String {
        guard utf8.allSatisfy({ (48...57).contains($0) }) else { return self }
        switch utf8.count {
        case 8: return "\(prefix(2))/\(dropFirst(2).prefix(2))/\(suffix(4))"
        case 6: return "\(prefix(2))/\(suffix(4))"
        default: return self
        }
    }
}
