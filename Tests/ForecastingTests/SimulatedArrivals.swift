import Kernel

@testable import Forecasting

/// Invented arrivals of which the truth is known; the same seed gives the same log.
struct SimulatedArrivals {
    var generator = SplitMix(state: 42)
    let first = LocalDate(year: 2026, month: 3, day: 2)!
    /// Monday first.
    var weekdays = [1.5, 1.0, 0.9, 1.0, 0.8]
    var perDay = 120.0
    /// Excess of the variance of a half hour over chance.
    var excess = 0.0
    /// 08:00–11:30 and 13:30–17:00.
    var shape = [16: 3.0, 17: 5, 18: 6, 19: 5, 20: 4, 21: 3, 22: 2, 27: 3, 28: 4, 29: 4, 30: 3, 31: 2, 32: 1]

    func mean(_ day: LocalDate, _ half: Int) -> Double {
        guard day.weekday <= 5, let weight = shape[half] else { return 0 }
        return perDay * weekdays[day.weekday - 1] * weight / shape.values.reduce(0, +)
    }

    mutating func rows(_ days: Int, queue: String = "civil-status", from start: Int = 0) -> [ArrivalLog.Row] {
        (start..<start + days).flatMap { number -> [ArrivalLog.Row] in
            let day = first.adding(days: number)
            return shape.keys.sorted().filter { mean(day, $0) > 0 }.map { half in
                ArrivalLog.Row(
                    day: day,
                    halfHour: HalfHour.all[half],
                    queue: queue,
                    arrivals: draw(mean(day, half))
                )
            }
        }
    }

    /// Gamma–Poisson, by its quantile function.
    private mutating func draw(_ mean: Double) -> Double {
        let share = Double(generator.next() >> 11) / Double(1 << 53)
        return ArrivalSpread(excess: excess).quantile(share, mean: mean)
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
