package import Kernel
package import Web

/// What holds for whoever files through one channel.
package struct ChannelTerms: Codable, Hashable, Sendable {
    package let channel: Channel
    /// Nil when no reliable source states it.
    package let term: TimeLimit?
    package let termNote: Words?
    package let fee: Fee

    package init(channel: Channel, term: TimeLimit?, termNote: Words?, fee: Fee) {
        self.channel = channel
        self.term = term
        self.termNote = termNote
        self.fee = fee
    }
}

extension TimeLimit {
    /// Reads `10 working-days`, `same-day`, …
    init?(catalogue text: String) {
        if text == Unit.sameDay.rawValue {
            self.init(amount: 1, unit: .sameDay)
            return
        }
        let parts = text.split(separator: " ")
        guard parts.count == 2, let amount = Int(typed: parts[0], in: 1...3650),
            let unit = Unit(rawValue: String(parts[1])), unit != .sameDay
        else { return nil }
        self.init(amount: amount, unit: unit)
    }

    /// As people say it: `10 ngày làm việc`.
    package var words: Words {
        switch unit {
        case .workingDays: Words("\(amount) ngày làm việc", amount == 1 ? "1 working day" : "\(amount) working days")
        case .days: Words("\(amount) ngày", amount == 1 ? "1 day" : "\(amount) days")
        case .workingHours:
            Words("\(amount) giờ làm việc", amount == 1 ? "1 working hour" : "\(amount) working hours")
        case .months: Words("\(amount) tháng", amount == 1 ? "1 month" : "\(amount) months")
        case .sameDay: Words("Trong ngày làm việc", "On the same working day")
        }
    }
}
