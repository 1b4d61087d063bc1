import Kernel
package import Web

extension WeeklyHours {
    /// `Thứ Hai – Thứ Sáu: 08:00–12:00, 13:30–17:00`: days with the same hours in one line, days without in none.
    func lines(_ say: Language) -> [String] {
        var lines: [String] = []
        var first = 1
        while first <= 7 {
            let hours = self[first]
            var last = first
            while last < 7, self[last + 1] == hours { last += 1 }
            if !hours.isEmpty {
                let days =
                    first == last ? weekdayName(first, say) : "\(weekdayName(first, say)) – \(weekdayName(last, say))"
                let times = hours.map { $0.rawValue.replacing("-", with: "–") }.joined(separator: ", ")
                lines.append("\(days): \(times)")
            }
            first = last + 1
        }
        return lines
    }
}

/// An ISO weekday as people say it.
package func weekdayName(_ weekday: Int, _ say: Language) -> String {
    switch weekday {
    case 1: say("Thứ Hai", "Monday")
    case 2: say("Thứ Ba", "Tuesday")
    case 3: say("Thứ Tư", "Wednesday")
    case 4: say("Thứ Năm", "Thursday")
    case 5: say("Thứ Sáu", "Friday")
    case 6: say("Thứ Bảy", "Saturday")
    default: say("Chủ Nhật", "Sunday")
    }
}
