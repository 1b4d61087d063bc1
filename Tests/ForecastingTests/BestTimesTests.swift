import Kernel
import Testing
import Web

@testable import Forecasting

struct BestTimesTests {
    @Test
    func `the quietest hour and a half of each half of the day is named, never the last half hour`() throws {
        var truth = SimulatedArrivals()
        // 16:00–17:00 is nearly empty, but who comes then may not be served; 13:30–15:00 is quiet.
        truth.shape = [
            16: 9.0, 17: 9, 18: 9, 19: 5, 20: 4, 21: 4, 22: 9, 27: 3, 28: 3, 29: 3, 30: 8, 31: 8, 32: 6, 33: 0.5,
        ]
        let log = ArrivalLog(truth.rows(28))
        let start = truth.first.adding(days: 28)
        let forecast = Forecast(log, days: ForecastTests.weekdaysOnly(log), from: start, horizon: 6)
        let monday = try #require(forecast.total.days.first)
        #expect(forecast.total.bestTimes(on: monday).map(\.span) == ["13:30–15:00", "09:30–11:00"])
        #expect(forecast.total.bestTimes(on: monday)[0].words.vi == "vắng nhất 13:30–15:00")
        #expect(forecast.total.bestTimes(on: monday)[0].words.en == "quietest 13:30–15:00")
        func next(_ minute: Int, _ days: Int = 0) throws -> NextQuietTime {
            let date = monday.date.adding(days: days)
            let now = Instant(LocalMinute(date: date, minuteOfDay: minute))
            return try #require(NextQuietTime(forecast, queue: "unknown", at: now))
        }
        // What is over is no advice; on a closed day it is the next open one, and after the last nothing is known.
        #expect(try next(8 * 60).time.span == "13:30–15:00")
        #expect(
            try next(8 * 60).words(for: Words("đất đai", "land")).vi.hasPrefix(
                "Nên đến (đất đai): \(monday.date.weekdayName.vi) \(monday.date.vietnamese)"
            )
        )
        #expect(try next(16 * 60).date == monday.date.adding(days: 1))
        let after = Instant(LocalMinute(date: monday.date.adding(days: 5), minuteOfDay: 480))
        #expect(NextQuietTime(forecast, queue: nil, at: after) == nil)
        let saturday = try #require(forecast.total.days.last)
        #expect(!saturday.isOpen && forecast.total.bestTimes(on: saturday).isEmpty)
    }

    @Test
    func `the error is said in a sentence, in both languages`() throws {
        let outcomes = [ForecastOutcome(expected: 10, came: 14), ForecastOutcome(expected: 10, came: 9.5)]
        let error = try #require(ForecastError(outcomes, ArrivalSpread(excess: 0.1)))
        #expect(error.words.vi == "Sai số trung bình ±2,3 người mỗi nửa giờ (đo trên 2 nửa giờ đã qua).")
        #expect(error.words.en == "Average error ±2.3 people per half hour (measured on 2 past half hours).")
        #expect(ForecastError([], ArrivalSpread(excess: 0.1)) == nil)
    }

    @Test(arguments: [("08:30", "08:30–09:00"), ("23:30", "23:30–24:00")])
    func `a half hour is written as people say it`(label: String, span: String) throws {
        let half = try #require(LocalMinute.minutes(label).flatMap(HalfHour.init(minuteOfDay:)))
        #expect(half.label == label && half.span == span)
        #expect(HalfHour(minuteOfDay: 1440) == nil && HalfHour(minuteOfDay: -1) == nil)
    }

    @Test(arguments: [0.1, 0.5, 0.9], [0.5, 4.0, 40, 90, 900])
    func `quantiles split the people where they promise to`(share: Double, mean: Double) {
        let spread = ArrivalSpread(excess: 0.1)
        var (sum, people) = (0.0, 0.0)
        let size = 10.0
        var probability = 1.0
        for _ in 0..<Int(size) { probability *= size / (mean + size) }
        while sum + probability < share {
            sum += probability
            probability *= (people + size) / (people + 1) * mean / (mean + size)
            people += 1
        }
        #expect(abs(spread.quantile(share, mean: mean) - people) <= max(0, people * 0.02))
    }
}
