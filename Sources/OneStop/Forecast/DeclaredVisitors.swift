import Forecasting
import Kernel
import Web

/// How many people an office expects, as it declared before its counters had counted any. The log takes its place as it
/// grows.
package struct DeclaredVisitors: Codable, Hashable, Sendable {
    /// When most people come.
    package enum Rush: String, Codable, CaseIterable, Sendable {
        case morning, even, afternoon

        var words: Words {
            switch self {
            case .morning: Words("Đông vào buổi sáng", "Mostly in the morning")
            case .even: Words("Đều trong ngày", "Evenly")
            case .afternoon: Words("Đông vào buổi chiều", "Mostly in the afternoon")
            }
        }
    }

    /// On an average working day, by field; 0…10,000.
    package let perDay: [String: Int]
    /// Each weekday as a percentage of the average day, Monday first; 0…500.
    package let weekdays: [Int]
    package let rush: Rush

    package static let people = 0...10_000
    package static let percentages = 0...500

    package init(perDay: [String: Int], weekdays: [Int] = usualWeekdays, rush: Rush = .morning) {
        (self.perDay, self.weekdays, self.rush) = (perDay, weekdays, rush)
    }

    package static let usualWeekdays = DeclaredArrivals.standard.weekdays.map { Int(($0 * 100).rounded()) }

    /// What the forecast begins with; nil where nobody is expected at all.
    var profile: DeclaredArrivals? {
        DeclaredArrivals(
            perDay: perDay.mapValues(Double.init),
            weekdays: weekdays.map { Double($0) / 100 },
            shape: rush.shape
        )
    }
}

extension DeclaredVisitors.Rush {
    /// Sessions cut off what lies outside of them.
    fileprivate var shape: [Double] {
        let usual = DeclaredArrivals.standard.shape
        return switch self {
        case .morning: usual
        case .even: Array(repeating: 1, count: usual.count)
        case .afternoon: usual.reversed()
        }
    }
}
