import Agencies
import Kernel
import Markup
import Web

/// The weekdays on which the hours of an agency and the sessions of its hall are not the same. Whoever comes is told the
/// hall's; whoever keeps both is told that they differ.
struct HoursDisagreement {
    struct Day: Equatable {
        let weekday: Int
        let agency: [WorkingInterval]
        let hall: [WorkingInterval]
    }

    let days: [Day]

    init(_ hours: WeeklyHours?, _ model: OfficeModel) {
        guard let hours, model.isReady else {
            days = []
            return
        }
        days = (1...7).compactMap { weekday in
            let hall = Self.joined(model.sessions.filter { $0.weekday == weekday }.map(\.hours))
            return hours[weekday] == hall ? nil : Day(weekday: weekday, agency: hours[weekday], hall: hall)
        }
    }

    /// Sessions that follow each other without a pause are one stretch.
    private static func joined(_ sessions: [WorkingInterval]) -> [WorkingInterval] {
        sessions.sorted { $0.start < $1.start }.reduce(into: []) { joined, next in
            if let last = joined.last, next.start <= last.end,
                let both = WorkingInterval(start: last.start, end: max(last.end, next.end))
            {
                joined[joined.count - 1] = both
            } else {
                joined.append(next)
            }
        }
    }

    func notice(_ say: Language) -> HTML? {
        guard !days.isEmpty else { return nil }
        func told(_ hours: [WorkingInterval]) -> String {
            hours.isEmpty
                ? say("không có", "none")
                : hours.map { $0.rawValue.replacing("-", with: "–") }.joined(separator: ", ")
        }
        let title = say(
            "Giờ của cơ quan và giờ tiếp nhận khác nhau",
            "The agency's hours and those of reception differ"
        )
        return Web.notice(.waiting, title: title) {
            """
            <ul>\(days.map { day -> HTML in
                """
                <li>\(weekdayName(day.weekday, say)): \(say("cơ quan", "agency")) \(told(day.agency)); \
                \(say("tiếp nhận", "reception")) \(told(day.hall))</li>
                """
            })</ul>
            <p>\(say(
                "Các trang chỉ cho người dân biết giờ tiếp nhận. Nếu không cố ý, hãy sửa buổi tiếp nhận dưới đây hoặc giờ của cơ quan.",
                "People are told the hours of reception only. If this is not meant, correct the sessions below or the agency's hours."
            ))</p>
            """
        }
    }
}
